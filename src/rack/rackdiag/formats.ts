import type { Theme } from "../drawing/draw-options.js";
import { drawDiagram } from "./draw-diagram.js";
import { diagramJson } from "./diagram-json.js";
import type { Warning } from "./source.js";
import type { Mode } from "./tokens.js";

export interface Converted {
  readonly content: string | Uint8Array;
  readonly warnings: readonly Warning[];
}

type Converter = (text: string, mode: Mode, theme: Theme) => Promise<Converted> | Converted;

/** What `kickrack rackdiag -T` makes of a diagram, by the format's name. */
const CONVERTERS = {
  svg: async (text, mode, theme) => {
    const { svg, warnings } = await drawDiagram(text, mode, theme);
    return { content: svg, warnings };
  },
  json: (text, mode) => diagramJson(text, mode),
} as const satisfies Readonly<Record<string, Converter>>;

export type DiagramFormat = keyof typeof CONVERTERS;

/** @throws RefusedDiagram */
export function convert(text: string, format: DiagramFormat, mode: Mode, theme: Theme): Promise<Converted> | Converted {
  return CONVERTERS[format](text, mode, theme);
}
