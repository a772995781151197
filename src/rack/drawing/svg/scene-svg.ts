import { isColour } from "../looks/colour.js";
import type { Theme } from "../draw-options.js";
import { drawableHref } from "../text/drawable-text.js";
import type { Frame } from "../scene/frame.js";
import { drawPatterns } from "./svg-patterns.js";
import type { Box, Group, Panel, Path, Shape, Text, TextColumn } from "../scene/shapes.js";
import { child, type SvgJs, type SvgJsElement, written } from "./svg-pen.js";
import { themeCss } from "./theme-css.js";

/**
 * A document that needs nothing but itself: no script, no `<use>`, no `<foreignObject>`, which sanitisers remove, and
 * no address that is loaded. The same scene gives the same bytes; one element a line, so that a moved machine is a few
 * lines of a diff.
 */
export function documentText(head: string, groups: readonly string[]): string {
  return [head, ...groups, "</svg>", ""].join("\n");
}

/** What comes before the groups: the root, its titles, its style and its patterns. */
export function documentHead(
  frame: Pick<Frame, "key" | "width" | "height" | "title" | "description" | "uses">,
  theme: Theme,
  svgJs: SvgJs,
): string {
  const { key, width, height } = frame;
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    id: key,
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "aria-labelledby": `${key}-title ${key}-desc`,
  };
  const head = written(svgJs, "svg", attributes, (root) => {
    child(root, "title", { id: `${key}-title` }, frame.title);
    child(root, "desc", { id: `${key}-desc` }, frame.description);
    child(root, "style", {}, themeCss(frame, theme));
    drawPatterns(root, frame, theme);
  });
  return head.slice(0, -"\n</svg>".length);
}

/** A group's text where it stands. */
export function placed({ x, y }: Pick<Group, "x" | "y">, group: string): string {
  return x === 0 && y === 0 ? group : `<g transform="translate(${x} ${y})">${group.slice("<g>".length)}`;
}

/** The text of one group, `<g>` to `</g>`, the same wherever it will stand and whatever its colours will be. */
export function groupSvg(shapes: readonly Shape[], svgJs: SvgJs): string {
  return written(svgJs, "g", {}, (root) => {
    for (const shape of shapes) drawShape(root, shape);
  });
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

/** Most numbers are small, and 0 is what SVG takes when nothing is said. */
function from(x: number, y: number): { x?: number; y?: number } {
  return { ...(x === 0 ? {} : { x }), ...(y === 0 ? {} : { y }) };
}

function drawBox(parent: SvgJsElement, { role, x, y, width, height, radius, fill }: Box): void {
  child(parent, "rect", {
    class: role,
    ...from(x, y),
    width,
    height,
    ...(radius === undefined ? {} : { rx: radius }),
    ...painted(fill === undefined ? undefined : { fill, line: null }),
  });
}

function drawPath(parent: SvgJsElement, { role, d }: Path): void {
  child(parent, "path", role === "stripe" ? { d } : { class: role, d });
}

function drawText(parent: SvgJsElement, { role, x, y, text, turned, ink }: Text, isAside = false): void {
  // Most texts are names, or what follows a name, which need no class: a tenth of the file.
  const classes = [role === "name" || isAside ? [] : [role], ink === "quiet" ? ["quiet"] : []].flat().join(" ");
  const attributes = {
    ...(classes === "" ? {} : { class: classes }),
    ...from(x, y),
    ...(ink !== undefined && isColour(ink) ? { style: `fill:${ink}` } : {}),
    ...(turned ? { transform: `rotate(-90 ${x} ${y})` } : {}),
  };
  child(parent, "text", attributes, text);
}

function drawColumn(parent: SvgJsElement, { role, x, y, texts }: TextColumn): void {
  const group = child(parent, "g", { class: role, transform: `translate(${x} ${y})` });
  for (const text of texts) child(group, "text", from(0, text.y), text.text);
}

/** Its body has the title: sign and texts let the pointer through to it. */
function drawPanel(parent: SvgJsElement, { look, absent, tooltip, href, paint, shapes }: Panel): void {
  const safe = href === undefined ? undefined : drawableHref(href);
  const holder = safe === undefined ? parent : child(parent, "a", { href: safe });
  for (const [i, shape] of shapes.entries()) {
    if (shape.kind === "text") {
      drawText(holder, shape, shape.role === "aside" && followsName(shapes, i));
      continue;
    }
    if (shape.kind !== "box" || shape.role !== "body") {
      drawShape(holder, shape);
      continue;
    }
    const { x, y, width, height } = shape;
    // As a path it is a fifth shorter than as a <rect>, 42 times a rack.
    const d = `M${x} ${y}h${width}v${height}H${x}z`;
    const body = child(holder, "path", { class: absent ? `${look} absent` : look, d, ...painted(paint) });
    if (tooltip !== "") child(body, "title", {}, tooltip);
  }
}

/** As the style sheet's `path+text+text` finds it: after the body or its sign comes the name, then this. */
function followsName(shapes: Panel["shapes"], i: number): boolean {
  const [before, name] = [shapes[i - 2], shapes[i - 1]];
  const isPath = before?.kind === "path" || (before?.kind === "box" && before.role === "body");
  return isPath && name?.kind === "text";
}

function painted(paint: Panel["paint"]): { style?: string } {
  const { fill = null, line = null } = paint ?? {};
  const style = [
    ...(fill !== null && isColour(fill) ? [`fill:${fill}`] : []),
    ...(line !== null && isColour(line) ? [`stroke:${line}`] : []),
  ].join(";");
  return style === "" ? {} : { style };
}
