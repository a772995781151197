import { lookOf, type Palette, signOf, valueOf } from "./looks/color-by.js";
import type { ShelfView } from "./elevation.js";
import { type Sign, signLabel, SIGNS } from "./looks/glyphs.js";
import { SHELF_STATUSES, type ShelfStatus } from "./shelf-status.js";
import { compareText } from "../../text-order.js";
import type { ElevationLayout } from "./layout.js";

/** One thing that the legend explains, and how often it is drawn. */
export interface Entry {
  readonly block: "colours" | "signs";
  /** Within a block, first those that a person looks for. */
  readonly rank: number;
  readonly label: string;
  readonly look: string;
  readonly sign: Sign | null;
  readonly hatched: boolean;
  readonly absent: boolean;
  readonly count: number;
}

/** What is drawn of one rack, counted once, also where both of its faces are drawn. */
export function tallyOf(layouts: readonly ElevationLayout[], palette: Palette): Entry[] {
  const seen = new Set(layouts.flatMap(({ standing, misplaced }) => [...standing, ...misplaced].map((at) => at.shelf)));
  const overlapping = new Set(
    layouts.flatMap(({ standing }) => standing.filter(({ troubles }) => troubles.length > 0).map(({ shelf }) => shelf)),
  );
  const hidden = (face: string) =>
    layouts.flatMap((layout) => (layout.face === face ? layout.hidden.map(({ shelf }) => shelf) : []));
  const outside = layouts[0]?.misplaced.length ?? 0;
  const ghosts = new Set(layouts.flatMap((layout) => layout.ghosts.map(({ ghost }) => ghost)));
  const isAbsent = (elsewhere: boolean) => {
    return [...seen].filter(({ absence, dimmed }) => {
      return absence !== null && !dimmed && (absence.where !== null) === elsewhere;
    }).length;
  };
  const rack = layouts[0]?.rack;
  return merged([
    ...[...seen].flatMap((shelf) => (rack === undefined ? [] : entriesOf(palette, rack, shelf))),
    special(1, "Taken from the rear", "behind", new Set(hidden("FRONT")).size),
    special(2, "Taken from the front", "behind", new Set(hidden("REAR")).size),
    special(3, "Not among those asked for", "dim", [...seen].filter(({ dimmed }) => dimmed).length),
    { ...special(4, "Overlapping", "none", overlapping.size), hatched: true },
    { ...special(5, "Outside the rack", "none", outside), hatched: true },
    { ...special(6, signLabel("GHOST"), "ghost", [...ghosts].filter(({ dimmed }) => !dimmed).length), sign: "GHOST" },
    { ...special(7, "Planned here, seen elsewhere", "none", isAbsent(true)), absent: true },
    { ...special(8, "Planned here, not heard", "none", isAbsent(false)), absent: true },
  ]);
}

const special = (rank: number, label: string, look: string, count: number): Entry => ({
  ...{ block: "signs", rank: 100 + rank, label, look, sign: null, hatched: false, absent: false, count },
});

function entriesOf(palette: Palette, rack: ElevationLayout["rack"], shelf: ShelfView): Entry[] {
  if (shelf.dimmed) return [];
  const sign = signOf(shelf);
  const look = lookOf(palette, rack, shelf);
  const value = valueOf(palette.colorBy, rack, shelf);
  // Where colours tell of something else, the state is told by its sign alone.
  const own = palette.colorBy.by === "STATE" || shelf.kind !== "MACHINE" ? lookOf(BY_STATE, rack, shelf) : "none";
  const base = {
    rank: SIGNS.indexOf(sign),
    label: signLabel(sign),
    look: own,
    sign,
    hatched: false,
    absent: false,
    count: 1,
  };
  const signs: Entry = { ...base, block: "signs" };
  if (value === null) return [signs];
  const colour = { block: "colours", sign: null, hatched: false, absent: false, count: 1 } as const;
  return palette.looks.has(value)
    ? [{ ...colour, rank: 0, label: value, look }, signs]
    : [{ ...colour, rank: 1, label: "Other values", look: "none" }, signs];
}

const BY_STATE: Palette = { colorBy: { by: "STATE" }, looks: new Map() };

/** Sums up, in the order of the legend. */
export function merged(entries: readonly Entry[]): Entry[] {
  const sums = new Map<string, Entry>();
  for (const entry of entries) {
    if (entry.count === 0) continue;
    const key = `${entry.block} ${entry.label}`;
    sums.set(key, { ...entry, count: entry.count + (sums.get(key)?.count ?? 0) });
  }
  return [...sums.values()].sort(
    (a, b) => compareText(a.block, b.block) || a.rank - b.rank || compareText(a.label, b.label),
  );
}

/** How many machines of which status are drawn; of a rack's two faces each counts. */
export function statusCounts(layouts: readonly ElevationLayout[]): Map<ShelfStatus, number> {
  const shelves = layouts.flatMap(({ standing, misplaced }) => [...standing, ...misplaced].map(({ shelf }) => shelf));
  const counts = SHELF_STATUSES.map((status) => [status, shelves.filter((s) => s.status === status).length] as const);
  return new Map(counts.filter(([, count]) => count > 0));
}
