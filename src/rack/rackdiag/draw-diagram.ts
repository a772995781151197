import { drawRacks, drawScene } from "../drawing/draw.js";
import type { Theme } from "../drawing/draw-options.js";
import { classicDiagram } from "./classic-diagram.js";
import { planElevation } from "./plan-elevation.js";
import { plansOf } from "./plans.js";
import { readDiagram } from "./read-diagram.js";
import type { Warning } from "./source.js";
import type { Mode } from "./tokens.js";

export interface DrawnDiagram {
  readonly svg: string;
  readonly warnings: readonly Warning[];
}

/** A text in rackdiag's language as an SVG document: in rackdiag's own look, or as Kickrack draws racks. */
export async function drawDiagram(text: string, mode: Mode, theme: Theme): Promise<DrawnDiagram> {
  const diagram = readDiagram(text, mode);
  const { plans, warnings } = plansOf(diagram, mode);
  if (theme === "classic") return { svg: await drawScene(classicDiagram(diagram), theme), warnings };
  const options = { face: "FRONT", theme, colorBy: { by: "STATE" } } as const;
  return { svg: await drawRacks(plans.map(planElevation), options), warnings };
}
