import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawRacks } from "../../../src/rack/drawing/draw.js";
import { THEMES } from "../../../src/rack/drawing/draw-options.js";
import { equippedRack, mixedRack, place, rack, shelf } from "./sample-racks.js";

const purify = createRequire(import.meta.url).resolve("dompurify/dist/purify.min.js");

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  page = await browser.newPage({ viewport: { width: 900, height: 1800 } });
  await page.setContent("<!doctype html><body style='margin:0'></body>");
  await page.addScriptTag({ content: readFileSync(purify, "utf8") });
});
afterAll(() => browser.close());

/** What a wiki makes of it: sanitised, as HTML. */
const sanitised = (svg: string, profile: "html and svg" | "svg") =>
  page.evaluate<string>(
    `DOMPurify.sanitize(${JSON.stringify(svg)}, ${profile === "svg" ? "{ USE_PROFILES: { svg: true } }" : "{}"})`,
  );

async function picture(html: string): Promise<string> {
  await page.evaluate(`document.body.innerHTML = ${JSON.stringify(html)}`);
  return (await page.screenshot()).toString("base64");
}

const RACKS = [
  equippedRack(),
  rack(8, [
    shelf(place(1, 2), "web-01", "R640", { href: "https://example.net/1" }),
    shelf(place(2, 1), "web-02", "R640", { href: "/machines/2" }),
    shelf(place(5, 1), "painted", "", {
      kind: "OTHER",
      status: null,
      paint: { fill: "#224488", line: "#ff8800", text: null },
    }),
    shelf(place(7, 1), "dimmed", "", { dimmed: true }),
  ]),
];

test.each(THEMES)("DOMPurify changes nothing that one sees of the theme %s", async (theme) => {
  const svg = await drawRacks(RACKS, { face: "FRONT", theme, colorBy: { by: "STATE" } });
  const before = await picture(svg);
  expect(await picture(await sanitised(svg, "html and svg"))).toBe(before);
  expect(await picture(await sanitised(svg, "svg"))).toBe(before);
});

test("DOMPurify leaves every tooltip, link, title and description", async () => {
  const svg = await drawRacks([mixedRack(), ...RACKS], { face: "BOTH", theme: "auto", colorBy: { by: "MODEL" } });
  const clean = await sanitised(svg, "html and svg");
  for (const tag of ["title", "desc", "path", "text", "rect", "a", "pattern", "g", "style"]) {
    const count = (text: string) => text.split(new RegExp(`<${tag}[ >]`)).length;
    expect(count(clean), tag).toBe(count(svg));
  }
  expect(clean).toContain('role="img"');
  expect(clean).toMatch(/aria-labelledby="(r\w+)-title \1-desc"/);
});

test("two drawings on one page keep their own colours", async () => {
  const options = { face: "FRONT", colorBy: { by: "STATE" } } as const;
  const [light, dark] = [
    await drawRacks(RACKS, { ...options, theme: "light" }),
    await drawRacks(RACKS, { ...options, theme: "dark" }),
  ];
  const alone = await picture(light);
  expect(await picture(`${light}<div style="height:900px"></div>${dark}`)).toBe(alone);
  expect(await picture(dark)).not.toBe(alone);
});

test("the pointer finds a tooltip wherever it is on a panel, and a link", async () => {
  await page.evaluate(
    `document.body.innerHTML = ${JSON.stringify(await drawRacks(RACKS, { face: "FRONT", theme: "light", colorBy: { by: "STATE" } }))}`,
  );
  const found =
    await page.evaluate(`[...document.querySelectorAll("path[class]")].filter((path) => path.querySelector("title"))
    .map((path) => {
      const box = path.getBoundingClientRect();
      const at = (share) => document.elementFromPoint(box.left + box.width * share, box.top + box.height / 2);
      return [at(0.04), at(0.2), at(0.95)].every((hit) => hit === path);
    })`);
  expect(new Set(found as boolean[])).toEqual(new Set([true]));
});
