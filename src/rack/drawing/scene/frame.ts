import type { DrawnFace, DrawOptions } from "../draw-options.js";
import { drawableText } from "../text/drawable-text.js";
import type { RackElevation } from "../elevation.js";
import { MARGIN_PX, RACK_GAP_PX, round2 } from "./measures.js";
import { legend } from "./legend.js";
import { type RackMeasures, sidesLabel, usesOf } from "./rack.js";
import type { ShelfStyle } from "./shelves.js";
import type { Group, Scene, Shape } from "./shapes.js";
import { merged } from "../tally.js";

const FLOOR_OVERHANG_PX = 14;
const LEGEND_DOWN_PX = 24;

/** A drawing without its racks: where they stand, and what is around them. */
export interface Frame extends Omit<Scene, "groups"> {
  readonly backdrop: Group;
  /** Where each rack's left edge stands on the floor. */
  readonly racks: readonly { readonly x: number; readonly y: number }[];
  readonly legend: Group;
}

/** Racks side by side on one floor line. */
export function frameOf(
  elevations: readonly RackElevation[],
  measures: readonly RackMeasures[],
  options: DrawOptions,
  { palette, stripes }: ShelfStyle,
): Frame {
  const xs: number[] = [];
  let right = MARGIN_PX;
  for (const { width } of measures) {
    xs.push(round2(right));
    right += width + RACK_GAP_PX;
  }
  const racksPx = Math.max(LEAST_PX, right - RACK_GAP_PX - MARGIN_PX);
  const floor = MARGIN_PX + Math.ceil(Math.max(0, ...measures.map(({ height }) => height)));
  const tally = merged(measures.flatMap((each) => each.tally));
  const keys = legend(tally, palette, stripes, racksPx);
  const width = round2(racksPx + 2 * MARGIN_PX);
  const height = floor + LEGEND_DOWN_PX + (keys.height > 0 ? keys.height + MARGIN_PX - 8 : 0);
  const ground = `M${MARGIN_PX - FLOOR_OVERHANG_PX} ${floor}h${round2(racksPx + 2 * FLOOR_OVERHANG_PX)}`;
  const backdrop: Shape[] = [
    { kind: "box", role: "paper", x: 0, y: 0, width, height },
    { kind: "path", role: "floor", d: ground },
  ];
  return {
    key: keyOf([options, ...elevations.map(({ name }) => name)]),
    width,
    height,
    title: titleOf(elevations, options.face),
    description: measures.length === 0 ? "There is no rack to draw." : measures.map(({ spoken }) => spoken).join(" "),
    uses: new Set([...measures.flatMap(({ uses }) => uses), ...usesOf([...backdrop, ...keys.shapes])]),
    backdrop: { x: 0, y: 0, shapes: backdrop },
    racks: xs.map((x) => ({ x, y: floor })),
    legend: { x: MARGIN_PX, y: floor + LEGEND_DOWN_PX, shapes: keys.shapes },
  };
}

/** A drawing of nothing still has a width. */
const LEAST_PX = 160;

/**
 * A prefix for ids: other drawings may stand on the same page, and the same drawing must come out the same tomorrow.
 * FNV-1a of what is drawn and how, in five digits. Not a secret, and no name can break out of it.
 */
export function keyOf(what: readonly unknown[]): string {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(JSON.stringify(what))) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return `r${(hash % 36 ** 5).toString(36)}`;
}

export function titleOf(elevations: readonly { readonly name: string }[], face: DrawnFace): string {
  const names = elevations.map(({ name }) => drawableText(name));
  if (names.length === 0) return "No racks";
  const sides = sidesLabel(face);
  return names.length === 1 ? `Rack ${names[0]}, ${sides}` : `Racks ${names.join(", ")}, ${sides}`;
}
