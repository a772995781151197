import { valueOf } from "../looks/color-by.js";
import { digestOf, textBytes } from "../drawn-cache.js";
import type { DrawnFace } from "../draw-options.js";
import type { RackElevation } from "../elevation.js";
import { type RackMeasures, rackPicture } from "../scene/rack.js";
import type { ShelfStyle } from "../scene/shelves.js";
import { groupSvg } from "./scene-svg.js";
import type { SvgJs } from "./svg-pen.js";

/** A drawn rack as text: the same wherever it will stand, in whichever colours. */
export interface RackMarkup extends RackMeasures {
  readonly groups: readonly { readonly x: number; readonly y: number; readonly svg: string }[];
}

export interface MarkupJob {
  readonly rack: RackElevation;
  readonly face: DrawnFace;
  readonly style: ShelfStyle;
}

/** @throws InvalidInput for a height that no rack has */
export function rackMarkup({ rack, face, style }: MarkupJob, svgJs: SvgJs): RackMarkup {
  const { groups, ...measures } = rackPicture(rack, face, style);
  return { ...measures, groups: groups.map(({ x, y, shapes }) => ({ x, y, svg: groupSvg(shapes, svgJs) })) };
}

/** A digest of everything that the text of a rack depends on. */
export function markupKey({ rack, face, style: { palette, stripes } }: MarkupJob): string {
  const values = palette.looks.size === 0 ? [] : rack.shelves.map((shelf) => valueOf(palette.colorBy, rack, shelf));
  const looks = [...new Set(values)].map((value) => [value, value === null ? null : palette.looks.get(value)]);
  return digestOf([rack, face, stripes, palette.colorBy, looks]);
}

export function markupBytes({ groups }: RackMarkup): number {
  return groups.reduce((sum, { svg }) => sum + textBytes(svg), 0);
}
