import type { ShelfStatus } from "./shelf-status.js";
import type { Weight } from "./text-width.js";

/** One colour as `#rrggbb` on light and on dark paper. */
export interface Tone {
  readonly light: string;
  readonly dark: string;
}

const tone = (light: string, dark: string): Tone => ({ light, dark });

/** Everything that is not a machine: quiet, so that the machines are what one sees. */
export const CHROME = {
  paper: tone("#ffffff", "#0f1419"),
  cabinet: tone("#eef1f4", "#1b222a"),
  edge: tone("#b9c2cc", "#3d4855"),
  bay: tone("#fafbfc", "#12181e"),
  slot: tone("#e2e7ec", "#232c35"),
  hole: tone("#ccd4dc", "#35404b"),
  track: tone("#e2e7ec", "#27313b"),
  gauge: tone("#7d8b9a", "#8593a3"),
  ink: tone("#151d26", "#eef2f6"),
  quiet: tone("#566371", "#9fadbb"),
  trouble: tone("#d9480f", "#ff922b"),
} satisfies Record<string, Tone>;

/** A machine's colours. `texture` is drawn over the body; `dash` and `thick` shape its outline: paper may be grey. */
export interface StatusPaint {
  readonly body: Tone;
  readonly stripe: Tone;
  readonly edge: Tone;
  readonly texture?: { readonly kind: "diagonal" | "dots"; readonly colour: Tone };
  readonly dash?: string;
  readonly thick?: true;
}

export const STATUS_PAINT: Readonly<Record<ShelfStatus, StatusPaint>> = {
  DISCOVERED: {
    body: tone("#f5f1fd", "#221b36"),
    stripe: tone("#7548c4", "#ab8ff0"),
    edge: tone("#7548c4", "#ab8ff0"),
    dash: "5 3",
  },
  READY: {
    body: tone("#edf2f7", "#1e2833"),
    stripe: tone("#55708c", "#8fa8c2"),
    edge: tone("#b4c3d2", "#3d4f61"),
  },
  ARMED: {
    body: tone("#fff4dc", "#33260d"),
    stripe: tone("#a85a00", "#f2aa3c"),
    edge: tone("#d9a860", "#7d5a1f"),
    texture: { kind: "diagonal", colour: tone("#fce6b8", "#443414") },
  },
  INSTALLING: {
    body: tone("#e8f1fe", "#10243f"),
    stripe: tone("#1c64d1", "#62a2fb"),
    edge: tone("#93bbf1", "#2c568e"),
    texture: { kind: "dots", colour: tone("#c3dafa", "#1f4270") },
  },
  INSTALLED: {
    body: tone("#e5f5eb", "#112a1d"),
    stripe: tone("#1b7f4c", "#41bb7c"),
    edge: tone("#a3d4b8", "#26593f"),
  },
  FAILED: {
    body: tone("#fde7e7", "#3f1519"),
    stripe: tone("#c3232d", "#f66d70"),
    edge: tone("#c3232d", "#f66d70"),
    thick: true,
  },
  LOCKED: {
    body: tone("#e3e6ea", "#2c333b"),
    stripe: tone("#28323d", "#d3dae1"),
    edge: tone("#28323d", "#d3dae1"),
  },
  RETIRED: {
    body: tone("#f8f9fa", "#171c21"),
    stripe: tone("#737c86", "#86919c"),
    edge: tone("#a9b1ba", "#4b555f"),
    dash: "1.5 2.5",
  },
};

/** Panels whose place is wrong are hatched over their own colours; text must stay readable on the lines too. */
export const TROUBLE_HATCH: Tone = tone("#ffc9a3", "#6b3208");

export interface TextStyle {
  readonly px: number;
  readonly weight: Weight;
  readonly anchor: "start" | "end";
  readonly colour: Tone;
}

const style = (px: number, weight: Weight, colour: Tone, anchor: "start" | "end" = "start"): TextStyle => ({
  px,
  weight,
  anchor,
  colour,
});

const { ink, quiet } = CHROME;
/** On the tinted bodies `quiet` would fall below a contrast of 4.5. */
const soft: Tone = tone("#414d59", "#b9c5d0");

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
} satisfies Record<string, TextStyle>;

export type TextRole = keyof typeof TEXT_STYLES;

/** Common sans-serif fonts whose widths the table in text-width-table.ts covers, then those of CJK systems. */
export const FONT_FAMILY =
  "Roboto,'Noto Sans','Open Sans','Segoe UI','Helvetica Neue',Arial,'Liberation Sans','DejaVu Sans'," +
  "'Hiragino Sans','Yu Gothic','Noto Sans CJK JP',sans-serif";
