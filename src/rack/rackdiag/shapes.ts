/** The shapes that rackdiag knows. Ours are all boxes: what stands in a rack has no other form. */
const SHAPES = new Set([
  "actor",
  "beginpoint",
  "box",
  "circle",
  "cloud",
  "diamond",
  "dots",
  "ellipse",
  "endpoint",
  "mail",
  "minidiamond",
  "none",
  "note",
  "roundedbox",
  "square",
  "textbox",
  "flowchart.condition",
  "flowchart.database",
  "flowchart.input",
  "flowchart.loopin",
  "flowchart.loopout",
  "flowchart.terminator",
]);

export function isShape(name: string, namespace: string | null): boolean {
  return SHAPES.has(name) || (namespace !== null && SHAPES.has(`${namespace}.${name}`));
}
