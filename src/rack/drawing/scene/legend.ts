import { type Palette, colorCaption } from "../looks/color-by.js";
import { round2, STRIPE_PX } from "./measures.js";
import { panelShapes, type StripeStyle } from "./panel.js";
import type { Panel, Shape, Text } from "./shapes.js";
import type { Entry } from "../tally.js";
import { fitText, textWidth } from "../text/text-width.js";
import { TEXT_STYLES } from "../looks/theme.js";

const CHIP = { width: 34, height: 17 };
const ROW_PX = 26;
const KEY_GAP_PX = 8;
const COLUMN_GAP_PX = 22;
const CAPTION_PX = 22;
const BLOCK_GAP_PX = 10;
const LONGEST_KEY_PX = 230;

interface Laid {
  readonly shapes: Shape[];
  readonly height: number;
}

/** What the colours and signs mean: only those that occur, in columns across `width`, counted from its upper left corner. */
export function legend(tally: readonly Entry[], palette: Palette, stripes: StripeStyle, width: number): Laid {
  const byState = palette.colorBy.by === "STATE";
  const blocks = [
    { caption: colorCaption(palette.colorBy), entries: tally.filter(({ block }) => block === "colours") },
    { caption: byState ? "" : "State and kind", entries: tally.filter(({ block }) => block === "signs") },
  ].filter(({ entries }) => entries.length > 0);
  const shapes: Shape[] = [];
  let y = 0;
  for (const { caption, entries } of blocks) {
    if (y > 0) y += BLOCK_GAP_PX;
    if (caption !== "") {
      const text = fitText(caption, width, TEXT_STYLES.caption.px);
      shapes.push({ kind: "text", role: "caption", x: 0, y: y + 11, text });
      y += CAPTION_PX;
    }
    const laid = keys(entries, stripes, y, width);
    shapes.push(...laid.shapes);
    y += laid.height;
  }
  return { shapes, height: y };
}

function keys(entries: readonly Entry[], stripes: StripeStyle, y: number, width: number): Laid {
  const { px } = TEXT_STYLES.key;
  const labels = entries.map(({ label, count }) => {
    const counted = ` · ${count}`;
    return fitText(label, LONGEST_KEY_PX - textWidth(counted, px), px) + counted;
  });
  const widest = Math.max(...labels.map((label) => textWidth(label, px)));
  const columnPx = CHIP.width + KEY_GAP_PX + widest + COLUMN_GAP_PX;
  const rows = Math.ceil(entries.length / Math.max(1, Math.floor((width + COLUMN_GAP_PX) / columnPx)));
  // As few columns as that many rows need: eight keys stand as four over four, not as seven over one.
  const columns = Math.ceil(entries.length / rows);
  const shapes = entries.flatMap((entry, i): Shape[] => {
    const [chipX, chipY] = [round2((i % columns) * columnPx), round2(y + Math.floor(i / columns) * ROW_PX)];
    const key: Text = {
      kind: "text",
      role: "key",
      x: round2(chipX + CHIP.width + KEY_GAP_PX),
      y: round2(chipY + CHIP.height / 2 + 0.36 * px),
      text: labels[i] ?? "",
    };
    return [chip(entry, stripes, chipX, chipY), key];
  });
  return { shapes, height: rows * ROW_PX };
}

/** A panel in small, of a value without any machine's sign. */
function chip({ block, look, sign, hatched, absent }: Entry, stripes: StripeStyle, x: number, y: number): Panel {
  const space = { x, y, ...CHIP };
  const label = { look, sign, name: "", model: "", hatched, paint: null };
  const bar = `M${x} ${y}h${STRIPE_PX}v${CHIP.height}h${-STRIPE_PX}z`;
  const shapes = panelShapes(space, label, stripes);
  const filled = block === "colours" && stripes === "filled";
  return {
    kind: "panel",
    ...space,
    look,
    ...(absent ? { absent } : {}),
    sign,
    tooltip: "",
    shapes: filled ? [...shapes, { kind: "path", role: "stripe", d: bar }] : shapes,
  };
}
