import { InvalidInput } from "../../errors.js";
import type { DrawnFormat } from "../diagram/diagram-format.js";
import { diagramOptions, type Query } from "../diagram/diagram-query.js";
import { writeDiagram } from "../diagram/write-diagram.js";
import type { Theme } from "../drawing/draw-options.js";
import { svgPixels } from "../paper/print.js";
import { diagramJson } from "./diagram-json.js";
import { drawDiagram } from "./draw-diagram.js";
import { planElevation } from "./plan-elevation.js";
import { readPlans } from "./plans.js";
import type { Warning } from "./source.js";
import type { Mode } from "./tokens.js";

/** What `kickrack rackdiag -T` makes of a diagram. */
export type ConvertedFormat = DrawnFormat | "json";

export interface Converted {
  readonly content: string | Uint8Array;
  readonly warnings: readonly Warning[];
}

export interface Conversion {
  readonly format: ConvertedFormat;
  readonly mode: Mode;
  /** Undefined: rackdiag's own where it can be drawn so, else the format's. */
  readonly theme: Theme | undefined;
  /** What else the format is asked for, as an address would. */
  readonly query: Query;
}

/** @throws RefusedDiagram; InvalidInput for a theme that the format does not have */
export async function convert(text: string, { format, mode, theme, query }: Conversion): Promise<Converted> {
  if (format === "json") {
    if (theme !== undefined) throw new InvalidInput('"theme" says nothing to json', ["theme"]);
    return diagramJson(text, mode);
  }
  const options = diagramOptions(format, { ...query, ...(theme === undefined ? {} : { theme }) }, []);
  if (format === "svg" || format === "png") {
    const { svg, warnings } = await drawDiagram(text, mode, theme ?? "classic");
    return { content: format === "svg" ? svg : await svgPixels(svg, options.zoom), warnings };
  }
  const { plans, warnings } = readPlans(text, mode);
  return { content: await writeDiagram(format, plans.map(planElevation), options), warnings };
}
