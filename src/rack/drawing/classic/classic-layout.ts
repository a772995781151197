import type { Paint } from "../elevation.js";

/** What stands in a rack, as the classic theme needs to know it. */
export interface ClassicItem {
  /** Units from the top of the rack. */
  readonly fromTop: number;
  readonly height: number;
  readonly column: number;
  readonly columns: number;
  readonly lines: readonly string[];
  readonly tooltip: string;
  readonly href: string | null;
  readonly paint: Paint | null;
  /** Px, where it is to be narrower than its cell. */
  readonly width: number | null;
}

export interface ClassicRack {
  readonly name: string;
  readonly height: number;
  /** Beside each unit, with its distance from the top in units. */
  readonly numbers: readonly { readonly number: number; readonly fromTop: number }[];
  readonly header: readonly string[];
  /** Of the header, in px. */
  readonly fontSize: number;
  readonly headerColour: string | null;
  /** Least common multiple of all its columns. */
  readonly gridColumns: number;
  readonly items: readonly ClassicItem[];
}

/** The sizes of rackdiag's drawing, in px. */
export interface ClassicSizes {
  readonly nodeWidth: number;
  readonly nodeHeight: number;
  readonly rowGap: number;
  readonly columnGap: number;
}

export const CLASSIC_SIZES: ClassicSizes = { nodeWidth: 128, nodeHeight: 40, rowGap: 0, columnGap: 0 };

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ClassicLayout {
  readonly width: number;
  readonly height: number;
  readonly racks: readonly { readonly frame: Rectangle; readonly items: readonly Rectangle[] }[];
}

/** Around and between racks. */
const SIDE_PX = 64;
const ABOVE_PX = 40;
const LINE_GAP_PX = 2;

/** rackdiag's rectangles, px for px: all racks hang from one line, below the highest of their headers. */
export function layOutClassic(racks: readonly ClassicRack[], sizes: ClassicSizes): ClassicLayout {
  const ceiling = ABOVE_PX + Math.max(0, ...racks.map(headerHeight));
  const placed: { frame: Rectangle; items: Rectangle[] }[] = [];
  let x = SIDE_PX;
  for (const rack of racks) {
    const grid = gridOf(rack, sizes);
    const frame = { x, y: ceiling, ...extent(rack.height, sizes), width: grid.width };
    placed.push({ frame, items: rack.items.map((item) => rectangle(item, frame, grid, sizes)) });
    x += grid.width + SIDE_PX;
  }
  const lowest = Math.max(ceiling, ...placed.map(({ frame }) => frame.y + frame.height));
  return { width: x, height: lowest + ABOVE_PX, racks: placed };
}

function headerHeight({ header, fontSize }: ClassicRack): number {
  if (header.length === 0) return 0;
  return header.length * (fontSize + LINE_GAP_PX) - LINE_GAP_PX + 4 * LINE_GAP_PX;
}

interface GridPx {
  readonly cells: number;
  readonly cell: number;
  readonly gap: number;
  readonly width: number;
}

/** Cells of whole px. Where there are more columns than px, rackdiag's rack becomes thousands of px wide; ours stays. */
function gridOf({ gridColumns, items }: ClassicRack, { nodeWidth, columnGap }: ClassicSizes): GridPx {
  const whole = Math.floor(nodeWidth / gridColumns);
  const sane = whole > 0;
  const cells = sane ? gridColumns : Math.max(1, ...items.map(({ columns }) => columns));
  const cell = sane ? whole : nodeWidth / cells;
  const gap = sane ? columnGap : 0;
  return { cells, cell, gap, width: cells * (cell + gap) - gap };
}

function extent(units: number, { nodeHeight, rowGap }: ClassicSizes): { height: number } {
  return { height: Math.max(0, units * (nodeHeight + rowGap) - rowGap) };
}

function rectangle(item: ClassicItem, frame: Rectangle, grid: GridPx, sizes: ClassicSizes): Rectangle {
  const { fromTop, height, column, columns, width } = item;
  const { cells, cell, gap } = grid;
  const share = cells / columns;
  const inset = width === null ? 0 : Math.max(0, Math.floor((cell - width) / 2));
  return {
    x: round(frame.x + (column - 1) * share * (cell + gap) + inset),
    y: frame.y + fromTop * (sizes.nodeHeight + sizes.rowGap),
    width: round(share * (cell + gap) - gap - 2 * inset),
    ...extent(height, sizes),
  };
}

function round(px: number): number {
  return Math.round(px * 100) / 100;
}
