import { kindLabel, type ShelfKind } from "../../shelf-kind.js";
import { round2 } from "../scene/measures.js";
import { SHELF_STATUSES, STATUS_GLYPHS, isStatus, type ShelfStatus, statusLabel } from "../shelf-status.js";

/** What a panel's sign says: a machine's status where it is known, what the thing is, or that a machine is seen here. */
export type Sign = ShelfStatus | ShelfKind | "GHOST";

const KIND_GLYPHS: Readonly<Record<ShelfKind, string>> = {
  // two servers, one on the other
  MACHINE: "m-5.5-4.2h11v3.6h-11zm7.6 1.1v1.4h1.6v-1.4zm-7.6 3.7h11v3.6h-11zm7.6 1.1v1.4h1.6v-1.4z",
  // two arrows passing each other
  SWITCH: "m-5.5-3.6h6.5v-2l4.5 3-4.5 3v-2h-6.5zm11 5.2h-6.5v-2l-4.5 3 4.5 3v-2h6.5z",
  // two rows of sockets
  PATCH_PANEL: "m-5.5-4h3v3h-3zm4 0h3v3h-3zm4 0h3v3h-3zm-8 5h3v3h-3zm4 0h3v3h-3zm4 0h3v3h-3z",
  // an outlet
  PDU: "m-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0zm3-1.6h1.7v3.2h-1.7zm3.3 0h1.7v3.2h-1.7z",
  // a battery
  UPS: "m-6-3.6h10v7.2h-10zm1.5 1.5v4.2h7v-4.2zm1 1h3.4v2.2h-3.4zm7.8-.6h1.6v3.4h-1.6z",
  // a comb
  CABLE_GUIDE: "m-5.5 2.4h11v2h-11zm0-6.8h1.8v5.8h-1.8zm3.05 0h1.8v5.8h-1.8zm3.1 0h1.8v5.8h-1.8zm3.05 0h1.8v5.8h-1.8z",
  // something that holds something
  TRAY: "m-5.5-3h1.8v4.2h7.4v-4.2h1.8v6h-11z",
  // an empty panel
  BLANK: "m-5.5-2.8h11v5.6h-11zm1.4 1.4v2.8h8.2v-2.8z",
  OTHER: "m-5.2-1.3h2.6v2.6h-2.6zm3.9 0h2.6v2.6h-2.6zm3.9 0h2.6v2.6h-2.6z",
  // a bookmark
  RESERVED: "m-3.8-5.4h7.6v10.8l-3.8-3.4-3.8 3.4z",
  // no entry
  NOT_AVAILABLE: "m-5.2 0a5.2 5.2 0 1 0 10.4 0a5.2 5.2 0 1 0-10.4 0zm2.2-1h6v2h-6z",
};

const GLYPHS: Readonly<Record<Sign, string>> = {
  ...STATUS_GLYPHS,
  ...KIND_GLYPHS,
  // an eye
  GHOST:
    "m-6.2 0q6.2-8.4 12.4 0q-6.2 8.4-12.4 0zm1.9 0q4.3 5.2 8.6 0q-4.3-5.2-8.6 0zm2.3 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0z",
};

/** In the order of the legend. */
export const SIGNS: readonly Sign[] = [...SHELF_STATUSES, ...(Object.keys(KIND_GLYPHS) as Sign[]), "GHOST"];

/** "Installed", "Patch panel". */
export function signLabel(sign: Sign): string {
  if (sign === "GHOST") return "Seen here, against the plan";
  return isStatus(sign) ? statusLabel(sign) : kindLabel(sign);
}

/** About how high and wide every sign is. */
export const GLYPH_PX = 12;

/** A sign as part of an SVG path, relative to where its middle shall be. Empty when too small to be told from others. */
export function glyphPath(sign: Sign, scale: number): string {
  return scale <= 0.4 ? "" : scalePath(GLYPHS[sign], Math.min(1, scale));
}

/** A relative path made smaller. Of an arc's seven numbers the rotation and the two flags stay. */
function scalePath(d: string, scale: number): string {
  if (scale === 1) return d;
  return d.replace(/([a-z])([^a-z]*)/g, (_, command: string, list: string) => {
    const numbers = list.match(/-?(?:\d+\.?\d*|\.\d+)/g) ?? [];
    const kept = (i: number) => command === "a" && i % 7 >= 2 && i % 7 <= 4;
    return command + numbers.map((number, i) => (kept(i) ? number : round2(Number(number) * scale))).join(" ");
  });
}
