import type { ViewedFace } from "./elevation.js";

/** One face, or the rear beside the front as one sees it after walking around the rack. */
export const DRAWN_FACES = ["FRONT", "REAR", "BOTH"] as const;
export type DrawnFace = (typeof DRAWN_FACES)[number];

/** The faces to draw of each rack, from left to right. */
export function viewedFaces(face: DrawnFace): readonly ViewedFace[] {
  return face === "BOTH" ? ["FRONT", "REAR"] : [face];
}

/**
 * `auto` follows the reader's system; wikis whose page and system disagree need one that is fixed. `print` is black
 * ink on white, `classic` is rackdiag's own look.
 */
export const THEMES = ["light", "dark", "auto", "print", "classic"] as const;
export type Theme = (typeof THEMES)[number];

export const COLOR_BY = ["STATE", "MODEL", "PROFILE", "LOCATION", "KIND"] as const;
/** What the colours say. */
export type ColorBy = { readonly by: (typeof COLOR_BY)[number] } | { readonly by: "LABEL"; readonly key: string };

export interface DrawOptions {
  readonly face: DrawnFace;
  readonly theme: Theme;
  readonly colorBy: ColorBy;
}
