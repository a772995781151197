import type { Sign } from "../looks/glyphs.js";
import type { Paint } from "../elevation.js";
import type { TextRole } from "../looks/theme.js";

// A scene is a drawing with every decision taken: numbers are px with at most two decimals, strings are cut to fit.
// Whoever prints one (SVG, PDF, a terminal) only writes; whoever lays one out never sees XML.

/** A "body" is the panel that it belongs to, a "paint" what of it has a colour of its own; the rest of the cabinet's or the classic theme's. */
export type BoxRole =
  ("paper" | "cabinet" | "bay" | "track" | "gauge" | "over") | ("body" | "paint" | "hatch") | ("shadow" | "frame");
/** A "stripe" has its panel's sign cut out of it, or is the sign. */
export type PathRole = "feet" | "slot" | "hole" | "floor" | "stripe";

export interface Box {
  readonly kind: "box";
  readonly role: BoxRole;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius?: number;
  /** `#rrggbb`, of a "paint". */
  readonly fill?: string;
}

/** Filled by the even-odd rule; "slot", "hole" and "floor" are lines. */
export interface Path {
  readonly kind: "path";
  readonly role: PathRole;
  readonly d: string;
}

export interface Text {
  readonly kind: "text";
  readonly role: TextRole;
  /** Where the text begins (or ends, when its role is anchored at the end) on its baseline. */
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** Reads upwards, a quarter turn to the left around (x, y). */
  readonly turned?: true;
  /** Instead of the role's own colour: the quiet one of what fades, or a `#rrggbb`. */
  readonly ink?: "quiet" | `#${string}`;
}

/** A column of texts of one role: unit numbers, which would otherwise repeat role and x 84 times in a rack. */
export interface TextColumn {
  readonly kind: "column";
  readonly role: TextRole;
  readonly x: number;
  /** Where the `y` of the texts counts from. */
  readonly y: number;
  readonly texts: readonly { readonly y: number; readonly text: string }[];
}

/** A front panel. Its shapes count from where it counts from itself, the first is its body; nothing shows outside its edges. */
export interface Panel {
  readonly kind: "panel";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The name of its colours and textures in looks.ts. */
  readonly look: string;
  /** Its outline says that who is named here is not here. */
  readonly absent?: true;
  /** Null for room that is taken from the other face. */
  readonly sign: Sign | null;
  /** Lines joined by "\n". Empty in the legend. */
  readonly tooltip: string;
  readonly href?: string;
  /** Colours of its own instead of its look's. */
  readonly paint?: Pick<Paint, "fill" | "line">;
  readonly shapes: readonly (Box | Path | Text)[];
}

export type Shape = Box | Path | Text | TextColumn | Panel;

/** What belongs together and is printed together: a rack, the legend. Its shapes count from (x, y). */
export interface Group {
  readonly x: number;
  readonly y: number;
  readonly shapes: readonly Shape[];
}

export interface Scene {
  /** Tells this drawing from others on the same page, and is the same each time. */
  readonly key: string;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** What a screen reader says. */
  readonly description: string;
  readonly groups: readonly Group[];
  /** The looks and the roles of texts and boxes that occur: others need no style. */
  readonly uses: ReadonlySet<string>;
}
