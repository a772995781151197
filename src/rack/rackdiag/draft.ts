import type { Color } from "./color.js";
import type { RefusedDiagram, Source, Warning } from "./source.js";
import type { Mode } from "./tokens.js";

/** What items take that say nothing themselves. `fill` is taken when an item is written; the others when it is drawn. */
export interface ItemDefaults {
  fill: Color;
  line: Color;
  text: Color;
  style: string | null;
  fontSize: number;
}

/** An item while its attributes are read. */
export interface ItemDraft {
  readonly number: number;
  readonly start: number;
  height: number;
  label: string;
  /** An error when what was written last cannot be drawn. */
  ampere: number | RefusedDiagram | null;
  weight: number | RefusedDiagram | null;
  color: Color | null;
  fill: Color;
  line: Color | null;
  text: Color | null;
  style: string | null;
  fontSize: number | null;
  width: number | null;
  href: string | null;
  description: string | null;
}

/** A rack while its block is read. */
export interface RackDraft {
  readonly id: string | null;
  readonly start: number;
  end: number;
  height: number;
  ascending: boolean;
  description: string | null;
  textColor: Color;
  fontSize: number;
  /** What the block itself has set, and so does not inherit. */
  readonly own: Set<"height" | "ascending">;
  readonly items: ItemDraft[];
}

export interface LookDraft {
  nodeWidth: number;
  nodeHeight: number;
  rowGap: number;
  columnGap: number;
  line: Color;
  text: Color;
  fontSize: number;
}

const BLACK = "#000000";
/** rackdiag's own, in px. */
const FONT_PX = 11;

/** Everything that reading a diagram changes. */
export class Draft {
  readonly racks: RackDraft[] = [];
  readonly warnings: Warning[] = [];
  readonly defaults: ItemDefaults = { fill: "#ffffff", line: BLACK, text: BLACK, style: null, fontSize: FONT_PX };
  readonly look: LookDraft = {
    nodeWidth: 128,
    nodeHeight: 40,
    rowGap: 0,
    columnGap: 0,
    line: BLACK,
    text: BLACK,
    fontSize: FONT_PX,
  };
  shapeNamespace: string | null = null;

  constructor(
    readonly source: Source,
    readonly mode: Mode,
  ) {}

  get helpful(): boolean {
    return this.mode === "helpful";
  }

  /** The rack of what stands at the top level, outside of any `rack` block. */
  get implicitRack(): RackDraft {
    return this.racks[0] ?? this.addRack(null, 0);
  }

  addRack(id: string | null, start: number): RackDraft {
    const rack: RackDraft = {
      id,
      start,
      end: this.source.text.length,
      height: 42,
      ascending: false,
      description: null,
      textColor: BLACK,
      fontSize: FONT_PX,
      own: new Set(),
      items: [],
    };
    this.racks.push(rack);
    return rack;
  }

  warn(offset: number, message: string): void {
    this.warnings.push({ ...this.source.positionAt(offset), message });
  }
}

export function newItem(number: number, label: string, start: number, { fill }: ItemDefaults): ItemDraft {
  return {
    number,
    start,
    label,
    height: 1,
    ampere: null,
    weight: null,
    color: null,
    // rackdiag's one label with a meaning: nothing can stand there.
    fill: label === "N/A" ? "#808080" : fill,
    line: null,
    text: null,
    style: null,
    fontSize: null,
    width: null,
    href: null,
    description: null,
  };
}
