import {
  layOutClassic,
  type ClassicItem,
  type ClassicRack,
  type ClassicSizes,
  type Rectangle,
} from "./classic-layout.js";
import { inkOn, isColour } from "../looks/colour.js";
import { drawableText } from "../text/drawable-text.js";
import { keyOf, titleOf } from "../scene/frame.js";
import { round2 } from "../scene/measures.js";
import type { Group, Panel, Scene, Shape, Text, TextColumn } from "../scene/shapes.js";
import { fitText, textWidth } from "../text/text-width.js";
import { TEXT_STYLES } from "../looks/theme.js";

const USES: ReadonlySet<string> = new Set(["paper", "shadow", "frame", "cell", "cellnumber", "classic"]);
const SHADOW = { x: 3, y: 6 };
const { px: FONT_PX } = TEXT_STYLES.cell;
const LINE_PX = FONT_PX + 2;
const PADDING_PX = 4;
/** From a frame to the numbers beside it. */
const NUMBER_GAP_PX = 8;

/** rackdiag's own look, with its rectangles; names are cut in the middle, where rackdiag folds them between any two letters. */
export function classicScene(racks: readonly ClassicRack[], sizes: ClassicSizes, key: readonly unknown[]): Scene {
  const { width, height, racks: places } = layOutClassic(racks, sizes);
  const frames = places.map(({ frame }) => frame);
  const behind: Shape[] = [
    { kind: "box", role: "paper", x: 0, y: 0, width, height },
    ...frames.map((frame) => box("shadow", { ...frame, x: frame.x + SHADOW.x, y: frame.y + SHADOW.y })),
  ];
  const groups: Group[] = [
    { x: 0, y: 0, shapes: behind },
    ...racks.map((rack, i) => ({
      x: 0,
      y: 0,
      // When it is its turn: a hundred racks at once would hold up everybody else.
      get shapes() {
        return rackShapes(rack, frames[i] as Rectangle, places[i]?.items ?? [], sizes);
      },
    })),
  ];
  return {
    key: keyOf(["classic", ...key]),
    width,
    height,
    title: titleOf(racks, "FRONT"),
    description: racks.map(spoken).join(" ") || "There is no rack to draw.",
    groups,
    uses: USES,
  };
}

function spoken({ name, height, items }: ClassicRack): string {
  const shown = items.map(({ lines }) => drawableText(lines[0] ?? "")).filter((line) => line !== "");
  const list = shown.length === 0 ? "" : `: ${shown.slice(0, 60).join(", ")}${shown.length > 60 ? " and more" : ""}`;
  return `Rack ${drawableText(name)}: ${height} units, ${items.length} ${items.length === 1 ? "item" : "items"}${list}.`;
}

function box(role: "shadow" | "frame", rectangle: Rectangle): Shape {
  return { kind: "box", role, ...rectangle };
}

function rackShapes(rack: ClassicRack, frame: Rectangle, places: readonly Rectangle[], sizes: ClassicSizes): Shape[] {
  return [
    box("frame", frame),
    numbers(rack, frame, sizes),
    ...header(rack, frame),
    ...rack.items.map((item, i) => panel(item, places[i] as Rectangle)),
  ];
}

function numbers(rack: ClassicRack, frame: Rectangle, { nodeHeight, rowGap }: ClassicSizes): TextColumn {
  const texts = rack.numbers.map(({ number, fromTop }) => ({
    y: round2(fromTop * (nodeHeight + rowGap) + nodeHeight / 2),
    text: String(number),
  }));
  return { kind: "column", role: "cellnumber", x: frame.x - NUMBER_GAP_PX, y: frame.y + BASELINE_PX, texts };
}

/** From the middle of a line to its baseline. */
const BASELINE_PX = 4;

function header({ header: lines, headerColour }: ClassicRack, frame: Rectangle): Text[] {
  const centre = frame.x + frame.width / 2;
  const last = frame.y - PADDING_PX - LINE_PX / 2;
  return lines.map((line, i) => {
    const y = round2(last - (lines.length - 1 - i) * LINE_PX + BASELINE_PX);
    return written(line, centre, y, frame.width + 64, headerColour === null ? null : inkOn("#ffffff", headerColour));
  });
}

function panel(item: ClassicItem, place: Rectangle): Panel {
  const { tooltip, href, paint } = item;
  const fill = paint?.fill ?? "#ffffff";
  const ink = inkOn(fill, paint?.text ?? null);
  const isPlain = paint === null || (paint.fill === null && paint.line === null);
  return {
    kind: "panel",
    ...place,
    look: "classic",
    sign: null,
    tooltip,
    ...(href === null ? {} : { href }),
    ...(isPlain ? {} : { paint }),
    shapes: [{ kind: "box", role: "body", ...place }, ...texts(item, place, ink)],
  };
}

function texts({ lines }: ClassicItem, { x, y, width, height }: Rectangle, ink: string): Text[] {
  const fitting = Math.floor((height - 1) / LINE_PX);
  const room = width - 2 * PADDING_PX;
  const folded = fold(lines, room, fitting);
  const top = y + height / 2 - ((folded.length - 1) * LINE_PX) / 2;
  return folded
    .map((line, i) => written(line, x + width / 2, top + i * LINE_PX + BASELINE_PX, room, ink))
    .filter(({ text }) => text !== "");
}

/** The lines that fit, the last of them in any case; long ones are broken at blanks while there is room below. */
function fold(lines: readonly string[], room: number, fitting: number): string[] {
  if (fitting < 1) return [];
  const kept = lines.length <= fitting ? lines : [...lines.slice(0, fitting - 1), ...lines.slice(-1)];
  const folded: string[] = [];
  kept.forEach((line, i) => {
    const spare = fitting - folded.length - (kept.length - i);
    folded.push(...broken(drawableText(line), room, spare));
  });
  return folded;
}

function broken(line: string, room: number, spare: number): string[] {
  if (spare < 1 || textWidth(line, FONT_PX) <= room) return [line];
  const words = line.split(" ");
  let first = words.shift() ?? "";
  while (words[0] !== undefined && textWidth(`${first} ${words[0]}`, FONT_PX) <= room) first += ` ${words.shift()}`;
  return words.length === 0 ? [first] : [first, ...broken(words.join(" "), room, spare - 1)];
}

function written(line: string, centre: number, y: number, room: number, ink: string | null): Text {
  const text = fitText(drawableText(line), room, FONT_PX);
  const own = ink !== null && ink !== "#000000" && isColour(ink);
  return {
    kind: "text",
    role: "cell",
    x: round2(centre),
    y: round2(y),
    text,
    ...(own ? { ink: ink as `#${string}` } : {}),
  };
}
