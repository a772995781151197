import type { Theme } from "../draw-options.js";
import { LOOK_NAMES, lookNamed, textureOf } from "../looks/looks.js";
import { child, type SvgJsElement } from "./svg-pen.js";
import { type Tile, tile, TROUBLE_TILE } from "../looks/textures.js";
import type { Variant } from "../looks/theme.js";

interface Styled {
  readonly key: string;
  readonly uses: ReadonlySet<string>;
}

/** The id of the texture of a look, or of the hatch over what is in the wrong place. */
export function patternId({ key }: Styled, of: string): string {
  return `${key}-${of}`;
}

/** Which of a tone's colours a theme begins with; `auto` has the dark ones in its media query. */
export function variantOf(theme: Theme): Variant {
  return theme === "dark" || theme === "print" ? theme : "light";
}

/** The looks that a drawing uses, in an order of their own. */
export function looksOf({ uses }: Styled): string[] {
  return LOOK_NAMES.filter((name) => uses.has(name));
}

/** Tiles that repeat over a panel. Drawn as plain elements: svg.js numbers its own patterns with a counter of the process. */
export function drawPatterns(root: SvgJsElement, styled: Styled, theme: Theme): void {
  const variant = variantOf(theme);
  const textured = looksOf(styled).flatMap((name) => {
    const texture = textureOf(lookNamed(name), variant);
    return texture === undefined ? [] : [{ name, tile: tile(texture.kind, texture.weight) }];
  });
  const hatched = styled.uses.has("hatch");
  if (textured.length === 0 && !hatched) return;
  const defs = child(root, "defs", {});
  for (const { name, tile: each } of textured) {
    const node = pattern(defs, patternId(styled, name), each);
    child(node, "rect", { width: each.size, height: each.size });
    child(node, "path", { d: each.d });
  }
  if (hatched) child(pattern(defs, patternId(styled, "trouble"), TROUBLE_TILE), "path", { d: TROUBLE_TILE.d });
}

function pattern(defs: SvgJsElement, id: string, { size }: Tile): SvgJsElement {
  return child(defs, "pattern", { id, width: size, height: size, patternUnits: "userSpaceOnUse" });
}
