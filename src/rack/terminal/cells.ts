import stringWidth from "string-width";

// What a terminal shows in cells of one width: a letter takes one, an ideograph two, an accent none. Characters of
// "ambiguous" width (UAX #11), such as the lines of a box, take one everywhere but in a few old CJK terminals.

interface Grapheme {
  readonly text: string;
  readonly cells: number;
}

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
// Nobody has a terminal that wide, and segmenting is slow.
const LONGEST = 500;

function graphemesOf(text: string): Grapheme[] {
  if (PRINTABLE_ASCII.test(text)) return Array.from(text, (letter) => ({ text: letter, cells: 1 }));
  return Array.from(segmenter.segment(text), ({ segment }) => ({ text: segment, cells: stringWidth(segment) }));
}

/** Grapheme by grapheme, as a terminal adds them up. */
export function cellWidth(text: string): number {
  return graphemesOf(text).reduce((sum, { cells }) => sum + cells, 0);
}

/** `text` with blanks up to `cells`; it has to fit. */
export function padCells(text: string, cells: number): string {
  return text + " ".repeat(Math.max(0, cells - cellWidth(text)));
}

/** As much of the beginning and the end as fits: machines of one family differ at the end of their names. */
export function fitCells(text: string, cells: number, ellipsis: string): string {
  const cut = text.length > LONGEST ? text.slice(0, LONGEST / 2) + text.slice(-LONGEST / 2) : text;
  const parts = graphemesOf(cut.toWellFormed());
  if (cut === text && cellWidth(text) <= cells) return text;
  let [head, headCells, tail, tailCells] = ["", 0, "", 0];
  const room = cells - ellipsis.length;
  for (let first = 0, last = parts.length - 1; first <= last;) {
    const fromEnd = tailCells * 6 <= headCells * 4 && head !== "";
    const part = parts[fromEnd ? last-- : first++] as Grapheme;
    if (headCells + tailCells + part.cells > room) break;
    if (fromEnd) [tail, tailCells] = [part.text + tail, tailCells + part.cells];
    else [head, headCells] = [head + part.text, headCells + part.cells];
  }
  return head === "" ? "" : head + ellipsis + tail;
}

/** `text` in at most `lines` pieces of `cells`, or undefined when that is not enough. */
export function wrapCells(text: string, cells: number, lines: number): string[] | undefined {
  if (text.length > LONGEST) return undefined;
  const pieces: string[] = [];
  let left = 0;
  for (const part of graphemesOf(text)) {
    if (part.cells > left || pieces.length === 0) {
      if (part.cells > cells || pieces.push("") > lines) return undefined;
      left = cells;
    }
    pieces[pieces.length - 1] += part.text;
    left -= part.cells;
  }
  return pieces.length === 0 ? [""] : pieces;
}

/** `text` in lines of at most `cells`, broken between words; those after the first stand two cells in. */
export function wrapWords(text: string, cells: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    const longer = line === undefined ? word : `${line} ${word}`;
    if (line === undefined || cellWidth(longer) > cells)
      lines.push(fitCells(line === undefined ? word : `  ${word}`, cells, "~"));
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
