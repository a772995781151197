import type { Place } from "./rack-space.js";
import type { ShelfKind } from "./shelf-kind.js";

/** Which end unit numbers count from, as they are printed on the rack. Places count from the floor either way. */
export type Numbering = "FROM_BOTTOM" | "FROM_TOP";

/** Where a rack stands. `position` orders the racks of a row from left to right, seen from their front. */
export interface RackLocation {
  readonly site: string | null;
  readonly room: string | null;
  readonly row: string | null;
  readonly position: number | null;
}

/** What a rack bears, where it is known. */
export interface RackCapacity {
  readonly watts: number | null;
  readonly kilograms: number | null;
}

/** A rack and what is meant to stand in it, in plain values: what other programs' files are read into and written from. */
export interface RackPlan {
  readonly name: string;
  /** In units of 44.45 mm (EIA-310), steps of 0.5. */
  readonly heightU: number;
  readonly numbering: Numbering;
  /** The number printed beside the first unit: 1 on nearly every rack. */
  readonly firstUnit: number;
  readonly location: RackLocation;
  readonly description: string | null;
  readonly capacity: RackCapacity;
  readonly items: readonly PlannedItem[];
}

export interface PlannedItem {
  readonly place: Place;
  readonly kind: ShelfKind;
  /** The host name of a machine or, without one, its serial number; what is written on the equipment. May be empty. */
  readonly name: string;
  readonly manufacturer: string | null;
  readonly product: string | null;
  readonly amperes: number | null;
  readonly watts: number | null;
  readonly kilograms: number | null;
  /** `#rrggbb`. */
  readonly color: string | null;
  readonly reservation: Reservation | null;
}

export interface Reservation {
  readonly owner: string;
  readonly reason: string | null;
  /** RFC 3339, in UTC; null: until somebody ends it. */
  readonly endsAt: string | null;
}
