import { fitText, textWidth, type Weight } from "../drawing/text/text-width.js";
import type { PrintableTable } from "../table/table-columns.js";

// All in points (1/72 in), from the table's upper left corner.

export const TABLE_PT = 7;
export const ROW_PT = 10.6;
const PADDING_PT = 2;
/** A column narrower than this shows nothing that could be read. */
const LEAST_PT = 22;

/** One text of a table on paper, cut to its column. */
export interface TableText {
  readonly x: number;
  /** Baseline. */
  readonly y: number;
  readonly text: string;
  readonly weight: Weight;
  readonly anchor: "start" | "end";
}

/** As many of a table's lines as stand on one page. */
export interface TablePart {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly TableText[];
  /** Heights of the lines between rows; the first lies under the header. */
  readonly rules: readonly number[];
}

/** `heights` are the room on the first page, and on each that follows. */
export function tableParts(
  table: PrintableTable,
  width: number,
  heights: { readonly first: number; readonly next: number },
): TablePart[] {
  const columns = columnsOf(table, width);
  const lines = [...table.rows, ...(table.rows.length === 0 ? [] : [table.totals])];
  const parts: TablePart[] = [];
  for (let done = 0; done < lines.length;) {
    const room = Math.floor((parts.length === 0 ? heights.first : heights.next) / ROW_PT) - 1;
    // A first page without room for a few lines leaves them all to the next.
    const count = parts.length === 0 && room < 3 ? 0 : Math.max(1, room);
    const shown = lines.slice(done, done + count);
    const isLast = done + count >= lines.length;
    parts.push(partOf(table, columns, width, shown, isLast));
    done += count;
  }
  return parts;
}

interface ColumnSpace {
  readonly x: number;
  readonly width: number;
}

/** As wide as their longest text; what is too much in all is taken from the widest. */
function columnsOf({ columns, rows, totals }: PrintableTable, width: number): ColumnSpace[] {
  const widths = columns.map(({ head }, i) => {
    const cells = rows.map((row) => textWidth(row[i] ?? "", TABLE_PT));
    const bold = [head, totals[i] ?? ""].map((text) => textWidth(text, TABLE_PT, "bold"));
    return Math.ceil(Math.max(...cells, ...bold)) + 2 * PADDING_PT;
  });
  let excess = widths.reduce((a, b) => a + b, 0) - width;
  while (excess > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    const cut = Math.min(excess, 4);
    if ((widths[widest] ?? 0) - cut < LEAST_PT) break;
    widths[widest] = (widths[widest] ?? 0) - cut;
    excess -= cut;
  }
  let x = 0;
  return widths.map((each) => {
    const space = { x, width: each };
    x += each;
    return space;
  });
}

function partOf(
  { columns, rows }: PrintableTable,
  spaces: readonly ColumnSpace[],
  width: number,
  lines: readonly (readonly string[])[],
  isLast: boolean,
): TablePart {
  const line = (cells: readonly string[], row: number, weight: Weight): TableText[] =>
    cells.flatMap((cell, i) => {
      const { x, width: room } = spaces[i] ?? { x: 0, width: 0 };
      const text = fitText(cell, room - 2 * PADDING_PT, TABLE_PT, weight);
      if (text === "") return [];
      const anchor = columns[i]?.align === "right" ? "end" : "start";
      const at = anchor === "end" ? x + room - PADDING_PT : x + PADDING_PT;
      return [{ x: at, y: (row + 0.74) * ROW_PT, text, weight, anchor }];
    });
  const heads = columns.map(({ head }) => head);
  const texts = lines.flatMap((cells, i) => {
    return line(cells, i + 1, isLast && rows.length > 0 && i === lines.length - 1 ? "bold" : "regular");
  });
  return {
    width,
    height: (lines.length + 1) * ROW_PT,
    texts: lines.length === 0 ? [] : [...line(heads, 0, "bold"), ...texts],
    rules: lines.map((_, i) => (i + 1) * ROW_PT),
  };
}
