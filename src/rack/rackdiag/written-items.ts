import { InvalidInput } from "../../errors.js";
import type { PlannedItem, RackPlan } from "../rack-plan.js";
import { MAX_RACK_HEIGHT_U } from "../rack-space.js";
import { inColumns } from "./columns.js";

/** An item as a statement can say it: whole units, counted as the rack's numbers are. */
export interface WrittenItem {
  readonly item: PlannedItem;
  readonly number: number;
  readonly height: number;
  /** Neither its unit nor its height had to be rounded. */
  readonly exact: boolean;
}

/**
 * Which items a diagram can show, in the order to write them: band by band, from the lowest number, and in a band from
 * left to right, since rackdiag gives each item the first free column.
 */
export function writtenItems(plan: RackPlan): { written: WrittenItem[]; unwritten: PlannedItem[] } {
  const candidates = plan.items.flatMap((item) => writable(plan, item) ?? []);
  const exact = candidates.filter((each) => each.exact);
  let written = inBands(exact);
  if (!fits(written))
    written = inBands(exact.filter((each, i) => !exact.slice(0, i).some((other) => sharesUnit(each, other))));
  // What had to be rounded is shown only where it hides nothing and pushes nothing aside.
  for (const each of candidates) {
    if (!each.exact && !written.some((other) => sharesUnit(each, other))) written.push(each);
  }
  written = inBands(written);
  const shown = new Set(written.map(({ item }) => item));
  return { written, unwritten: plan.items.filter((item) => !shown.has(item)).sort(byPlace) };
}

/** Undefined for the rear, for what hangs beside the panels, and for what is not inside the rack. */
function writable({ heightU, numbering }: RackPlan, item: PlannedItem): WrittenItem | undefined {
  const { unit, heightU: height, face, strip } = item.place;
  if (face === "REAR" || strip != null) return undefined;
  const base = numbering === "FROM_BOTTOM" ? unit - 1 : heightU - (unit - 1 + height);
  const [first, end] = [Math.floor(base), Math.ceil(base + height)];
  if (!(height > 0) || first < 0 || end > Math.min(Math.ceil(heightU), MAX_RACK_HEIGHT_U)) return undefined;
  return { item, number: first + 1, height: end - first, exact: first === base && end === base + height };
}

function sharesUnit(a: WrittenItem, b: WrittenItem): boolean {
  return a.number < b.number + b.height && b.number < a.number + a.height;
}

function fits(items: readonly WrittenItem[]): boolean {
  try {
    inColumns(
      items.map(({ number, height }) => ({ top: number * 2, rows: height * 2 })),
      (MAX_RACK_HEIGHT_U + 1) * 2,
    );
    return true;
  } catch (error) {
    if (error instanceof InvalidInput) return false;
    throw error;
  }
}

function inBands(items: readonly WrittenItem[]): WrittenItem[] {
  const bands: WrittenItem[][] = [];
  let end = 0;
  for (const each of [...items].sort((a, b) => a.number - b.number || byPlace(a.item, b.item))) {
    if (each.number >= end) bands.push([]);
    bands.at(-1)?.push(each);
    end = Math.max(end, each.number + each.height);
  }
  return bands.flatMap((band) => band.sort((a, b) => leftEdge(a) - leftEdge(b) || a.number - b.number));
}

function leftEdge({ item: { place } }: WrittenItem): number {
  return (place.column - 1) / place.columns;
}

/** The order in which a text is written does not depend on the order in which a plan was. */
function byPlace(a: PlannedItem, b: PlannedItem): number {
  return a.place.unit - b.place.unit || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
}
