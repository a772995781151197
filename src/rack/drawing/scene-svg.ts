import type { Element as SvgJsElement } from "@svgdotjs/svg.js";
import type { Theme } from "./draw-options.js";
import { drawableHref } from "./drawable-text.js";
import { round2 } from "./measures.js";
import type { Box, Panel, Path, Scene, Shape, Text, TextColumn } from "./shapes.js";
import { STATUS_PAINT } from "./theme.js";
import { patternId, statusClass, themeCss } from "./theme-css.js";

/** svg.js and the document it draws in. Loaded in draw.ts, where a drawing is asked for. */
export interface SvgLibrary {
  readonly svgJs: typeof import("@svgdotjs/svg.js");
  readonly svgDom: typeof import("svgdom");
}

type Attributes = Record<string, string | number>;

/**
 * A scene as an SVG document that needs nothing but itself: no script, no `<use>`, no `<foreignObject>`, which
 * sanitisers remove, and no address that is loaded. The same scene gives the same bytes; one element a line, so that a
 * moved machine is a few lines of a diff.
 *
 * svg.js's window is one global of the module: from here to the string nothing may wait. Only `element()`, `attr()` and
 * `words()` are used: `rect()`, `move()` and `text()` measure boxes, and take ten times as long.
 */
export function sceneSvg(scene: Scene, theme: Theme, { svgJs, svgDom }: SvgLibrary): string {
  const window = svgDom.createSVGWindow();
  svgJs.registerWindow(window, window.document);
  try {
    const root = new svgJs.Svg(window.document.documentElement);
    drawScene(root, scene, theme);
    return oneElementALine(window.document.documentElement.outerHTML);
  } finally {
    svgJs.registerWindow(null, null);
  }
}

function drawScene(root: SvgJsElement, scene: Scene, theme: Theme): void {
  const { key, width, height } = scene;
  root.attr({
    // svg.js marks its own root with both; nothing here is of SVG 1.1 or has an xlink.
    version: null,
    "xmlns:xlink": null,
    id: key,
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "aria-labelledby": `${key}-title ${key}-desc`,
  });
  child(root, "title", { id: `${key}-title` }, scene.title);
  child(root, "desc", { id: `${key}-desc` }, scene.description);
  child(root, "style", {}, themeCss(scene, theme));
  drawPatterns(root, scene);
  for (const group of scene.groups) {
    const node = child(root, "g", {});
    for (const shape of group.shapes) drawShape(node, shape);
  }
}

function child(parent: SvgJsElement, name: string, attributes: Attributes, words = ""): SvgJsElement {
  const node = parent.element(name);
  node.attr(attributes);
  if (words !== "") node.words(words);
  return node;
}

function drawShape(parent: SvgJsElement, shape: Shape): void {
  switch (shape.kind) {
    case "box":
      return drawBox(parent, shape);
    case "path":
      return drawPath(parent, shape);
    case "text":
      return drawText(parent, shape);
    case "column":
      return drawColumn(parent, shape);
    case "panel":
      return drawPanel(parent, shape);
  }
}

// What nearly every panel holds needs no class: it is a panel's rect, path and text. A tenth of the file.
const PLAIN: readonly string[] = ["body", "stripe", "name"];
const classOf = (role: string): Attributes => (PLAIN.includes(role) ? {} : { class: role });

function drawBox(parent: SvgJsElement, { role, x, y, width, height, radius }: Box): void {
  const corner = x === 0 && y === 0 ? {} : { x, y };
  child(parent, "rect", {
    ...classOf(role),
    ...corner,
    width,
    height,
    ...(radius === undefined ? {} : { rx: radius }),
  });
}

function drawPath(parent: SvgJsElement, { role, d }: Path): void {
  child(parent, "path", { ...classOf(role), d });
}

function drawText(parent: SvgJsElement, { role, x, y, text, turned }: Text): void {
  child(parent, "text", { ...classOf(role), x, y, ...(turned ? { transform: `rotate(-90 ${x} ${y})` } : {}) }, text);
}

function drawColumn(parent: SvgJsElement, { role, x, y, texts }: TextColumn): void {
  const group = child(parent, "g", { class: role, transform: `translate(${x} ${y})` });
  for (const text of texts) child(group, "text", { y: text.y }, text.text);
}

function drawPanel(parent: SvgJsElement, { x, y, width, height, status, tooltip, href, shapes }: Panel): void {
  const safe = href === undefined ? undefined : drawableHref(href);
  const holder = safe === undefined ? parent : child(parent, "a", { href: safe });
  // A nested <svg> clips without a clipPath and its id.
  const panel = child(holder, "svg", { class: statusClass(status), x, y, width, height, overflow: "hidden" });
  if (tooltip !== "") child(panel, "title", {}, tooltip);
  for (const shape of shapes) drawShape(panel, shape);
}

/** Tiles that repeat over a panel. Drawn with paths: svg.js numbers its own patterns with a counter of the process. */
function drawPatterns(root: SvgJsElement, scene: Scene): void {
  const textured = scene.statuses.filter((status) => STATUS_PAINT[status].texture !== undefined);
  if (textured.length === 0 && !scene.hasTrouble) return;
  const defs = child(root, "defs", {});
  for (const status of textured) {
    const diagonal = STATUS_PAINT[status].texture?.kind === "diagonal";
    const size = diagonal ? 14 : 6;
    const tile = pattern(defs, patternId(scene, status), size);
    child(tile, "rect", { width: size, height: size });
    child(tile, "path", { d: diagonal ? diagonalBand(size, size / 2) : "M2 2h1.5v1.5h-1.5z" });
  }
  if (scene.hasTrouble) child(pattern(defs, patternId(scene, "TROUBLE"), 9), "path", { d: diagonalBand(9, 4) });
}

function pattern(defs: SvgJsElement, id: string, size: number): SvgJsElement {
  return child(defs, "pattern", { id, width: size, height: size, patternUnits: "userSpaceOnUse" });
}

/** A band rising to the right, `across` px wide on the tile's edges, that meets itself in the next tile. */
function diagonalBand(size: number, across: number): string {
  const rest = round2(size - across);
  return `M0 ${size}L${size} 0h${-across}L0 ${rest}zM${size} ${size}v${-across}L${rest} ${size}z`;
}

/**
 * svgdom writes everything on one line and never `<rect/>`. It escapes `<`, `>`, `&` and `"` in text and attributes, so
 * `><` is always the seam of two tags, and a line break can only stand in a text.
 */
function oneElementALine(svg: string): string {
  return (
    svg
      .replaceAll("\n", "&#10;")
      .replace(/><\/(?:rect|path)>/g, "/>")
      .replaceAll("><", ">\n<") + "\n"
  );
}
