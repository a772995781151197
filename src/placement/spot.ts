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

export function spotKey({ rack, unit, column, columns, face }: Spot): string {
  return JSON.stringify([rack, unit, column, columns, face]);
}

/** `A07 U12`, for people. */
export function spotText({ rack, unit, column, columns }: Omit<Spot, "face">): string {
  return `${rack} U${unit}${columns === 1 ? "" : ` column ${column} of ${columns}`}`;
}
