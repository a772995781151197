import { round2 } from "../scene/measures.js";

export const TEXTURES = ["diagonal", "dots", "horizontal", "back", "grid", "vertical", "rings"] as const;
export type Texture = (typeof TEXTURES)[number];

/** A square that repeats over a panel. */
export interface Tile {
  readonly size: number;
  readonly d: string;
}

/** `weight` 2 is the same drawn thicker: black ink has no hues to tell more values apart. */
export function tile(texture: Texture, weight: 1 | 2 = 1): Tile {
  const line = weight * 1.5;
  switch (texture) {
    case "diagonal":
      return { size: 14, d: risingBand(14, weight === 1 ? 7 : 10) };
    case "back":
      return { size: 10, d: fallingBand(10, weight === 1 ? 2 : 5) };
    case "dots":
      return { size: 6, d: `M2 2h${line}v${line}h${-line}z` };
    case "horizontal":
      return { size: 6, d: `M0 2h6v${line}h-6z` };
    case "vertical":
      return { size: 6, d: `M2 0h${line}v6h${-line}z` };
    case "grid":
      return { size: 8, d: `M0 2h8v${line}h-8zM2 0h${line}v2h${-line}zM2 ${2 + line}h${line}V8h${-line}z` };
    case "rings":
      return { size: 10, d: `M1 5a4 4 0 1 0 8 0a4 4 0 1 0-8 0z${weight === 1 ? "m1.5 0a2.5 2.5 0 1 1 5 0a2.5 2.5 0 1 1-5 0z" : ""}` }; // prettier-ignore
  }
}

/** Over what is in the wrong place. */
export const TROUBLE_TILE: Tile = { size: 9, d: "M0 9L9 0h-4L0 5zM9 9v-4L5 9z" };

/** A band rising to the right, `across` px wide on the tile's edges, that meets itself in the next tile. */
function risingBand(size: number, across: number): string {
  const rest = round2(size - across);
  return `M0 ${size}L${size} 0h${-across}L0 ${rest}zM${size} ${size}v${-across}L${rest} ${size}z`;
}

function fallingBand(size: number, across: number): string {
  const rest = round2(size - across);
  return `M${size} ${size}L0 0h${across}L${size} ${rest}zM0 ${size}v${-across}L${across} ${size}z`;
}
