import type { DrawOptions } from "../drawing/draw-options.js";
import type { PaperOptions } from "../paper/paper.js";
import type { Numbering } from "../rack-plan.js";
import type { TerminalOptions } from "../terminal/terminal-style.js";

/** All that a diagram can be asked for, whatever is written; what a format does not know is not looked at. */
export interface DiagramOptions {
  /** Machines that are seen elsewhere than the record has them. */
  readonly ghosts: boolean;
  readonly draw: DrawOptions;
  /** Instead of the rack's own. */
  readonly numbering: Numbering | null;
  readonly paper: PaperOptions;
  /** Of an SVG: its size in mm at 1:scale. Null: in px. */
  readonly scale: number | null;
  /** Pixels of a PNG to a px. */
  readonly zoom: number | null;
  readonly terminal: TerminalOptions;
}

export const DEFAULT_OPTIONS: DiagramOptions = {
  ghosts: true,
  draw: { face: "FRONT", theme: "auto", colorBy: { by: "STATE" } },
  numbering: null,
  paper: { paper: "A4", scale: null, racksPerPage: null },
  scale: null,
  zoom: null,
  terminal: { width: 80, color: false, ascii: false },
};
