import { viewedFaces, type DrawnFace } from "../drawing/draw-options.js";
import { drawableText } from "../drawing/text/drawable-text.js";
import type { GhostView, RackElevation, ShelfView } from "../drawing/elevation.js";
import { signLabel } from "../drawing/looks/glyphs.js";
import { type ElevationLayout, layOutElevation } from "../drawing/layout.js";
import { shelfModel, shelfName } from "../drawing/scene/shelf-texts.js";
import { statusLabel } from "../drawing/shelf-status.js";
import { unitsLabel } from "../drawing/unit-labels.js";
import type { Place, SpaceTotals } from "../rack-space.js";
import { kindLabel } from "../shelf-kind.js";

/** What stands in a rack, line by line from its top, every text on one line. */
export interface RackTable {
  readonly rack: RackElevation;
  readonly space: SpaceTotals;
  readonly rows: readonly TableRow[];
  readonly sums: Sums;
}

export interface TableRow {
  /** Null: a machine that is seen here, and stands elsewhere by the record. */
  readonly shelf: ShelfView | null;
  readonly place: Place;
  /** As printed on the rack: "U5–U6". */
  readonly units: string;
  readonly name: string;
  readonly kind: string;
  readonly model: string;
  readonly serialNumber: string;
  /** Empty for what has no state, such as a switch. */
  readonly state: string;
  readonly profile: string;
  /** What is wrong with the place, or not as on the floor; empty for nearly all. */
  readonly problem: string;
}

/** Sums of what is known; null when nothing is. */
export interface Sums {
  readonly amperes: number | null;
  readonly watts: number | null;
  readonly kilograms: number | null;
}

/** @throws InvalidInput for a height that no rack has */
export function rackTable(rack: RackElevation, face: DrawnFace): RackTable {
  const layouts = viewedFaces(face).map((viewed) => layOutElevation(rack, viewed));
  const lines = [...linesOf(layouts).values(), ...ghostLines(rack, layouts)].sort(
    (a, b) => a.fromTop - b.fromTop || fromLeft(a.row) - fromLeft(b.row),
  );
  const rows = lines.map(({ row }) => row);
  const shelves = rows.flatMap(({ shelf }) => shelf ?? []);
  return {
    rack,
    space: (layouts[0] as ElevationLayout).totals,
    rows,
    sums: {
      amperes: sum(shelves, "amperes"),
      watts: sum(shelves, "watts"),
      kilograms: sum(shelves, "kilograms"),
    },
  };
}

interface Line {
  readonly fromTop: number;
  readonly row: TableRow;
}

/** What is seen from any of the faces, once. What does not fit into the rack lies on its roof, as in the drawing. */
function linesOf(layouts: readonly ElevationLayout[]): Map<ShelfView, Line> {
  const lines = new Map<ShelfView, Line>();
  for (const { rack, misplaced, standing } of layouts) {
    for (const { shelf, trouble } of misplaced)
      lines.set(shelf, { fromTop: -1, row: tableRow(rack, shelf, [trouble]) });
    for (const { shelf, fromTop, troubles } of standing) {
      lines.set(shelf, { fromTop, row: tableRow(rack, shelf, troubles) });
    }
  }
  return lines;
}

function ghostLines(rack: RackElevation, layouts: readonly ElevationLayout[]): Line[] {
  const lines = new Map<GhostView, Line>();
  for (const { ghost, fromTop } of layouts.flatMap(({ ghosts }) => ghosts)) {
    lines.set(ghost, { fromTop, row: ghostRow(rack, ghost) });
  }
  return [...lines.values()];
}

const fromLeft = ({ place }: TableRow) => (place.column - 1) / place.columns + (place.face === "REAR" ? 1 : 0);

function tableRow(rack: RackElevation, shelf: ShelfView, troubles: readonly string[]): TableRow {
  return {
    shelf,
    place: shelf.place,
    units: unitsLabel(rack, shelf.place),
    name: shelfName(shelf),
    kind: kindLabel(shelf.kind),
    model: shelfModel({ ...shelf, absence: null }),
    serialNumber: drawableText(shelf.serialNumber ?? ""),
    state: shelf.status === null ? "" : statusLabel(shelf.status),
    profile: drawableText(shelf.profile ?? ""),
    problem: drawableText([...troubles, ...(shelf.absence === null ? [] : [shelf.absence.sentence])].join("; ")),
  };
}

/** It has no weight and draws nothing: whatever is added up is of what stands there by the record. */
function ghostRow(rack: RackElevation, { place, title, subtitle, sentence }: GhostView): TableRow {
  return {
    shelf: null,
    place,
    units: unitsLabel(rack, place),
    name: drawableText(title),
    kind: signLabel("GHOST"),
    model: drawableText(subtitle),
    serialNumber: "",
    state: "",
    profile: "",
    problem: drawableText(sentence),
  };
}

function sum(shelves: readonly ShelfView[], what: keyof Sums): number | null {
  const known = shelves.map((shelf) => shelf[what]).filter((value) => value !== null);
  return known.length === 0 ? null : round1(known.reduce((a, b) => a + b, 0));
}

/** One decimal, as the nameplates have it: 0.1 + 0.2 is 0.3. */
export function round1(value: number): number {
  return Math.round(value * 10) / 10;
}
