import type { Weight } from "../text/text-width.js";

/** One colour as `#rrggbb` on light paper, on dark paper, and in black ink on white. */
export interface Tone {
  readonly light: string;
  readonly dark: string;
  readonly print: string;
}

export type Variant = keyof Tone;

export const tone = (light: string, dark: string, print: string): Tone => ({ light, dark, print });

const BLACK = "#000000";
const WHITE = "#ffffff";

/** Everything that is not in the rack: quiet, so that what is in it is what one sees. */
export const CHROME = {
  paper: tone("#ffffff", "#0f1419", WHITE),
  cabinet: tone("#eef1f4", "#1b222a", WHITE),
  edge: tone("#b9c2cc", "#3d4855", "#4d4d4d"),
  bay: tone("#fafbfc", "#12181e", WHITE),
  slot: tone("#e2e7ec", "#232c35", "#d9d9d9"),
  hole: tone("#ccd4dc", "#35404b", "#bfbfbf"),
  track: tone("#e2e7ec", "#27313b", "#d9d9d9"),
  gauge: tone("#7d8b9a", "#8593a3", "#4d4d4d"),
  /** A gauge beyond its end. */
  over: tone("#c3232d", "#f66d70", BLACK),
  /** The lines over room that is taken from the other face. */
  behind: tone("#dde3e9", "#28323c", "#d9d9d9"),
  ink: tone("#151d26", "#eef2f6", BLACK),
  quiet: tone("#566371", "#9fadbb", "#4d4d4d"),
  trouble: tone("#d9480f", "#ff922b", BLACK),
  /** Pale enough to look like nothing that stands there. */
  ghost: tone("#fff9f5", "#1d1712", WHITE),
  /** The classic theme's frame, and the shadow behind it. */
  frame: tone(WHITE, "#12181e", WHITE),
  line: tone(BLACK, "#eef2f6", BLACK),
} satisfies Record<string, Tone>;

/** What is in the wrong place is hatched over its own colours; text must stay readable on the lines too. */
export const TROUBLE_HATCH: Tone = tone("#ffc9a3", "#6b3208", "#a6a6a6");

export interface TextStyle {
  readonly px: number;
  readonly weight: Weight;
  readonly anchor: "start" | "middle" | "end";
  readonly colour: Tone;
}

const style = (px: number, weight: Weight, colour: Tone, anchor: TextStyle["anchor"] = "start"): TextStyle => ({
  px,
  weight,
  anchor,
  colour,
});

const { ink, quiet, line } = CHROME;
/** On the tinted bodies `quiet` would fall below a contrast of 4.5. */
const soft: Tone = tone("#414d59", "#b9c5d0", "#1a1a1a");

/** What the name of a text says of it; the drawing's CSS classes carry the same names. */
export const TEXT_STYLES = {
  rack: style(21, "bold", ink),
  size: style(13, "regular", quiet, "end"),
  fact: style(11, "regular", quiet),
  /** Right-aligned, so that 9 stands above the 0 of 10. */
  number: style(9.5, "regular", quiet, "end"),
  /** A machine's name, and its model at the other end of the same line, or (`model`) below. */
  name: style(12.5, "bold", ink),
  aside: style(10.5, "regular", soft, "end"),
  model: style(10.5, "regular", soft),
  /** In half a unit. */
  tiny: style(8.5, "bold", ink),
  tinyaside: style(8, "regular", soft, "end"),
  key: style(11, "regular", ink),
  /** What the keys below it are about. */
  caption: style(11, "regular", quiet),
  /** The classic theme's: everything in one size, names in the middle of their boxes. */
  cell: style(11, "regular", line, "middle"),
  cellnumber: style(11, "regular", line, "end"),
} satisfies Record<string, TextStyle>;

export type TextRole = keyof typeof TEXT_STYLES;

/** Common sans-serif fonts whose widths the table in text-width-table.ts covers, then those of CJK systems. */
export const FONT_FAMILY =
  "Roboto,'Noto Sans','Open Sans','Segoe UI','Helvetica Neue',Arial,'Liberation Sans','DejaVu Sans'," +
  "'Hiragino Sans','Yu Gothic','Noto Sans CJK JP',sans-serif";
