import type { ShelfStatus } from "./shelf-status.js";
import { GLYPHS } from "./shelf-status.js";
import { PADDING_PX, round2, STRIPE_PX, UNIT_PX } from "./measures.js";
import type { Box, Path, Text } from "./shapes.js";
import { fitText, textWidth, type Weight } from "./text-width.js";
import { TEXT_STYLES, type TextRole } from "./theme.js";

/** What a panel says. */
export interface PanelLabel {
  readonly status: ShelfStatus;
  readonly title: string;
  readonly subtitle: string;
  readonly hatched: boolean;
}

// Below this an outline and a sign are all that can be read.
const LEAST_TEXT_PX = 16;
// A blade's front is narrow and tall: its name is turned, as it is on the real label.
const NARROW_PX = 70;
const TALL_PX = 2.5 * UNIT_PX;
// A model of fewer letters than this says nothing ("P…0"): the tooltip has it.
const LEAST_MODEL_PX = 44;
const GLYPH_PX = 12;

/** The shapes of one panel, counted from its upper left corner. */
export function panelShapes(width: number, height: number, label: PanelLabel): (Box | Path | Text)[] {
  const turned = width < NARROW_PX && height >= TALL_PX;
  const stripe = round2(Math.min(STRIPE_PX, turned ? height : width));
  const shapes: (Box | Path | Text)[] = [
    box("body", 0, 0, width, height),
    stripePath(turned ? width : stripe, turned ? stripe : height, label.status),
    // Beside the stripe: the sign must stay the status' own.
    ...(!label.hatched ? [] : turned ? [hatch(0, stripe, width, height)] : [hatch(stripe, 0, width, height)]),
  ];
  const texts = turned
    ? turnedTexts(width, height, stripe, label)
    : height < 0.75 * UNIT_PX
      ? lineTexts(width, height, stripe, label, "tiny", "tinyaside")
      : height < 1.4 * UNIT_PX
        ? lineTexts(width, height, stripe, label, "name", "aside")
        : stackedTexts(width, height, stripe, label);
  return [...shapes, ...texts];
}

/** What the legend shows of a machine whose place is wrong. */
export function hatchedPanel(width: number, height: number): Box[] {
  return [box("body", 0, 0, width, height), hatch(0, 0, width, height)];
}

/** From (x, y) to the lower right corner. The outer half of the outline falls outside the panel and is not seen. */
function box(role: "body" | "hatch", x: number, y: number, right: number, bottom: number): Box {
  return { kind: "box", role, x, y, width: round2(right - x), height: round2(bottom - y) };
}

const hatch = (x: number, y: number, right: number, bottom: number) => box("hatch", x, y, right, bottom);

/** The stripe with the status' sign cut out of it. */
function stripePath(width: number, height: number, status: ShelfStatus): Path {
  const scale = Math.min(1, (Math.min(width, height) - 2) / GLYPH_PX);
  const glyph = scale <= 0.4 ? "" : `M${round2(width / 2)} ${round2(height / 2)}${scalePath(GLYPHS[status], scale)}`;
  return { kind: "path", role: "stripe", d: `M0 0h${round2(width)}v${round2(height)}h${-round2(width)}z${glyph}` };
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

/** The baseline that puts capital letters in the middle of `centre`: they are 0.71 to 0.73 em high in all five fonts. */
function baseline(centre: number, px: number): number {
  return round2(centre + 0.36 * px);
}

/** Name and model on one line. The name takes what it needs, the model what is left. */
function lineTexts(
  width: number,
  height: number,
  stripe: number,
  { title, subtitle }: PanelLabel,
  nameRole: TextRole,
  modelRole: TextRole,
): Text[] {
  const left = stripe + PADDING_PX;
  const room = width - left - PADDING_PX;
  const nameStyle = TEXT_STYLES[nameRole];
  const name = text(nameRole, left, baseline(height / 2, nameStyle.px), title, room);
  if (name === undefined) return [];
  const rest = room - textWidth(name.text, nameStyle.px, nameStyle.weight) - 1.5 * PADDING_PX;
  // On one baseline with the name, which is larger.
  const model = rest < LEAST_MODEL_PX ? undefined : text(modelRole, width - PADDING_PX, name.y, subtitle, rest);
  return model === undefined ? [name] : [name, model];
}

/** The model below the name. */
function stackedTexts(width: number, height: number, stripe: number, { title, subtitle }: PanelLabel): Text[] {
  const left = stripe + PADDING_PX;
  const room = width - left - PADDING_PX;
  const model = text("model", left, round2(height / 2 + 13), subtitle, room);
  if (model === undefined) return given(text("name", left, baseline(height / 2, TEXT_STYLES.name.px), title, room));
  return [...given(text("name", left, round2(height / 2 - 2), title, room)), model];
}

function turnedTexts(width: number, height: number, stripe: number, { title, subtitle }: PanelLabel): Text[] {
  const room = height - stripe - 2 * PADDING_PX;
  const at = (centre: number, role: TextRole, content: string): Text[] => {
    const { px } = TEXT_STYLES[role];
    return given(text(role, baseline(centre, px), round2(height - PADDING_PX), content, room, true));
  };
  if (width < 0.7 * UNIT_PX) return width < 0.45 * UNIT_PX ? [] : at(width / 2, "tiny", title);
  if (width < 1.5 * UNIT_PX || subtitle === "") return at(width / 2, "name", title);
  return [...at(width / 2 - 8, "name", title), ...at(width / 2 + 8, "model", subtitle)];
}

function text(role: TextRole, x: number, y: number, content: string, room: number, turned = false): Text | undefined {
  if (room < LEAST_TEXT_PX) return undefined;
  const { px, weight } = TEXT_STYLES[role];
  const fitted = fitHostName(content, room, px, weight);
  if (fitted === "") return undefined;
  return { kind: "text", role, x: round2(x), y, text: fitted, ...(turned ? { turned } : {}) };
}

// At least two labels, the first with a letter: no address such as 10.0.3.17, no version.
const FULL_HOST_NAME = /^(?=[^.]*[a-z])[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+\.?$/i;

/** In a rack all are of one domain, so that goes first: `web-017.tyo1.example.net` becomes `web-017.tyo1…`. */
function fitHostName(name: string, room: number, px: number, weight: Weight): string {
  if (!FULL_HOST_NAME.test(name) || textWidth(name, px, weight) <= room) return fitText(name, room, px, weight);
  const labels = name.split(".");
  for (let count = labels.length - 1; count > 0; count--) {
    const shorter = `${labels.slice(0, count).join(".")}…`;
    if (textWidth(shorter, px, weight) <= room) return shorter;
  }
  return fitText(labels[0] ?? "", room, px, weight);
}

function given<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}
