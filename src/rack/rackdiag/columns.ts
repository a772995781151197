import { InvalidInput } from "../../errors.js";
import { MAX_COLUMNS } from "../rack-space.js";

/** What takes rows of a rack. Rows are half units and count from the top, from 0. */
export interface Rows {
  readonly top: number;
  readonly rows: number;
}

export interface Grid {
  /** Of each, in the order given: `column` of `columns`, 1 is the leftmost. */
  readonly places: readonly { readonly column: number; readonly columns: number }[];
  /** Least common multiple of the widths of all rows. */
  readonly gridColumns: number;
}

/**
 * rackdiag's way of putting things side by side: each takes the first column that is free over its whole height, in the
 * order given. Rows that one thing connects form a band, and a band's columns are of equal width.
 *
 * @throws InvalidInput when more than MAX_COLUMNS stand side by side
 */
export function inColumns(things: readonly Rows[], height: number): Grid {
  const columns = firstFree(things, height);
  const widest = new Array<number>(height).fill(0);
  const reach = new Array<number>(height).fill(0);
  things.forEach(({ top, rows }, i) => {
    if (rows === 0) return;
    widest[top] = Math.max(widest[top] ?? 0, (columns[i] ?? 0) + 1);
    reach[top] = Math.max(reach[top] ?? 0, rows);
  });
  const bandColumns = new Array<number>(height).fill(1);
  for (let row = 0; row < height;) {
    const end = endOfBand(row, reach);
    let columns = 1;
    for (let each = row; each < end; each++) columns = Math.max(columns, widest[each] ?? 0);
    bandColumns.fill(columns, row, end);
    row = Math.max(end, row + 1);
  }
  return {
    places: things.map(({ top }, i) => ({ column: (columns[i] ?? 0) + 1, columns: bandColumns[top] ?? 1 })),
    gridColumns: widest.filter((width) => width > 0).reduce(leastCommonMultiple, 1),
  };
}

function firstFree(things: readonly Rows[], height: number): number[] {
  const columns: Uint8Array[] = [];
  return things.map(({ top, rows }) => {
    let column = 0;
    while (isTaken(columns[column], top, top + rows)) column++;
    if (column >= MAX_COLUMNS) throw new InvalidInput(`more than ${MAX_COLUMNS} things side by side`);
    (columns[column] ??= new Uint8Array(height)).fill(1, top, top + rows);
    return column;
  });
}

function isTaken(column: Uint8Array | undefined, top: number, end: number): boolean {
  if (column === undefined) return false;
  for (let row = top; row < end; row++) if (column[row] === 1) return true;
  return false;
}

function endOfBand(start: number, reach: readonly number[]): number {
  let end = start + (reach[start] ?? 0);
  for (let row = start + 1; row < end; row++) end = Math.max(end, row + (reach[row] ?? 0));
  return end;
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
