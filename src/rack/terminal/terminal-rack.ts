import { drawableText } from "../drawing/text/drawable-text.js";
import type { ElevationLayout, HiddenShelf, Spot, StandingGhost, StandingShelf } from "../drawing/layout.js";
import type { ShelfView, ViewedFace } from "../drawing/elevation.js";
import { hiddenName } from "../drawing/scene/shelf-texts.js";
import { locationLabel } from "../drawing/text/location-label.js";
import { unitNumbers, unitsLabel } from "../drawing/unit-labels.js";
import { cellWidth, fitCells, padCells, wrapWords } from "./cells.js";
import { ghostLines, shelfLines } from "./terminal-shelf.js";
import { marksOf, painted, type TerminalOptions } from "./terminal-style.js";

/** One face of a rack as lines of `options.width` cells, a line a unit; two where half a unit ends. */
export function rackLines(layout: ElevationLayout, options: TerminalOptions): string[] {
  const rows = rowsOf(layout);
  const gutter = Math.max(2, ...rows.map(({ number }) => String(number ?? "").length));
  const inner = options.width - 2 * (gutter + 2);
  const [nw, ne, sw, se, across, down] = marksOf(options).frame;
  const indent = " ".repeat(gutter + 1);
  const edge = (left: string, right: string) => indent + left + across.repeat(inner) + right + indent;
  const contents = rowContents(layout, rows, inner, options);
  return [
    ...titleLines(layout, options),
    edge(nw, ne),
    ...rows.map(({ number }, i) => {
      const label = String(number ?? "");
      return `${label.padStart(gutter)} ${down}${contents[i]}${down} ${label.padEnd(gutter)}`;
    }),
    edge(sw, se),
    ...noteLines(layout, options),
  ];
}

interface Row {
  /** Half units from the top, and how many the row is high. */
  readonly fromTop: number;
  readonly halves: number;
  /** Printed beside it; undefined beside a lower half. */
  readonly number: number | undefined;
}

/** A row for each unit, and for each half of those in which something begins or ends. */
function rowsOf({ rack, standing, hidden, ghosts }: ElevationLayout): Row[] {
  const edges = new Set(
    [...standing, ...hidden, ...ghosts]
      .filter(isBetweenRails)
      .flatMap(({ fromTop, heightHalfU }) => [fromTop, fromTop + heightHalfU]),
  );
  const rows: Row[] = [];
  const numbers = new Map(unitNumbers(rack).map(({ number, fromTop }) => [fromTop, number]));
  for (let fromTop = 0; fromTop < rack.heightU * 2;) {
    const number = numbers.get(fromTop);
    const halves = number === undefined || edges.has(fromTop + 1) ? 1 : 2;
    rows.push({ fromTop, halves, number });
    fromTop += halves;
  }
  return rows;
}

interface Piece {
  readonly left: number;
  readonly right: number;
  readonly text: string;
}

function rowContents(layout: ElevationLayout, rows: readonly Row[], inner: number, options: TerminalOptions): string[] {
  const pieces = rows.map((): Piece[] => []);
  const things = [...layout.standing, ...layout.hidden.map(seenFrom(layout.face))].filter(isBetweenRails);
  const ghosts = layout.ghosts.flatMap((ghost) => ghostCells(ghost, things, inner));
  for (const { ghost, left, right } of ghosts) {
    const covered = rows.flatMap(({ fromTop }, i) => (covers(ghost, fromTop) ? [i] : []));
    const texts = ghostLines(ghost.ghost, covered.length, right - left, options);
    covered.forEach((row, i) => pieces[row]?.push({ left, right, text: texts[i] ?? "" }));
  }
  for (const each of things) {
    const covered = rows.flatMap(({ fromTop }, i) => (covers(each, fromTop) ? [i] : []));
    const { lane, lanes, shelf, troubles } = each;
    const { left, right: end } = cellsOf(each, inner);
    const over = ghosts.filter(({ ghost, left: from, right: to }) => {
      return from < end && left < to && rows.some(({ fromTop }) => covers(each, fromTop) && covers(ghost, fromTop));
    });
    const cut = Math.min(end, ...over.map((ghost) => ghost.left));
    // Too narrow to be told from others beside a ghost: it shows in the rows where none is.
    const right = cut - left < LEAST_GHOST ? end : cut;
    // Neighbours are parted by a line, which belongs to the left one.
    const line =
      lane < lanes && right === end && right - left > 1 ? painted(options, "2", marksOf(options).frame[5]) : "";
    const cells = right - left - (line === "" ? 0 : 1);
    const texts = shelfLines(shelf, troubles.length > 0, covered.length, cells, options);
    covered.forEach((row, i) => pieces[row]?.push({ left, right, text: (texts[i] ?? "") + line }));
  }
  return pieces.map((row) => joined(row, inner));
}

function cellsOf({ lane, lanes }: Spot, inner: number): { readonly left: number; readonly right: number } {
  return { left: Math.round(((lane - 1) * inner) / lanes), right: Math.round((lane * inner) / lanes) };
}

/** In fewer cells a ghost cannot be told; the notes name it. */
const LEAST_GHOST = 8;

/** Where a ghost is written: over what stands there on the right half of the narrowest. */
function ghostCells(ghost: StandingGhost, things: readonly Spot[], inner: number) {
  const own = cellsOf(ghost, inner);
  const widths = things
    .filter((thing) => isBeside(thing, ghost))
    .map((thing) => cellsOf(thing, inner))
    .filter(({ left, right }) => left < own.right && own.left < right)
    .map(({ left, right }) => right - left);
  const left = widths.length === 0 ? own.left : own.right - Math.floor(Math.min(own.right - own.left, ...widths) / 2);
  return own.right - left < LEAST_GHOST ? [] : [{ ghost, left, right: own.right }];
}

function isBeside(a: Spot, b: Spot): boolean {
  return a.fromTop < b.fromTop + b.heightHalfU && b.fromTop < a.fromTop + a.heightHalfU;
}

/** What takes the room from the other side is faint, and only its name is told. */
const seenFrom =
  (face: ViewedFace) =>
  (hidden: HiddenShelf): StandingShelf => {
    const title = hiddenName(face, hidden.shelf);
    const shelf: ShelfView = { ...hidden.shelf, title, subtitle: "", kind: "MACHINE", status: null, reservation: null };
    return { ...hidden, shelf: { ...shelf, dimmed: true }, troubles: [] };
  };

const isBetweenRails = ({ strip }: Spot) => strip === null;

const covers = ({ fromTop, heightHalfU }: Spot, half: number) => half >= fromTop && half < fromTop + heightHalfU;

function joined(pieces: readonly Piece[], inner: number): string {
  let [text, at] = ["", 0];
  for (const piece of pieces.toSorted((a, b) => a.left - b.left)) {
    // Of what overlaps in different ways in one crowd, the notes below tell.
    if (piece.left < at) continue;
    text += " ".repeat(piece.left - at) + piece.text;
    at = piece.right;
  }
  return text + " ".repeat(inner - at);
}

function titleLines(layout: ElevationLayout, options: TerminalOptions): string[] {
  const { rack, face, totals } = layout;
  const { ellipsis, dot } = marksOf(options);
  const size = `${rack.heightU}U ${dot} ${face.toLowerCase()}`;
  const name = fitCells(`Rack ${drawableText(rack.name)}`, options.width - cellWidth(size) - 2, ellipsis);
  const space = [`${totals.usedU}U used`, `${totals.freeU}U free`, `largest gap ${totals.largestGapU}U`];
  const facts = [locationLabel(rack.location), drawableText(rack.description ?? ""), space.join(` ${dot} `)];
  const plain = (text: string) =>
    padCells(fitCells(text.replaceAll(" · ", ` ${dot} `), options.width, ellipsis), options.width);
  const gap = " ".repeat(options.width - cellWidth(name) - cellWidth(size));
  return [painted(options, "1", name) + gap + size, ...facts.filter((fact) => fact !== "").map(plain)];
}

/** What the picture has no room for: the 0U strips, what is wrong, and what is elsewhere. */
function noteLines({ rack, standing, misplaced, ghosts }: ElevationLayout, options: TerminalOptions): string[] {
  const { ellipsis, trouble, ghost } = marksOf(options);
  const wrong = (title: string, why: readonly string[]) => why.map((reason) => `${trouble} ${title}: ${reason}`);
  const notes = [
    ...standing.flatMap(({ shelf: { title, place } }) =>
      place.strip == null ? [] : [`${place.strip.toLowerCase()} strip: ${title}, ${unitsLabel(rack, place)}`],
    ),
    ...misplaced.flatMap(({ shelf, trouble: why }) => wrong(shelf.title, [why])),
    ...standing.flatMap(({ shelf, troubles }) => wrong(shelf.title, troubles)),
  ];
  const short = notes.map((note) => fitCells(drawableText(note), options.width, ellipsis));
  const sentences = [
    ...standing.flatMap(({ shelf: { absence, dimmed } }) => (absence === null || dimmed ? [] : [absence.sentence])),
    ...ghosts.flatMap(({ ghost: { sentence, dimmed } }) => (dimmed ? [] : [sentence])),
  ];
  const long = [...new Set(sentences)].flatMap((sentence) =>
    wrapWords(drawableText(`${ghost} ${sentence}`), options.width),
  );
  return [...short, ...long].map((note) => padCells(note, options.width));
}
