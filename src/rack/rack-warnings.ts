import { loadTotals, type Load } from "./loads.js";
import { misfitsOf } from "./misfits.js";
import type { PlannedItem, RackPlan } from "./rack-plan.js";
import { hasEnded } from "./reservation.js";
import { kindWord } from "./shelf-kind.js";

export const RACK_WARNING_KINDS = [
  "COLLISION",
  "OUTSIDE",
  "OVERLOAD_WATTS",
  "OVERLOAD_KILOGRAMS",
  "RESERVATION_ENDED",
] as const;
export type RackWarningKind = (typeof RACK_WARNING_KINDS)[number];

/** What is wrong with a rack, in words, and with which of its items. */
export interface RackWarning<I> {
  readonly kind: RackWarningKind;
  readonly message: string;
  readonly items: readonly I[];
}

type Warned = Pick<PlannedItem, "place" | "kind" | "name" | "amperes" | "watts" | "kilograms" | "reservation">;

/** Ten thousand things in one unit are said to be so by fewer words than pairs. */
const NAMED_RIVALS = 3;

/** All that is wrong with what stands in a rack, at this moment. Never throws. */
export function warningsOf<I extends Warned>(
  rack: Pick<RackPlan, "name" | "heightU" | "capacity"> & { readonly items: readonly I[] },
  now: Date,
): RackWarning<I>[] {
  const ended = rack.items.filter((item) => isOver(item, now));
  const items = rack.items.filter((item) => !ended.includes(item));
  const { inside, outside, rivals } = misfitsOf(rack, items);
  const pairs = pairsOf(inside, (item) => rivals.of(item, NAMED_RIVALS));
  const loads = loadTotals(items);
  return [
    ...pairs.map(([a, b]): RackWarning<I> => {
      return { kind: "COLLISION", message: `${itemLabel(a)} and ${itemLabel(b)} want the same space`, items: [a, b] };
    }),
    ...outside.map(({ shelf, trouble }): RackWarning<I> => {
      return { kind: "OUTSIDE", message: `${itemLabel(shelf)}: ${trouble}`, items: [shelf] };
    }),
    ...overload("OVERLOAD_WATTS", items, loads.watts, rack.capacity.watts),
    ...overload("OVERLOAD_KILOGRAMS", items, loads.kilograms, rack.capacity.kilograms),
    ...ended.map((item): RackWarning<I> => {
      const until = item.reservation?.endsAt?.slice(0, 16).replace("T", " ") ?? "";
      const message = `${itemLabel(item)} ended at ${until} UTC and keeps nobody out; extend or release it`;
      return { kind: "RESERVATION_ENDED", message, items: [item] };
    }),
  ];
}

/** Each with those that it wants the space of; two that want each other's are one pair. */
function pairsOf<I>(items: readonly I[], rivalsOf: (item: I) => readonly I[]): Array<readonly [I, I]> {
  const done = new Map<I, Set<I>>();
  return items.flatMap((item) => {
    const others = rivalsOf(item).filter((other) => done.get(other)?.has(item) !== true);
    done.set(item, new Set(others));
    return others.map((other) => [item, other] as const);
  });
}

/** A reservation that keeps nobody out any more. */
export function isOver({ reservation }: Pick<Warned, "reservation">, now: Date): boolean {
  return reservation !== null && hasEnded(reservation, now);
}

const OVERLOADS = {
  OVERLOAD_WATTS: { says: "draws", unit: "W", limit: "is fed" },
  OVERLOAD_KILOGRAMS: { says: "weighs", unit: "kg", limit: "the rack bears" },
} as const;

function overload<I>(
  kind: keyof typeof OVERLOADS,
  items: readonly I[],
  load: Load | null,
  capacity: number | null,
): RackWarning<I>[] {
  if (load === null || capacity === null || load.sum <= capacity) return [];
  const { says, unit, limit } = OVERLOADS[kind];
  const least = load.atLeast ? "at least " : "";
  return [
    { kind, message: `what stands here ${says} ${least}${load.sum} ${unit}, and ${limit} ${capacity} ${unit}`, items },
  ];
}

/** "machine web-1 (U7, 1U)". */
export function itemLabel({
  kind,
  name,
  place,
  reservation,
}: Pick<Warned, "kind" | "name" | "place" | "reservation">): string {
  const where = `(U${place.unit}, ${place.heightU}U)`;
  if (reservation !== null) return `the reservation of ${reservation.owner} ${where}`;
  return [kindWord(kind), name, where].filter((part) => part !== "").join(" ");
}
