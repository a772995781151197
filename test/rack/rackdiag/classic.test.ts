import { expect, test } from "vitest";
import { classicDiagram } from "../../../src/rack/rackdiag/classic-diagram.js";
import { classicElevations } from "../../../src/rack/drawing/classic/classic-elevation.js";
import type { Scene } from "../../../src/rack/drawing/scene/shapes.js";
import { planElevation } from "../../../src/rack/rackdiag/plan-elevation.js";
import { readPlans } from "../../../src/rack/rackdiag/plans.js";
import { readDiagram } from "../../../src/rack/rackdiag/read-diagram.js";
import { Random, testSeed } from "../../support/random.js";
import { randomDiagram } from "./random-diagrams.js";
import { askRackdiag } from "./real-rackdiag.js";

test("the classic look has rackdiag's rectangles, px for px", () => {
  const random = new Random(testSeed);
  const texts: string[] = [];
  while (texts.length < 200) {
    const text = randomDiagram(random, 1 + random.below(3));
    if (drawsSanely(text)) texts.push(text);
  }
  const real = askRackdiag(texts, { svg: true });
  let compared = 0;
  texts.forEach((text, i) => {
    const { svg = "" } = real[i] ?? {};
    expect(rectangles(text), `seed ${testSeed}: ${JSON.stringify(text)}`).toEqual(rectanglesOf(svg));
    compared += rectanglesOf(svg).length;
  });
  expect(compared).toBeGreaterThan(500);
});

/** Accepted, in boxes, with as many px as columns; fonts that the machine has not would change the header's height. */
function drawsSanely(text: string): boolean {
  try {
    const { racks, look } = readDiagram(text, "exact");
    const boxes = !/shape|rotate|stacked|numbered|icon|棚|💾|naïve|none/.test(text);
    return (
      boxes && racks.every((rack) => rack.gridColumns <= look.nodeWidth && rack.items.every(({ height }) => height > 0))
    );
  } catch {
    return false;
  }
}

/** Page, shadows, frames and items. */
function rectangles(text: string): string[] {
  const scene = classicDiagram(readDiagram(text, "exact"));
  const shapes = scene.groups.flatMap((group) => group.shapes);
  const boxes = shapes.flatMap((shape) =>
    shape.kind === "panel" ? shape.shapes.slice(0, 1) : shape.kind === "box" && shape.role !== "paper" ? [shape] : [],
  );
  const drawn = boxes.flatMap((shape) => (shape.kind === "box" ? [line(shape)] : []));
  return [`0 0 ${scene.width} ${scene.height}`, ...drawn].sort();
}

function rectanglesOf(svg: string): string[] {
  const page = /viewBox="([^"]*)"/.exec(svg)?.[1] ?? "";
  const boxes = [...svg.matchAll(/<rect [^>]*>/g)].map(([rect]) => {
    const number = (name: string) => Number(new RegExp(` ${name}="([^"]*)"`).exec(rect)?.[1]);
    return line({ x: number("x"), y: number("y"), width: number("width"), height: number("height") });
  });
  return [page, ...boxes].sort();
}

function line({ x, y, width, height }: { x: number; y: number; width: number; height: number }): string {
  return `${x} ${y} ${width} ${height}`;
}

test("what is planned looks the same, whether it was read from a text or is Kickrack's own", async () => {
  const text = `{ 12U; description = "A01"; 1: ups [2U, 20kg]; 3: web1 [color = red]; 3: web2; 7: "" }`;
  const options = { face: "FRONT", theme: "classic", colorBy: { by: "STATE" } } as const;
  const plans = readPlans(text, "helpful").plans.map(planElevation);
  const places = (scene: Scene) =>
    scene.groups
      .flatMap(({ shapes }) => shapes.flatMap((shape) => (shape.kind === "panel" ? [line(shape)] : [])))
      .sort();
  expect(places(await classicElevations(plans, options))).toEqual(places(classicDiagram(readDiagram(text, "helpful"))));
});
