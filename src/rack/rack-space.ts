import { InvalidInput } from "../errors.js";

/** Which side of the rack a place takes. A machine of full depth takes both. */
export const FACES = ["FRONT", "REAR", "FULL"] as const;
export type Face = (typeof FACES)[number];

/** The vertical room beside the panels where PDUs hang, left and right as seen from the front: 0U, it takes no unit. */
export const STRIPS = ["LEFT", "RIGHT"] as const;
export type Strip = (typeof STRIPS)[number];

/** What can hold a place: height in rack units (U, EIA-310: 44.45 mm), in steps of 0.5. */
export interface RackSpace {
  readonly heightU: number;
}

/** Room for one thing in a rack. Steps of 0.5 U; `column` of `columns` when places stand side by side. */
export interface Place {
  /** The lowest unit, counted up from 1 at the floor, whichever way the rack's labels count. */
  readonly unit: number;
  readonly heightU: number;
  readonly face: Face;
  /** 1 is the leftmost of `columns` equal widths, seen from the front. */
  readonly column: number;
  readonly columns: number;
  /** Beside the panels instead of between the rails: unit and height then say which part of the strip it takes. */
  readonly strip?: Strip | null;
}

/** Halls are built for 52 U at most. The bound keeps a typed "4200" from becoming a drawing of 100,000 px. */
export const MAX_RACK_HEIGHT_U = 100;
/** At 24 side by side a front is 20 mm wide: narrower than any blade. */
export const MAX_COLUMNS = 24;

// All arithmetic is on whole half units, counted up from 0 at the floor: 0.1 + 0.2 has no place in a collision test.
const HALVES = 2;

/** Half units of `u`. @throws InvalidInput unless it is a multiple of 0.5 */
export function halfUnits(u: number, what: string, field: readonly string[] = []): number {
  const halves = u * HALVES;
  if (!Number.isSafeInteger(halves)) {
    throw new InvalidInput(`${what} is ${u}; write a multiple of 0.5, as in 1 or 1.5`, field);
  }
  return halves;
}

/** The half units a place takes: from `bottom` up to, not including, `top`. */
export function verticalSpan(place: Place): { readonly bottom: number; readonly top: number } {
  const bottom = (place.unit - 1) * HALVES;
  return { bottom, top: bottom + place.heightU * HALVES };
}

/** Would two things in these places touch the same space? Edges may touch. */
export function overlaps(a: Place, b: Place): boolean {
  const [spanA, spanB] = [verticalSpan(a), verticalSpan(b)];
  return (
    spanA.bottom < spanB.top &&
    spanB.bottom < spanA.top &&
    (a.strip ?? null) === (b.strip ?? null) &&
    (a.face === "FULL" || b.face === "FULL" || a.face === b.face) &&
    // (k-1)/n < k'/n' without dividing: a third of three thirds ends exactly where the next begins.
    (a.column - 1) * b.columns < b.column * a.columns &&
    (b.column - 1) * a.columns < a.column * b.columns
  );
}

export function placesInTheWay<P extends Place>(place: Place, others: readonly P[]): P[] {
  return others.filter((other) => overlaps(place, other));
}

/** What is left of a place when something takes its part of it: the units below and those above. */
export function unitsBesides(place: Place, taken: Place): Place[] {
  const top = (each: Place) => each.unit + each.heightU;
  const below = { ...place, heightU: taken.unit - place.unit };
  const above = { ...place, unit: top(taken), heightU: top(place) - top(taken) };
  return [below, above].filter(({ heightU }) => heightU > 0);
}

/** @throws InvalidInput when no rack has this height */
export function checkRackHeight(heightU: number): void {
  const halves = halfUnits(heightU, "the rack's height", ["heightU"]);
  if (halves < 1 || heightU > MAX_RACK_HEIGHT_U) {
    throw new InvalidInput(`a rack of ${heightU}U; write a height from 0.5 to ${MAX_RACK_HEIGHT_U}, usually 42`, [
      "heightU",
    ]);
  }
}

/** What a refusal may mention: the rack's name, and the places already taken, to say where there is room. */
export interface KnownOfRack {
  readonly rackName?: string;
  readonly others?: readonly Place[];
  /** What wants the place; a machine when not given. */
  readonly thing?: string;
}

/** @throws InvalidInput when the place is none, or does not lie inside the rack; the message says what would be right */
export function checkPlace(rack: RackSpace, place: Place, known: KnownOfRack = {}): void {
  checkShape(place);
  const { bottom, top } = verticalSpan(place);
  if (bottom >= 0 && top <= rack.heightU * HALVES) return;
  const thing = `a ${place.heightU}U ${known.thing ?? "machine"} at U${place.unit}`;
  const named = known.rackName === undefined ? "the rack" : `rack ${known.rackName}`;
  const wrong =
    bottom < 0
      ? `${thing} would stand below U1, the lowest unit of ${named}`
      : `${thing} would reach U${topUnit(place)} of ${named}, which has ${rack.heightU}U`;
  throw new InvalidInput(`${wrong}; ${whatWouldBeRight(rack, place, known.others)}`, ["unit"]);
}

function checkShape({ unit, heightU, column, columns }: Place): void {
  halfUnits(unit, "the unit", ["unit"]);
  if (halfUnits(heightU, "the height", ["heightU"]) < 1) {
    throw new InvalidInput(`a height of ${heightU}U; the least is 0.5`, ["heightU"]);
  }
  if (!Number.isInteger(columns) || columns < 1 || columns > MAX_COLUMNS) {
    throw new InvalidInput(`${columns} columns; write how many stand side by side, from 1 to ${MAX_COLUMNS}`, [
      "columns",
    ]);
  }
  if (!Number.isInteger(column) || column < 1 || column > columns) {
    throw new InvalidInput(`column ${column} of ${columns}; the leftmost is 1, the rightmost ${columns}`, ["column"]);
  }
}

/** The number of the unit in which a place ends, at its top. */
export function topUnit(place: Place): number {
  return Math.ceil(place.unit + place.heightU) - 1;
}

function whatWouldBeRight(rack: RackSpace, place: Place, others: readonly Place[] | undefined): string {
  if (place.heightU > rack.heightU) return "it is taller than the rack";
  const start = highestFreeStart(rack, place, others ?? []);
  if (others === undefined) return `the highest start for ${place.heightU}U is U${start}`;
  if (start === undefined) return `no ${place.heightU}U are free in one piece`;
  return `the highest free start is U${start}`;
}

/** The highest unit at which something of this shape is free; whole units for whole heights. Undefined when none is. */
export function highestFreeStart(rack: RackSpace, shape: Place, others: readonly Place[]): number | undefined {
  const step = Number.isInteger(shape.heightU) && Number.isInteger(shape.unit) ? 1 : 1 / HALVES;
  const highest = rack.heightU - shape.heightU + 1;
  for (let unit = Math.floor(highest / step) * step; unit >= 1; unit -= step) {
    if (placesInTheWay({ ...shape, unit }, others).length === 0) return unit;
  }
  return undefined;
}

export interface SpaceTotals {
  readonly usedU: number;
  readonly freeU: number;
  /** The tallest machine that still fits without moving another. */
  readonly largestGapU: number;
}

/** Counts a unit as used when anything takes part of it, on either face: a full-depth server cannot go there. 0U counts for none. */
export function spaceTotals(rack: RackSpace, places: readonly Place[]): SpaceTotals {
  const taken = new Array<boolean>(rack.heightU * HALVES).fill(false);
  for (const place of places) {
    if (place.strip != null) continue;
    const { bottom, top } = verticalSpan(place);
    if (bottom < top) taken.fill(true, Math.max(0, bottom), Math.max(0, top));
  }
  const used = taken.filter(Boolean).length;
  let gap = 0;
  let largestGap = 0;
  for (const isTaken of taken) {
    gap = isTaken ? 0 : gap + 1;
    largestGap = Math.max(largestGap, gap);
  }
  return { usedU: used / HALVES, freeU: (taken.length - used) / HALVES, largestGapU: largestGap / HALVES };
}
