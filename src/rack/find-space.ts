import { compareOnFloor } from "./floor-order.js";
import type { RackPlan } from "./rack-plan.js";
import { placesInTheWay, type Face, type Place } from "./rack-space.js";
import { isOver } from "./rack-warnings.js";
import type { ShelfKind } from "./shelf-kind.js";

export interface WantedSpace {
  readonly heightU: number;
  /** FULL takes both faces. */
  readonly depth: Face;
  readonly watts: number | null;
  readonly kilograms: number | null;
}

/** A place that is free, and why it stands where it does in the list. */
export interface FreeSpace<R> {
  readonly rack: R;
  readonly place: Place;
  /** Height of the free space of which it takes the lowest part. */
  readonly gapU: number;
  /** What the rack would still give and bear; null where that is not known. */
  readonly wattsLeft: number | null;
  readonly kilogramsLeft: number | null;
  readonly reasons: readonly string[];
}

/** From this on two people lift it, and low in a rack (EN 1005-2 allows one person 25 kg at best). */
const HEAVY_KG = 25;
/** A gap that is taller by more is as good as any other. */
const MAX_SLACK_U = 20;

/** How much worse a place is, in units of room that it would waste. */
const PENALTY = { perUnitOfHeightWhenHeavy: 0.5, ofFullLoad: 10, ofUnknownCapacity: 5 };

/**
 * Free places, the best first: a gap that is not much taller, low for what is heavy, in a rack whose feeds and load have
 * room; of equal ones in the order of the rows. A rack that it would overload is not among them.
 */
export function findSpace<R extends RackPlan>(racks: readonly R[], wanted: WantedSpace, now: Date): FreeSpace<R>[] {
  const found = [...racks]
    .sort((a, b) => compareOnFloor(standing(a), standing(b)))
    .flatMap((rack) => spacesIn(rack, wanted, now));
  return found.sort((a, b) => a.penalty - b.penalty).map(({ space }) => space); // a stable sort: the rest is row order
}

interface Ranked<R> {
  readonly space: FreeSpace<R>;
  readonly penalty: number;
}

function spacesIn<R extends RackPlan>(rack: R, wanted: WantedSpace, now: Date): Ranked<R>[] {
  const items = rack.items.filter((item) => !isOver(item, now));
  const watts = loadOf(
    "W",
    rack.capacity.watts,
    items.map(({ kind, watts }) => ({ kind, load: watts })),
    wanted.watts,
  );
  const kilograms = loadOf(
    "kg",
    rack.capacity.kilograms,
    items.map(({ kind, kilograms }) => ({ kind, load: kilograms })),
    wanted.kilograms,
  );
  if (watts.isTooMuch || kilograms.isTooMuch) return [];
  const taken = items.map(({ place }) => place);
  return gapsOf(rack, wanted, taken).map(({ place, gapU }) => {
    const slack = gapU - wanted.heightU;
    const isHeavy = (wanted.kilograms ?? 0) >= HEAVY_KG;
    const reasons = [
      slack === 0 ? `fills a gap of ${gapU}U` : `leaves ${slack}U of a gap of ${gapU}U`,
      ...(isHeavy ? [`stands at U${place.unit}, and ${wanted.kilograms} kg belong low`] : []),
      ...watts.words,
      ...kilograms.words,
    ];
    const penalty =
      Math.min(slack, MAX_SLACK_U) +
      (isHeavy ? (place.unit - 1) * PENALTY.perUnitOfHeightWhenHeavy : 0) +
      watts.penalty +
      kilograms.penalty;
    const [wattsLeft, kilogramsLeft] = [watts.left, kilograms.left];
    return { space: { rack, place, gapU, wattsLeft, kilogramsLeft, reasons }, penalty };
  });
}

interface ItemLoad {
  readonly kind: ShelfKind;
  readonly load: number | null;
}

/**
 * What of a rack's capacity is left when this comes in, and what that counts. What is promised to a reservation counts as
 * well: it will come.
 */
function loadOf(unit: string, capacity: number | null, items: readonly ItemLoad[], more: number | null) {
  if (capacity === null) {
    const words = more === null ? [] : [`how many ${unit} the rack takes is not known`];
    return { left: null, isTooMuch: false, penalty: more === null ? 0 : PENALTY.ofUnknownCapacity, words };
  }
  const load = items.reduce((sum, item) => sum + (item.load ?? 0), more ?? 0);
  const left = Math.round((capacity - load) * 1000) / 1000;
  const most = items.some((item) => item.kind === "MACHINE" && item.load === null) ? "at most " : "";
  const penalty = capacity === 0 ? 0 : (1 - left / capacity) * PENALTY.ofFullLoad;
  const isOver = left < 0;
  const words = isOver
    ? `${-left} ${unit} more than its ${capacity} ${unit} already`
    : `${most}${left} of ${capacity} ${unit} are left then`;
  return { left, isTooMuch: isOver && more !== null, penalty, words: [words] };
}

/** The lowest start in each gap that is tall enough; whole units for whole heights. */
function gapsOf(rack: RackPlan, { heightU, depth }: WantedSpace, taken: readonly Place[]) {
  const shape = { face: depth, column: 1, columns: 1 } as const;
  const isFree = (unit: number) => placesInTheWay({ ...shape, unit, heightU: 0.5 }, taken).length === 0;
  const step = Number.isInteger(heightU) ? 1 : 0.5;
  const gaps: Array<{ place: Place; gapU: number }> = [];
  for (let unit = 1; unit < rack.heightU + 1;) {
    let top = unit;
    while (top < rack.heightU + 1 && isFree(top)) top += 0.5;
    const start = Math.ceil(unit / step) * step;
    if (top - start >= heightU) gaps.push({ place: { ...shape, unit: start, heightU }, gapU: top - unit });
    unit = top + 0.5;
  }
  return gaps;
}

const standing = ({ name, location }: RackPlan) => ({ name, ...location });
