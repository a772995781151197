import { compareText } from "../../text-order.js";
import { type LoadTotals, loadTotals } from "../loads.js";
import { misfitsOf } from "../misfits.js";
import {
  checkRackHeight,
  overlaps,
  type Place,
  type SpaceTotals,
  spaceTotals,
  type Strip,
  verticalSpan,
} from "../rack-space.js";
import { Rivals } from "../rivals.js";
import type { GhostView, RackElevation, ShelfView, ViewedFace } from "./elevation.js";
import { unitsLabel } from "./unit-labels.js";

/** Room in the drawing, in half units from the top of the rack and in fractions of the width. */
export interface Spot {
  readonly fromTop: number;
  readonly heightHalfU: number;
  /** `lane` of `lanes` as one looks at it, 1 is the leftmost. */
  readonly lane: number;
  readonly lanes: number;
  /** Beside the panels: which side as one looks at it. */
  readonly strip: Strip | null;
}

/** A shelf that is drawn at its units. */
export interface StandingShelf extends Spot {
  readonly shelf: ShelfView;
  /** What is wrong with it; empty for nearly all. */
  readonly troubles: readonly string[];
}

/** Room that looks free from here, and is not: something stands on the other face. */
export interface HiddenShelf extends Spot {
  readonly shelf: ShelfView;
}

/** A machine that is seen at these units, where the record does not have it. */
export interface StandingGhost extends Spot {
  readonly ghost: GhostView;
}

/** What is known of one face of a rack, in units: who stands where, and who cannot. */
export interface ElevationLayout {
  readonly rack: RackElevation;
  readonly face: ViewedFace;
  /** From top to bottom, then from left to right: the order in which a person reads. */
  readonly standing: readonly StandingShelf[];
  readonly hidden: readonly HiddenShelf[];
  /** Shelves whose place is not inside the rack. */
  readonly misplaced: readonly { readonly shelf: ShelfView; readonly trouble: string }[];
  /** Seen from here; they may lie over what stands, and take no unit. */
  readonly ghosts: readonly StandingGhost[];
  readonly totals: SpaceTotals;
  readonly loads: LoadTotals;
}

/** Never throws for what stands in the rack: a picture of a wrong plan is how one finds out. @throws InvalidInput for the rack's height */
export function layOutElevation(rack: RackElevation, face: ViewedFace): ElevationLayout {
  checkRackHeight(rack.heightU);
  const { inside, outside, rivals } = misfitsOf(rack, [...rack.shelves].sort(readingOrder));
  const visible = inside.filter(({ place }) => place.face === "FULL" || place.face === face);
  const behind = inside.filter(({ place }) => place.face !== "FULL" && place.face !== face);
  const places = inside.map(({ place }) => place);
  return {
    rack,
    face,
    standing: stand(rack, face, rivals, visible),
    hidden: behind.flatMap((shelf) => uncovered(rack, face, shelf, visible)),
    misplaced: outside,
    ghosts: ghostsSeen(rack, face),
    totals: spaceTotals(rack, places),
    loads: loadTotals(inside),
  };
}

function stand(
  rack: RackElevation,
  face: ViewedFace,
  rivals: Rivals<ShelfView>,
  visible: readonly ShelfView[],
): StandingShelf[] {
  const standing = shared(visible, (shelf) => spotOf(rack, face, shelf.place)).map(({ of: shelf, spot }) => {
    return { ...spot, shelf, troubles: troublesOf(rack, rivals, shelf) };
  });
  return standing.sort((a, b) => a.fromTop - b.fromTop || a.lane * b.lanes - b.lane * a.lanes);
}

function ghostsSeen(rack: RackElevation, face: ViewedFace): StandingGhost[] {
  const ghosts = rack.ghosts.filter(({ place }) => place.face === "FULL" || place.face === face).sort(readingOrder);
  return shared(ghosts, (ghost) => spotOf(rack, face, ghost.place)).map(({ of: ghost, spot }) => ({ ...spot, ghost }));
}

/** Those that want the same space share its width, so that neither hides the other. */
function shared<T extends { readonly place: Place }>(things: readonly T[], spot: (thing: T) => Spot) {
  const crowds = new Rivals(things).crowds();
  return things.map((of) => {
    const crowd = crowds.get(of) ?? [of];
    return {
      of,
      spot: crowd.length === 1 ? spot(of) : { ...spot(of), lane: crowd.indexOf(of) + 1, lanes: crowd.length },
    };
  });
}

const NAMED_RIVALS = 3;

function troublesOf(rack: RackElevation, rivals: Rivals<ShelfView>, shelf: ShelfView): string[] {
  const found = rivals.of(shelf, NAMED_RIVALS + 1);
  const named = found
    .slice(0, NAMED_RIVALS)
    .map((rival) => `overlaps ${rival.title} at ${unitsLabel(rack, rival.place)}`);
  return found.length > NAMED_RIVALS ? [...named, "overlaps others, too"] : named;
}

function spotOf(rack: RackElevation, face: ViewedFace, place: Place): Spot {
  const { bottom, top } = verticalSpan(place);
  const { column, columns, strip = null } = place;
  // Columns and sides count from the left of the front: whoever walks around the rack sees them mirrored.
  const front = face === "FRONT";
  return {
    fromTop: rack.heightU * 2 - top,
    heightHalfU: top - bottom,
    lane: front ? column : columns - column + 1,
    lanes: columns,
    strip: strip === null || front ? strip : strip === "LEFT" ? "RIGHT" : "LEFT",
  };
}

/** The parts of a shelf behind that nothing in front covers. */
function uncovered(
  rack: RackElevation,
  face: ViewedFace,
  shelf: ShelfView,
  visible: readonly ShelfView[],
): HiddenShelf[] {
  const spot = spotOf(rack, face, shelf.place);
  const seenFromHere: Place = { ...shelf.place, face };
  const over = visible.filter(({ place }) => overlaps(place, seenFromHere)).map(({ place }) => verticalSpan(place));
  const { bottom, top } = verticalSpan(shelf.place);
  const parts: HiddenShelf[] = [];
  for (let end = top; end > bottom; end--) {
    let start = end;
    while (start > bottom && !over.some((span) => span.bottom < start && start <= span.top)) start--;
    if (start === end) continue;
    parts.push({ ...spot, shelf, fromTop: rack.heightU * 2 - end, heightHalfU: end - start });
    end = start;
  }
  return parts;
}

function readingOrder(a: ShelfView | GhostView, b: ShelfView | GhostView): number {
  return (
    b.place.unit + b.place.heightU - (a.place.unit + a.place.heightU) ||
    a.place.column * b.place.columns - b.place.column * a.place.columns ||
    compareText(a.title, b.title) ||
    compareText(a.subtitle, b.subtitle)
  );
}
