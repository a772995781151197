import type { Numbering, RackCapacity, RackLocation, Reservation } from "../rack-plan.js";
import type { Face, Place } from "../rack-space.js";
import type { ShelfKind } from "../shelf-kind.js";
import type { ShelfStatus } from "./shelf-status.js";

/** The side of the rack one looks at. */
export type ViewedFace = Exclude<Face, "FULL">;

/** A rack and what stands in it, as a drawing needs to know it. */
export interface RackElevation {
  readonly name: string;
  readonly heightU: number;
  /** Where the first unit is printed on the rack. Places count from the floor, from 1, either way. */
  readonly numbering: Numbering;
  /** The number printed beside the first unit: 1 on nearly every rack. */
  readonly firstUnit: number;
  readonly location: RackLocation;
  readonly capacity: RackCapacity;
  readonly description: string | null;
  readonly shelves: readonly ShelfView[];
  /** Who is seen in this rack and has another place, or none, in the record. */
  readonly ghosts: readonly GhostView[];
}

/** A machine where it is seen, and where the record does not have it. */
export interface GhostView {
  /** What does not reach out of the rack: where evidence has it is its lowest unit. */
  readonly place: Place;
  /** The host name if there is one, else the serial number; of a machine that nobody knows its MAC address. */
  readonly title: string;
  /** The model; empty when it is not known. */
  readonly subtitle: string;
  /** What is different, and what to do about it. */
  readonly sentence: string;
  readonly dimmed: boolean;
}

/** That the machine which stands here by the record is not here. */
export interface Absence {
  /** Where it is seen instead: "U14", "B02 U7". Null: nobody hears it. */
  readonly where: string | null;
  /** What is different, and what to do about it. */
  readonly sentence: string;
}

/** What stands, or may not stand, in one place. */
export interface ShelfView {
  readonly place: Place;
  readonly kind: ShelfKind;
  /** Of machines only; equipment has none. */
  readonly status: ShelfStatus | null;
  /** The host name if there is one, else the serial number; what is written on the equipment. */
  readonly title: string;
  /** The model. */
  readonly subtitle: string;
  readonly serialNumber: string | null;
  /** Further lines of the tooltip; title, subtitle, units, status and reservation are in it anyway. */
  readonly tooltip: readonly string[];
  readonly href: string | null;
  /** Name of the machine's profile. */
  readonly profile: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly reservation: Reservation | null;
  /** Null for nearly all: nothing tells that it is not here. */
  readonly absence: Absence | null;
  readonly amperes: number | null;
  readonly watts: number | null;
  readonly kilograms: number | null;
  /** Colours of its own, such as a rackdiag file gives. */
  readonly paint: Paint | null;
  /** Not among those that the reader asked to see: fades, so that they stand out. */
  readonly dimmed: boolean;
}

/** Each `#rrggbb`; what is null is the drawing's choice. */
export interface Paint {
  readonly fill: string | null;
  readonly line: string | null;
  readonly text: string | null;
}
