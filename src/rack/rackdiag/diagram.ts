import type { Color } from "./color.js";
import type { Warning } from "./source.js";

/** What a rackdiag text means: racks with what stands in them, unit by unit. Offsets are places in its text. */
export interface Diagram {
  readonly racks: readonly DiagramRack[];
  readonly look: DiagramLook;
  readonly warnings: readonly Warning[];
}

export interface DiagramRack {
  /** Written after `rack`; rackdiag never shows it. */
  readonly id: string | null;
  /** In units of 44.45 mm. */
  readonly height: number;
  /** Unit 1 is at the top. */
  readonly ascending: boolean;
  readonly description: string | null;
  readonly textColor: Color;
  readonly fontSize: number;
  /** In the order written, in which rackdiag draws them. */
  readonly items: readonly DiagramItem[];
  /** The columns of the grid in which every row of the rack has its own number of equal widths: their least common multiple. */
  readonly gridColumns: number;
  readonly start: number;
  readonly end: number;
}

export interface DiagramItem {
  /** The lowest number of the units it takes, which is the upper end where unit 1 is at the top. */
  readonly unit: number;
  /** 0 for what takes no unit. */
  readonly height: number;
  /** As written; `\n` and `\\` in it are a line break and a backslash. */
  readonly label: string;
  readonly ampere: number | null;
  /** Kilograms. */
  readonly weight: number | null;
  /** Its own fill; null when it has the diagram's. */
  readonly color: Color | null;
  readonly fill: Color;
  readonly line: Color;
  readonly text: Color;
  readonly style: string | null;
  readonly fontSize: number;
  /** Px, where narrower than the cell. */
  readonly width: number | null;
  readonly href: string | null;
  readonly description: string | null;
  readonly column: number;
  readonly columns: number;
  readonly start: number;
}

/** The sizes and colours of rackdiag's own drawing. */
export interface DiagramLook {
  readonly nodeWidth: number;
  readonly nodeHeight: number;
  /** Between the rows, and between the grid's columns, of one rack. */
  readonly rowGap: number;
  readonly columnGap: number;
  readonly line: Color;
  readonly text: Color;
  readonly fontSize: number;
}
