import type { ShelfStatus } from "../drawing/shelf-status.js";

export interface TerminalOptions {
  /** Of the terminal, in cells. */
  readonly width: number;
  /** ANSI colours: the terminal's own sixteen, which fit its background. */
  readonly color: boolean;
  /** Without any character beyond ASCII but those of names. */
  readonly ascii: boolean;
}

interface Marks {
  readonly status: Readonly<Record<ShelfStatus, string>>;
  readonly trouble: string;
  /** A machine that is seen here, and stands elsewhere by the record. */
  readonly ghost: string;
  readonly ellipsis: string;
  /** From corner to corner: upper left, upper right, lower left, lower right, across, down. */
  readonly frame: readonly [string, string, string, string, string, string];
  /** Ties the lines of what is taller than one unit: first, between, last. */
  readonly brace: readonly [string, string, string];
  readonly dot: string;
}

// Signs of one cell, also where ambiguous width means two. Each means what the drawing's sign of the status means.
const UNICODE: Marks = {
  status: {
    FAILED: "✗",
    DISCOVERED: "?",
    ARMED: "!",
    INSTALLING: "▾",
    INSTALLED: "✓",
    READY: "◦",
    LOCKED: "⊠",
    RETIRED: "-",
  },
  trouble: "⚠",
  ghost: "◌",
  ellipsis: "…",
  frame: ["┌", "┐", "└", "┘", "─", "│"],
  brace: ["╭", "╎", "╰"],
  dot: "·",
};

const ASCII: Marks = {
  status: { ...UNICODE.status, FAILED: "x", INSTALLING: "v", INSTALLED: "+", READY: "o", LOCKED: "#" },
  trouble: "*",
  ghost: "@",
  ellipsis: "~",
  frame: ["+", "+", "+", "+", "-", "|"],
  brace: ["/", "|", "\\"],
  dot: "-",
};

export function marksOf({ ascii }: TerminalOptions): Marks {
  return ascii ? ASCII : UNICODE;
}

// Select Graphic Rendition (ECMA-48): 1 is bold, 2 faint, 3x a colour.
export const STATUS_SGR: Readonly<Record<ShelfStatus, string>> = {
  FAILED: "1;31",
  DISCOVERED: "35",
  ARMED: "33",
  INSTALLING: "34",
  INSTALLED: "32",
  READY: "36",
  LOCKED: "1",
  RETIRED: "2",
};

export const GHOST_SGR = "33";

/** `text` in a colour, when colours are wanted. */
export function painted({ color }: TerminalOptions, sgr: string, text: string): string {
  return color && sgr !== "" && text !== "" ? `\u001b[${sgr}m${text}\u001b[0m` : text;
}
