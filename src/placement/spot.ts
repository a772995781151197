import { unitsLabel } from "../rack/drawing/unit-labels.js";
import type { Numbering } from "../rack/rack-plan.js";
import { overlaps, type Face, type Place } from "../rack/rack-space.js";

/** Where a rule says that what hangs on a port stands: the lowest unit of a place, its height is the machine's own. */
export interface Spot {
  readonly rack: string;
  readonly unit: number;
  readonly column: number;
  readonly columns: number;
  /** Null: as the machine's model says. */
  readonly face: Face | null;
}

/** A place in a named rack. */
export interface Room extends Place {
  readonly rack: string;
}

/** A machine of two units may hang on the port of either: a spot anywhere inside its room is its own. */
export function holds(room: Room, spot: Spot): boolean {
  return room.rack === spot.rack && overlaps(room, { ...spot, heightU: 0.5, face: spot.face ?? "FULL" });
}

/** The half units that a room takes, each by rack: who asks what is there asks of those, and not of all. */
export function rowsOf(room: Room): string[] {
  if (room.strip != null) return [];
  return Array.from({ length: room.heightU * 2 }, (_, i) => rowOf(room.rack, room.unit + i / 2));
}

export function rowOf(rack: string, unit: number): string {
  return `${rack} ${unit}`;
}

export function spotKey({ rack, unit, column, columns, face }: Spot): string {
  return JSON.stringify([rack, unit, column, columns, face]);
}

/** How the units of a rack are printed on it. */
export interface NumberedRack {
  readonly heightU: number;
  readonly numbering: Numbering;
  readonly firstUnit: number;
}

/** `A07 U12`, for people; `A07 U12 (labelled U31)` where the rack itself counts in another way than from 1 at the floor. */
export function spotText(spot: Spot | Room, racks: ReadonlyMap<string, NumberedRack>): string {
  const { rack, unit, column, columns } = spot;
  const numbered = racks.get(rack);
  const isPlain = numbered === undefined || (numbered.numbering === "FROM_BOTTOM" && numbered.firstUnit === 1);
  const heightU = "heightU" in spot ? spot.heightU : 1;
  const label = isPlain ? "" : ` (labelled ${unitsLabel(numbered, { ...spot, heightU, face: "FULL", strip: null })})`;
  return `${rack} U${unit}${label}${columns === 1 ? "" : ` column ${column} of ${columns}`}`;
}
