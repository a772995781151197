import type { ClassicItem, ClassicRack } from "../drawing/classic/classic-layout.js";
import { quantities } from "../drawing/classic/classic-elevation.js";
import { classicScene } from "../drawing/classic/classic-scene.js";
import { drawableText } from "../drawing/text/drawable-text.js";
import type { Scene } from "../drawing/scene/shapes.js";
import { unitNumbers } from "../drawing/unit-labels.js";
import type { Color } from "./color.js";
import type { Diagram, DiagramItem, DiagramRack } from "./diagram.js";
import { shownLines } from "./label.js";

/** A diagram in rackdiag's own look. What takes no unit, and what nobody would see, is left out. */
export function classicDiagram({ racks, look }: Diagram): Scene {
  return classicScene(
    racks.map(classicRack),
    look,
    racks.map(({ id, description }) => [id, description]),
  );
}

function classicRack(rack: DiagramRack): ClassicRack {
  const { id, height, ascending, description, textColor, fontSize, gridColumns } = rack;
  const numbering = ascending ? "FROM_TOP" : "FROM_BOTTOM";
  const lines = description ? shownLines(description.trim()) : [];
  const items = rack.items.filter((item) => item.height > 0 && (item.fill !== "none" || item.line !== "none"));
  return {
    name: id ?? lines[0] ?? "",
    height,
    numbers: unitNumbers({ heightU: height, numbering, firstUnit: 1 }).map(({ number, fromTop }) => {
      return { number, fromTop: fromTop / 2 };
    }),
    header: description ? [...lines, `[${height}U]`] : [],
    fontSize,
    headerColour: hex(textColor),
    gridColumns,
    items: items.map((item) => classicItem(rack, item)),
  };
}

function classicItem(rack: DiagramRack, item: DiagramItem): ClassicItem {
  const { unit, height, label, ampere, weight, column, columns, description, href, width } = item;
  const quantity = quantities(height, ampere, weight);
  const lines = label === "" ? [] : shownLines(label.trim());
  return {
    fromTop: rack.ascending ? unit - 1 : rack.height - unit - height + 1,
    height,
    column,
    columns,
    lines: quantity === "" ? lines : [...lines, quantity],
    tooltip: [...lines, description ?? "", quantity]
      .map(drawableText)
      .filter((line) => line !== "")
      .join("\n"),
    href,
    paint: paintOf(item),
    width,
  };
}

function paintOf({ fill, line, text }: DiagramItem) {
  // Without a fill one sees the white frame; without a line, the fill.
  const body = hex(fill) ?? "#ffffff";
  const edge = line === "none" ? body : line;
  const paint = { fill: body === "#ffffff" ? null : body, line: edge === "#000000" ? null : edge, text: hex(text) };
  return paint.fill === null && paint.line === null && paint.text === "#000000" ? null : paint;
}

function hex(color: Color): string | null {
  return color === "none" ? null : color;
}
