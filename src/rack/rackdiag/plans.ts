import type { PlannedItem, RackPlan } from "../rack-plan.js";
import type { Place } from "../rack-space.js";
import type { DiagramItem, DiagramRack } from "./diagram.js";
import { guessKind } from "./guess-kind.js";
import { shownLines } from "./label.js";
import { parseNote, type NextNote, type Note } from "./note.js";
import { readDiagram, type ReadDiagram } from "./read-diagram.js";
import type { Source, Warning } from "./source.js";
import type { Mode } from "./tokens.js";

export interface ReadPlans {
  readonly plans: readonly RackPlan[];
  readonly warnings: readonly Warning[];
  /** Where each plan's rack and each of its items is written, as offsets in `source`. */
  readonly starts: readonly { readonly rack: number; readonly items: readonly number[] }[];
  readonly source: Source;
}

/** What a text in rackdiag's language plans; the mode helpful also reads what Kickrack has kept in comments. */
export function readPlans(text: string, mode: Mode): ReadPlans {
  return plansOf(readDiagram(text, mode), mode);
}

export function plansOf(diagram: ReadDiagram, mode: Mode): ReadPlans {
  const { source } = diagram;
  const notes = mode === "helpful" ? notesOf(diagram) : new Map<DiagramRack, Note[]>();
  const warnings = [...diagram.warnings];
  const read = diagram.racks.map((rack) => {
    return planned(rack, notes.get(rack) ?? [], (start, message) =>
      warnings.push({ ...source.positionAt(start), message }),
    );
  });
  return {
    plans: read.map(({ plan }) => plan),
    warnings: warnings.sort((a, b) => a.line - b.line || a.column - b.column),
    starts: read.map(({ starts }, i) => ({ rack: diagram.racks[i]?.start ?? 0, items: starts })),
    source,
  };
}

/** Each rack's notes: those between its braces, and for the top level those in no braces. */
function notesOf({ source, comments, racks }: ReadDiagram): Map<DiagramRack, Note[]> {
  const notes = new Map(racks.map((rack): [DiagramRack, Note[]] => [rack, []]));
  const inBraces = racks.filter(({ start }) => start > 0);
  const top = racks.find(({ start }) => start === 0);
  let next = 0;
  for (const comment of comments) {
    const note = parseNote(source, comment);
    if (note === undefined) continue;
    while ((inBraces[next]?.end ?? Infinity) < note.start) next++;
    const rack = (inBraces[next]?.start ?? Infinity) < note.start ? inBraces[next] : top;
    if (rack !== undefined) notes.get(rack)?.push(note);
  }
  return notes;
}

type Warn = (start: number, message: string) => void;

function planned(rack: DiagramRack, notes: readonly Note[], warn: Warn): { plan: RackPlan; starts: number[] } {
  const items: PlannedItem[] = [];
  const starts: number[] = [];
  const add = (item: PlannedItem, start: number) => {
    items.push(item);
    starts.push(start);
  };
  let noted = 0;
  for (const item of rack.items) {
    let said: NextNote | undefined;
    let filler = false;
    for (let note = notes[noted]; note !== undefined && note.start < item.start; note = notes[++noted]) {
      if (note.about === "item") add(note.said, note.start);
      if (note.about === "next") said = { ...said, ...note.said };
      if (note.about === "filler") filler = true;
    }
    const itemPlan = plannedItem(rack, item);
    if (!filler) add(said === undefined ? itemPlan : withNote(itemPlan, item, said, warn), item.start);
  }
  for (const note of notes.slice(noted)) if (note.about === "item") add(note.said, note.start);
  const said = notes.reduce((all, note) => (note.about === "rack" ? { ...all, ...note.said } : all), plannedRack(rack));
  return { plan: { ...said, items }, starts };
}

function withNote(item: PlannedItem, { unit, height, start }: DiagramItem, note: NextNote, warn: Warn): PlannedItem {
  const { place: said = {}, written, ...rest } = note;
  const place = { ...said };
  if (written !== undefined && (written[0] !== unit || written[1] !== height)) {
    delete place.unit;
    delete place.heightU;
    warn(start, "it was moved since Kickrack wrote the comment above: the place in the comment is left out");
  }
  // JSON has no undefined: what the note does not say is not in it.
  return { ...item, ...rest, place: { ...item.place, ...place } } as PlannedItem;
}

function plannedRack({ id, height, ascending, description }: DiagramRack): Omit<RackPlan, "items"> {
  const lines = description === null ? [] : shownLines(description);
  // An id is what somebody calls the rack; without one the header's first line is.
  const [name = "", ...more] = id === null ? lines : [...shownLines(id), ...lines];
  return {
    name,
    heightU: height,
    numbering: ascending ? "FROM_TOP" : "FROM_BOTTOM",
    firstUnit: 1,
    location: { site: null, room: null, row: null, position: null },
    description: more.length === 0 ? null : more.join("\n"),
    capacity: { watts: null, kilograms: null },
  };
}

function plannedItem(rack: DiagramRack, item: DiagramItem): PlannedItem {
  const [name = "", ...more] = shownLines(item.label);
  const notAvailable = item.label === "N/A";
  return {
    place: placeOf(rack, item),
    kind: notAvailable ? "NOT_AVAILABLE" : guessKind(name),
    name: notAvailable ? "" : name,
    manufacturer: null,
    product: item.description ?? (more.length === 0 ? null : more.join("\n")),
    amperes: item.ampere,
    watts: null,
    kilograms: item.weight,
    color: item.color === "none" ? null : item.color,
    reservation: null,
  };
}

function placeOf({ height: rackHeight, ascending }: DiagramRack, item: DiagramItem): Place {
  // What takes no unit hangs beside the panels; how long it is nobody has said.
  const hangs = item.height === 0;
  const heightU = hangs ? 1 : item.height;
  const unit = ascending ? rackHeight - item.unit - heightU + 2 : item.unit;
  return {
    unit: hangs ? Math.max(1, Math.min(unit, rackHeight)) : unit,
    heightU,
    face: "FULL",
    column: hangs ? 1 : item.column,
    columns: hangs ? 1 : item.columns,
    strip: hangs ? "LEFT" : null,
  };
}
