import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { packageRoot } from "../../../src/package-root.js";
import { drawRacks } from "../../../src/rack/drawing/draw.js";
import type { DrawOptions } from "../../../src/rack/drawing/draw-options.js";
import { svgPng } from "../../../src/rack/paper/svg-png.js";
import { updatingGolden } from "../../support/golden.js";
import { readPng } from "./png-pixels.js";
import { equippedRack, rackOfLanguages, wallCase } from "./sample-racks.js";

/** A colour may differ by this much, of 255: the edges of letters, on another processor. */
const SAME = 24;
/** That many pixels of a thousand may differ by more. */
const MOST_PER_MILLE = 1;

function differing(one: Buffer, other: Buffer): number {
  const [a, b] = [readPng(one), readPng(other)];
  if (a.width !== b.width || a.height !== b.height) return 1000;
  let count = 0;
  for (let at = 0; at < a.rgba.length; at += 4) {
    const far = [0, 1, 2].some((i) => Math.abs((a.rgba[at + i] ?? 0) - (b.rgba[at + i] ?? 0)) > SAME);
    if (far) count++;
  }
  return (count * 1000) / (a.width * a.height);
}

function looksAs(golden: string, png: Buffer): void {
  const file = join(packageRoot, "test/golden/rack/pictures", golden);
  const write = (path: string) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, png);
  };
  if (updatingGolden) return write(file);
  const per = existsSync(file) ? differing(png, readFileSync(file)) : 1000;
  if (per <= MOST_PER_MILLE) return;
  const out = join(packageRoot, "test/out/rack/pictures", golden);
  write(out);
  expect.fail(`${per} of a thousand pixels of ${out} are not as in ${file}; UPDATE_GOLDEN=1 accepts it`);
}

describe.each(["light", "dark", "print", "classic"] as const)("the theme %s", (theme) => {
  test.each([
    ["small", 0.5],
    ["as on a screen", 1],
    ["as on a sharp screen", 2],
  ])("looks as it did, %s", async (_, zoom) => {
    const options: DrawOptions = { face: "FRONT", theme, colorBy: { by: "STATE" } };
    looksAs(`${theme}-${zoom}.png`, svgPng(await drawRacks([equippedRack(), wallCase()], options), zoom));
  });
});

test("names look as they did in the letters of many languages", async () => {
  const options: DrawOptions = { face: "FRONT", theme: "light", colorBy: { by: "STATE" } };
  looksAs("languages.png", svgPng(await drawRacks([rackOfLanguages()], options), 1.5));
});

test("another picture is told from it", async () => {
  const options: DrawOptions = { face: "FRONT", theme: "light", colorBy: { by: "STATE" } };
  const whole = equippedRack();
  const failed = { ...whole, shelves: whole.shelves.filter(({ title }) => title !== "hv-03") };
  const [one, other] = [await drawRacks([whole], options), await drawRacks([failed], options)];
  expect(differing(svgPng(one, 0.5), svgPng(one, 0.5))).toBe(0);
  expect(differing(svgPng(one, 0.5), svgPng(other, 0.5))).toBeGreaterThan(5);
});
