import type { DiagramItem, DiagramRack } from "./diagram.js";
import { readDiagram } from "./read-diagram.js";
import type { Warning } from "./source.js";
import type { Mode } from "./tokens.js";

/** What a diagram says, for programs: racks and items in the order written. */
export function diagramJson(text: string, mode: Mode): { content: string; warnings: readonly Warning[] } {
  const { racks, warnings } = readDiagram(text, mode);
  return { content: `${JSON.stringify({ racks: racks.map(rackJson) })}\n`, warnings };
}

function rackJson({ height, ascending, description, items }: DiagramRack) {
  return { height, ascending, description, items: items.map(itemJson) };
}

function itemJson({ unit, height, label, ampere, weight, column, columns }: DiagramItem) {
  return { unit, height, label, ampere, weight, column, columns };
}
