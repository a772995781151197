import { setImmediate as nextTurn } from "node:timers/promises";
import { CLASSIC_SIZES, type ClassicItem, type ClassicRack } from "./classic-layout.js";
import { classicScene } from "./classic-scene.js";
import { signOf } from "../looks/color-by.js";
import { type DrawOptions, viewedFaces } from "../draw-options.js";
import { drawableText } from "../text/drawable-text.js";
import type { RackElevation, ShelfView, ViewedFace } from "../elevation.js";
import { signLabel } from "../looks/glyphs.js";
import { layOutElevation, type StandingShelf } from "../layout.js";
import type { Scene } from "../scene/shapes.js";
import { unitNumbers, unitsLabel } from "../unit-labels.js";

/** Racks in rackdiag's own look. What hangs beside the panels has no room in it, and shows in the other themes. */
export async function classicElevations(racks: readonly RackElevation[], options: DrawOptions): Promise<Scene> {
  const faces = viewedFaces(options.face);
  const drawn: ClassicRack[] = [];
  for (const rack of racks) {
    if (drawn.length > 0) await nextTurn();
    drawn.push(...faces.map((face) => classicRack(rack, face, faces.length > 1)));
  }
  return classicScene(drawn, CLASSIC_SIZES, [options, ...racks.map(({ name }) => name)]);
}

function classicRack(rack: RackElevation, face: ViewedFace, named: boolean): ClassicRack {
  const { standing } = layOutElevation(rack, face);
  const onRails = standing.filter(({ strip }) => strip === null);
  return {
    name: rack.name,
    height: rack.heightU,
    numbers: unitNumbers(rack).map(({ number, fromTop }) => ({ number, fromTop: fromTop / 2 })),
    header: [named ? `${rack.name}, ${face.toLowerCase()}` : rack.name, `[${rack.heightU}U]`],
    fontSize: 11,
    headerColour: null,
    gridColumns: onRails.reduce((all, { lanes }) => leastCommonMultiple(all, lanes), 1),
    items: onRails.map((shelf) => classicItem(rack, shelf)),
  };
}

function classicItem(
  rack: RackElevation,
  { shelf, fromTop, heightHalfU, lane, lanes, troubles }: StandingShelf,
): ClassicItem {
  const notAvailable = shelf.kind === "NOT_AVAILABLE";
  const paint = shelf.paint ?? { fill: notAvailable ? "#808080" : null, line: null, text: null };
  const name = shelf.title === "" ? (shelf.reservation?.owner ?? (notAvailable ? "N/A" : "")) : shelf.title;
  return {
    fromTop: fromTop / 2,
    height: heightHalfU / 2,
    column: lane,
    columns: lanes,
    lines: [name, shelf.subtitle, quantities(heightHalfU / 2, shelf.amperes, shelf.kilograms)].filter(
      (line) => line !== "",
    ),
    tooltip: tooltip(rack, shelf, troubles),
    href: shelf.href,
    paint: troubles.length > 0 ? { ...paint, line: "#d9480f" } : paint,
    width: null,
  };
}

/** The last line of a box: `[2U/1.5A/20kg]`. */
export function quantities(height: number, amperes: number | null, kilograms: number | null): string {
  const parts = [height > 1 ? `${height}U` : "", amperes ? `${amperes}A` : "", kilograms ? `${kilograms}kg` : ""];
  const shown = parts.filter((part) => part !== "").join("/");
  return shown === "" ? "" : `[${shown}]`;
}

function tooltip(rack: RackElevation, shelf: ShelfView, troubles: readonly string[]): string {
  const where = `${unitsLabel(rack, shelf.place)} · ${signLabel(signOf(shelf))}`;
  return [shelf.title, shelf.subtitle, where, ...shelf.tooltip, ...troubles, shelf.absence?.sentence ?? ""]
    .map((line) => drawableText(line))
    .filter((line) => line !== "")
    .join("\n");
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
