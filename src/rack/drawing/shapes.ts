import type { ShelfStatus } from "./shelf-status.js";
import type { TextRole } from "./theme.js";

// A scene is a drawing with every decision taken: numbers are px with at most two decimals, strings are cut to fit.
// Whoever prints one (SVG, the console, a PNG) only writes; whoever lays one out never sees XML.

export type BoxRole = "paper" | "cabinet" | "bay" | "track" | "gauge" | "body" | "hatch";
export type PathRole = "feet" | "slot" | "hole" | "floor" | "stripe";

export interface Box {
  readonly kind: "box";
  readonly role: BoxRole;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius?: number;
}

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

/** A machine's front panel. Its shapes count from its own upper left corner, and nothing shows outside its edges. */
export interface Panel {
  readonly kind: "panel";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** TROUBLE is the legend's: a place that is wrong, whatever the machine's status. */
  readonly status: ShelfStatus | "TROUBLE";
  /** Lines joined by "\n". Empty in the legend. */
  readonly tooltip: string;
  readonly href?: string;
  readonly shapes: readonly (Box | Path | Text)[];
}

export type Shape = Box | Path | Text | TextColumn | Panel;

/** What belongs together and is printed together: a rack, the legend. */
export interface Group {
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
  /** The statuses that occur. */
  readonly statuses: readonly ShelfStatus[];
  readonly hasTrouble: boolean;
}
