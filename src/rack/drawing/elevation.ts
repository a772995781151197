import { InvalidInput } from "../../errors.js";
import {
  type Face,
  MAX_RACK_HEIGHT_U,
  type Place,
  type SpaceTotals,
  checkPlace,
  checkRackHeight,
  overlaps,
  spaceTotals,
  verticalSpan,
} from "../rack-space.js";
import type { Numbering, RackCapacity, RackLocation, Reservation } from "../rack-plan.js";
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

/** A shelf that is drawn at its units. */
export interface StandingShelf {
  readonly shelf: ShelfView;
  /** Half units from the top of the rack to the top of the shelf. */
  readonly fromTop: number;
  readonly heightHalfU: number;
  /** Fraction of the panel's width as one looks at it: `lane` of `lanes`, 1 is the leftmost. */
  readonly lane: number;
  readonly lanes: number;
  /** What is wrong with it; empty for nearly all. */
  readonly troubles: readonly string[];
}

/** What is known of one face of a rack, in units: who stands where, and who cannot. */
export interface ElevationLayout {
  readonly rack: RackElevation;
  readonly face: ViewedFace;
  /** From top to bottom, then from left to right: the order in which a person reads. */
  readonly standing: readonly StandingShelf[];
  /** Shelves whose place is not inside the rack. */
  readonly misplaced: readonly { readonly shelf: ShelfView; readonly trouble: string }[];
  readonly totals: SpaceTotals;
}

/** Never throws for what stands in the rack: a picture of a wrong plan is how one finds out. @throws InvalidInput for the rack's height */
export function layOutElevation(rack: RackElevation, face: ViewedFace): ElevationLayout {
  checkRackHeight(rack.heightU);
  const inside: ShelfView[] = [];
  const misplaced: { shelf: ShelfView; trouble: string }[] = [];
  for (const shelf of [...rack.shelves].sort(readingOrder)) {
    const trouble = whyNotInside(rack, shelf.place);
    if (trouble === undefined) inside.push(shelf);
    else misplaced.push({ shelf, trouble });
  }
  const visible = inside.filter(({ place }) => place.face === "FULL" || place.face === face);
  const standing = visible.map((shelf) => {
    const rivals = inside.filter((other) => other !== shelf && overlaps(other.place, shelf.place));
    return stand(rack, face, shelf, rivals, visible);
  });
  standing.sort((a, b) => a.fromTop - b.fromTop || a.lane * b.lanes - b.lane * a.lanes);
  return {
    rack,
    face,
    standing,
    misplaced,
    totals: spaceTotals(
      rack,
      inside.map(({ place }) => place),
    ),
  };
}

function stand(
  rack: RackElevation,
  face: ViewedFace,
  shelf: ShelfView,
  rivals: readonly ShelfView[],
  visible: readonly ShelfView[],
): StandingShelf {
  const { bottom, top } = verticalSpan(shelf.place);
  const troubles = rivals.map((rival) => `overlaps ${rival.title} at ${unitsLabel(rack, rival.place)}`);
  const at = { shelf, fromTop: rack.heightU * 2 - top, heightHalfU: top - bottom, troubles };
  if (rivals.length > 0) {
    // Shelves that want the same space share its width, so that neither hides the other.
    const crowd = crowdOf(shelf, visible);
    return { ...at, lane: crowd.indexOf(shelf) + 1, lanes: crowd.length };
  }
  const { column, columns } = shelf.place;
  // Columns count from the left of the front: whoever walks around the rack sees them mirrored.
  return { ...at, lane: face === "FRONT" ? column : columns - column + 1, lanes: columns };
}

/** The shelf and everything that overlaps it, directly or over others, in reading order. */
function crowdOf(shelf: ShelfView, visible: readonly ShelfView[]): ShelfView[] {
  const crowd = new Set([shelf]);
  // A Set hands out what is added while it is walked.
  for (const member of crowd) {
    for (const other of visible) if (overlaps(member.place, other.place)) crowd.add(other);
  }
  return visible.filter((other) => crowd.has(other));
}

function whyNotInside(rack: RackElevation, place: Place): string | undefined {
  try {
    checkPlace(rack, place, { rackName: rack.name });
    return undefined;
  } catch (error) {
    if (error instanceof InvalidInput) return error.message;
    throw error;
  }
}

function readingOrder(a: ShelfView, b: ShelfView): number {
  return (
    b.place.unit + b.place.heightU - (a.place.unit + a.place.heightU) ||
    a.place.column * b.place.columns - b.place.column * a.place.columns ||
    compareText(a.title, b.title) ||
    compareText(a.subtitle, b.subtitle)
  );
}

// By code unit: the order must not depend on the locale of whoever draws.
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The units as they are printed on the rack: "U5", "U5–U6", "U5 upper half", "1.5U from U5". */
export function unitsLabel(rack: RackElevation, place: Place): string {
  const fromBottom = rack.numbering === "FROM_BOTTOM";
  const fromFirst = fromBottom ? place.unit : rack.heightU - place.unit - place.heightU + 2;
  const start = fromFirst + rack.firstUnit - 1;
  const first = Math.floor(start);
  if (start === first && Number.isInteger(place.heightU)) {
    return place.heightU === 1 ? `U${first}` : `U${first}–U${first + place.heightU - 1}`;
  }
  if (place.heightU === 0.5) return `U${first} ${(start === first) === fromBottom ? "lower" : "upper"} half`;
  return `${place.heightU}U from U${start}`;
}

/** The number printed beside each whole unit, from the top of the rack down, with its distance in half units. */
export function unitNumbers(rack: RackElevation): { readonly number: number; readonly fromTop: number }[] {
  const whole = Math.floor(rack.heightU);
  // In a rack of 12.5U the half unit without a number is at the far end from U1.
  const rest = rack.numbering === "FROM_BOTTOM" ? (rack.heightU - whole) * 2 : 0;
  return Array.from({ length: Math.min(whole, MAX_RACK_HEIGHT_U) }, (_, i) => ({
    number: rack.firstUnit + (rack.numbering === "FROM_BOTTOM" ? whole - i - 1 : i),
    fromTop: rest + i * 2,
  }));
}
