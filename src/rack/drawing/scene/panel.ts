import type { Theme } from "../draw-options.js";
import type { Paint } from "../elevation.js";
import { inkOn } from "../looks/colour.js";
import { GLYPH_PX, glyphPath, type Sign } from "../looks/glyphs.js";
import { lookNamed } from "../looks/looks.js";
import { PADDING_PX, round2, STRIPE_PX, UNIT_PX } from "./measures.js";
import type { NameRoom } from "../text/names.js";
import type { Box, Path, Text } from "./shapes.js";
import { fitText, textWidth } from "../text/text-width.js";
import { TEXT_STYLES, type TextRole } from "../looks/theme.js";

/** Where a panel is, in px. */
export interface Space {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a panel says. */
export interface PanelLabel {
  readonly look: string;
  readonly sign: Sign | null;
  /** Cut to the room that `nameRoom` gives. */
  readonly name: string;
  readonly model: string;
  readonly hatched: boolean;
  readonly paint: Paint | null;
}

/** In colour a sign is cut out of a filled stripe; in black ink it is drawn, and only what is wrong is filled. */
export type StripeStyle = "filled" | "drawn";

export function stripeStyle(theme: Theme): StripeStyle {
  return theme === "print" ? "drawn" : "filled";
}

// Below this an outline and a sign are all that can be read.
const LEAST_TEXT_PX = 16;
// A blade's front is narrow and tall: its name is turned, as it is on the real label.
const NARROW_PX = 70;
const TALL_PX = 2.5 * UNIT_PX;
// A model of fewer letters than this says nothing ("P…0"): the tooltip has it.
const LEAST_MODEL_PX = 44;

/** How a panel of this size is written on. */
interface Plan {
  readonly arrangement: "none" | "line" | "stacked" | "turned";
  readonly stripe: number;
  readonly nameRole: TextRole;
  readonly modelRole: TextRole;
  /** Length of the line that the name may take. */
  readonly room: number;
}

function planOf({ width, height }: Space, sign: Sign | null): Plan {
  const turned = width < NARROW_PX && height >= TALL_PX;
  const stripe = sign === null ? 0 : round2(Math.min(STRIPE_PX, turned ? height : width));
  if (turned) {
    const tiny = width < 0.7 * UNIT_PX;
    const room = height - stripe - 2 * PADDING_PX;
    const arrangement = width < 0.45 * UNIT_PX || room < LEAST_TEXT_PX ? "none" : "turned";
    return { arrangement, stripe, nameRole: tiny ? "tiny" : "name", modelRole: "model", room };
  }
  const room = width - stripe - 2 * PADDING_PX;
  const none = room < LEAST_TEXT_PX;
  // Room that is taken from behind is no machine's: its name is no headline.
  const quiet = sign === null && height >= 0.75 * UNIT_PX;
  if (quiet) return { arrangement: none ? "none" : "line", stripe, nameRole: "model", modelRole: "aside", room };
  if (height < 0.75 * UNIT_PX) {
    return { arrangement: none ? "none" : "line", stripe, nameRole: "tiny", modelRole: "tinyaside", room };
  }
  const one = height < 1.4 * UNIT_PX;
  const arrangement = none ? "none" : one ? "line" : "stacked";
  return { arrangement, stripe, nameRole: "name", modelRole: one ? "aside" : "model", room };
}

/** What a name must be cut to in this space. */
export function nameRoom(space: Space, sign: Sign | null, name: string): NameRoom {
  const { arrangement, nameRole, room } = planOf(space, sign);
  const { px, weight } = TEXT_STYLES[nameRole];
  return { name, room: arrangement === "none" ? 0 : room, px, weight };
}

/** The shapes of one panel, its body first. `written` is the part of it that sign and texts may take. */
export function panelShapes(
  space: Space,
  label: PanelLabel,
  style: StripeStyle,
  written: Space = space,
): (Box | Path | Text)[] {
  const plan = planOf(written, label.sign);
  const stripe = label.sign === null ? [] : [stripePath(written, plan, label.look, label.sign, style)];
  return [
    { kind: "box", role: "body", ...space },
    ...stripe,
    ...(label.paint?.fill == null ? [] : [{ ...beside(written, plan, "paint"), fill: label.paint.fill }]),
    ...(label.hatched ? [beside(written, plan, "hatch")] : []),
    ...textsOf(written, plan, label).map((text) => ({ ...text, ...inkOf(label) })),
  ];
}

function inkOf({ look, paint }: PanelLabel): Pick<Text, "ink"> {
  if (look === "dim" || look === "behind") return { ink: "quiet" };
  if (paint === null || (paint.fill === null && paint.text === null)) return {};
  // Without a fill of its own the body's tint depends on the theme, and a colour fit for one is lost on the other.
  return paint.fill === null ? {} : { ink: inkOn(paint.fill, paint.text) as `#${string}` };
}

/** Beside the sign, which can be read on its own look only. */
function beside({ x, y, width, height }: Space, { arrangement, stripe }: Plan, role: "paint" | "hatch"): Box {
  return arrangement === "turned"
    ? { kind: "box", role, x, y: round2(y + stripe), width, height: round2(height - stripe) }
    : { kind: "box", role, x: round2(x + stripe), y, width: round2(width - stripe), height };
}

function stripePath({ x, y, width, height }: Space, plan: Plan, look: string, sign: Sign, style: StripeStyle): Path {
  const turned = plan.arrangement === "turned";
  const [across, down] = turned ? [width, plan.stripe] : [plan.stripe, height];
  const glyph = glyphPath(sign, (Math.min(across, down) - 2) / GLYPH_PX);
  const { plain, thick } = lookNamed(look);
  const filled = plain === undefined && (style === "filled" || thick === true);
  const [midX, midY] = [round2(across / 2), round2(down / 2)];
  const d = filled
    ? `M${x} ${y}h${across}v${down}H${x}z${glyphAt("m", midX, midY, glyph)}`
    : glyphAt("M", round2(x + midX), round2(y + midY), glyph);
  return { kind: "path", role: "stripe", d };
}

/** A glyph's first move from (x, y): one number pair instead of two, in every machine of a drawing. */
function glyphAt(move: "M" | "m", x: number, y: number, glyph: string): string {
  const [first, dx, dy] = /^m(-?(?:\d+(?:\.\d+)?|\.\d+)) ?(-?(?:\d+(?:\.\d+)?|\.\d+))/.exec(glyph) ?? [];
  if (first === undefined) return glyph === "" && move === "m" ? "" : `${move}${x} ${y}${glyph}`;
  return `${move}${round2(x + Number(dx))} ${round2(y + Number(dy))}${glyph.slice(first.length)}`;
}

/** The baseline that puts capital letters in the middle of `centre`: they are 0.71 to 0.73 em high in all five fonts. Whole px are crisp. */
function baseline(centre: number, px: number): number {
  return Math.round(centre + 0.36 * px);
}

function textsOf(space: Space, plan: Plan, label: PanelLabel): Text[] {
  switch (plan.arrangement) {
    case "none":
      return [];
    case "line":
      return lineTexts(space, plan, label);
    case "stacked":
      return stackedTexts(space, plan, label);
    case "turned":
      return turnedTexts(space, plan, label);
  }
}

/** Name and model on one line. The name takes what it needs, the model what is left. */
function lineTexts({ x, y, width, height }: Space, plan: Plan, { name, model }: PanelLabel): Text[] {
  const { px, weight } = TEXT_STYLES[plan.nameRole];
  const base = baseline(y + height / 2, px);
  const shown = written(plan.nameRole, x + plan.stripe + PADDING_PX, base, name);
  const rest = name === "" ? plan.room : plan.room - textWidth(name, px, weight) - 1.5 * PADDING_PX;
  // On one baseline with the name, which is larger.
  const beside = rest < LEAST_MODEL_PX ? "" : fitted(plan.modelRole, model, rest);
  return [...shown, ...written(plan.modelRole, Math.floor(x + width) - PADDING_PX, base, beside)];
}

/** The model below the name. */
function stackedTexts({ x, y, height }: Space, plan: Plan, { name, model }: PanelLabel): Text[] {
  const left = x + plan.stripe + PADDING_PX;
  const middle = y + height / 2;
  const below = fitted(plan.modelRole, model, plan.room);
  if (below === "") return written(plan.nameRole, left, baseline(middle, TEXT_STYLES[plan.nameRole].px), name);
  return [...written(plan.nameRole, left, middle - 2, name), ...written(plan.modelRole, left, middle + 13, below)];
}

function turnedTexts({ x, y, width, height }: Space, plan: Plan, { name, model }: PanelLabel): Text[] {
  const at = (centre: number, role: TextRole, content: string): Text[] =>
    written(role, baseline(x + centre, TEXT_STYLES[role].px), y + height - PADDING_PX, content).map((text) => ({
      ...text,
      turned: true,
    }));
  const below = width < 1.5 * UNIT_PX ? "" : fitted(plan.modelRole, model, plan.room);
  if (below === "") return at(width / 2, plan.nameRole, name);
  return [...at(width / 2 - 8, plan.nameRole, name), ...at(width / 2 + 8, plan.modelRole, below)];
}

function fitted(role: TextRole, content: string, room: number): string {
  const { px, weight } = TEXT_STYLES[role];
  return room < LEAST_TEXT_PX ? "" : fitText(content, room, px, weight);
}

function written(role: TextRole, x: number, y: number, text: string): Text[] {
  return text === "" ? [] : [{ kind: "text", role, x: round2(x), y: round2(y), text }];
}
