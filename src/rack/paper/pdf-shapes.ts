import { drawableHref } from "../drawing/text/drawable-text.js";
import { type Look, lookNamed, textureOf } from "../drawing/looks/looks.js";
import type { Box, Panel, Path, Shape, Text, TextColumn } from "../drawing/scene/shapes.js";
import { CHROME, TEXT_STYLES, type Tone, TROUBLE_HATCH } from "../drawing/looks/theme.js";
import { PANEL_PX, UNIT_PX } from "../drawing/scene/measures.js";
import { ABSENT, HOLES } from "../drawing/svg/theme-css.js";
import type { PdfPage } from "./pdf-page.js";

// A scene's shapes in a PDF, where SVG has a style sheet. Coordinates are those of the page's current transformation.

export function drawShape(page: PdfPage, shape: Shape): void {
  switch (shape.kind) {
    case "box":
      return drawBox(page, shape);
    case "path":
      return drawPath(page, shape);
    case "text":
      return drawText(page, shape);
    case "column":
      return drawColumn(page, shape);
    case "panel":
      return drawPanel(page, shape);
  }
}

interface Ink {
  readonly fill?: Tone;
  readonly stroke?: Tone;
}

/** The paper is the page's own, and body, paint and hatch are drawn by their panel. */
const BOXES: Readonly<Record<Box["role"], Ink | undefined>> = {
  paper: undefined,
  body: undefined,
  paint: undefined,
  hatch: undefined,
  cabinet: { fill: CHROME.cabinet, stroke: CHROME.edge },
  bay: { fill: CHROME.bay },
  track: { fill: CHROME.track },
  gauge: { fill: CHROME.gauge },
  over: { fill: CHROME.over },
  shadow: { fill: CHROME.edge },
  frame: { fill: CHROME.frame, stroke: CHROME.line },
};

function drawBox({ pdf, variant }: PdfPage, { role, x, y, width, height, radius }: Box): void {
  const ink = BOXES[role];
  if (ink === undefined) return;
  if (radius === undefined) pdf.rect(x, y, width, height);
  else pdf.roundedRect(x, y, width, height, radius);
  const [fill, stroke] = [ink.fill?.[variant], ink.stroke?.[variant]];
  if (stroke !== undefined) pdf.lineWidth(1).fillAndStroke(fill, stroke);
  else if (fill !== undefined) pdf.fill(fill);
}

function drawPath({ pdf, variant }: PdfPage, { role, d }: Path): void {
  switch (role) {
    case "stripe": // drawn by its panel
      return;
    case "feet":
      pdf.path(d).fill(CHROME.edge[variant], "even-odd");
      return;
    case "floor":
      pdf.path(d).lineWidth(1).stroke(CHROME.edge[variant]);
      return;
    case "slot":
      pdf
        .save()
        .path(d)
        .lineWidth(PANEL_PX)
        .dash(1, { space: UNIT_PX - 1 })
        .stroke(CHROME.slot[variant])
        .restore();
      return;
    case "hole":
      pdf
        .save()
        .path(d)
        .lineWidth(HOLES.px)
        .dash(HOLES.dashes[0] ?? 0, { phase: HOLES.offset })
        .stroke(CHROME.hole[variant])
        .restore();
  }
}

function drawText(page: PdfPage, { role, x, y, text, turned, ink }: Text): void {
  const { px, weight, anchor, colour } = TEXT_STYLES[role];
  const fill = ink === undefined ? colour[page.variant] : ink === "quiet" ? CHROME.quiet[page.variant] : ink;
  if (turned) page.pdf.save().rotate(-90, { origin: [x, y] });
  page.write({ x, y, text, size: px, weight, anchor, colour: fill });
  if (turned) page.pdf.restore();
}

function drawColumn(page: PdfPage, { role, x, y, texts }: TextColumn): void {
  for (const each of texts) drawText(page, { kind: "text", role, x, y: y + each.y, text: each.text });
}

/** As a label on its front: what is larger than the panel is cut off. */
function drawPanel(page: PdfPage, panel: Panel): void {
  const { pdf, variant } = page;
  const { x, y, width, height, look: name, href, shapes } = panel;
  const look = lookNamed(name);
  pdf.save().rect(x, y, width, height).clip();
  drawBody(page, panel, look);
  for (const shape of shapes) {
    if (shape.kind === "path" && shape.role === "stripe") pdf.path(shape.d).fill(look.stripe[variant], "even-odd");
    else if (shape.kind === "box" && shape.role === "hatch") drawHatch(page, shape);
    else if (shape.kind === "box" && shape.fill !== undefined)
      pdf.rect(shape.x, shape.y, shape.width, shape.height).fill(shape.fill);
    else drawShape(page, shape);
  }
  pdf.restore();
  // A path of Kickrack's own leads nowhere from a file.
  const safe = href === undefined ? undefined : drawableHref(href);
  if (safe !== undefined && /^https?:/i.test(safe)) pdf.link(x, y, width, height, safe);
}

function drawBody({ pdf, variant, tiles }: PdfPage, { x, y, width, height, paint, absent }: Panel, look: Look): void {
  pdf.rect(x, y, width, height).fill(paint?.fill ?? look.body[variant]);
  const texture = paint?.fill == null ? textureOf(look, variant) : undefined;
  if (texture !== undefined) {
    pdf.rect(x, y, width, height).fill([tiles.of(texture.kind, texture.weight), texture.tone[variant]]);
  }
  pdf.save();
  if (absent) {
    const [on, off] = ABSENT.dashes;
    pdf
      .dash(on, { space: off })
      .rect(x, y, width, height)
      .lineWidth(2 * ABSENT.px);
    pdf.stroke(CHROME.trouble[variant]).restore();
    return;
  }
  if (look.dash !== undefined) {
    const [on = 1, off = 1] = look.dash.split(" ").map(Number);
    pdf.dash(on, { space: off });
  }
  // Its outer half falls outside the panel.
  pdf.rect(x, y, width, height).lineWidth(look.thick === undefined ? 2 : 4);
  pdf.stroke(paint?.line ?? look.edge[variant]).restore();
}

function drawHatch(page: PdfPage, { x, y, width, height }: Box): void {
  const { pdf, variant } = page;
  pdf.rect(x, y, width, height).fill([page.tiles.of("trouble", 1), TROUBLE_HATCH[variant]]);
  pdf.rect(x, y, width, height).lineWidth(3).stroke(CHROME.trouble[variant]);
}
