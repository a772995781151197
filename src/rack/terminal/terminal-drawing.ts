import { viewedFaces, type DrawnFace } from "../drawing/draw-options.js";
import type { RackElevation } from "../drawing/elevation.js";
import { type ElevationLayout, layOutElevation } from "../drawing/layout.js";
import { signLabel } from "../drawing/looks/glyphs.js";
import { statusCounts } from "../drawing/tally.js";
import { statusLabel } from "../drawing/shelf-status.js";
import { rackLines } from "./terminal-rack.js";
import { GHOST_SGR, marksOf, painted, STATUS_SGR, type TerminalOptions } from "./terminal-style.js";

/** A host name and its model stand on one line from here on. */
const LEAST_CELLS = 62;
/** Wider, the model is too far from its name for the eye. */
const MOST_CELLS = 100;
const GAP = "  ";

export const TERMINAL_WIDTHS = { least: 40, most: 500 } as const;

/** Racks for a terminal: as many side by side as its width has room for, on one floor. */
export function terminalDrawing(racks: readonly RackElevation[], face: DrawnFace, options: TerminalOptions): string {
  const layouts = racks.flatMap((rack) => viewedFaces(face).map((viewed) => layOutElevation(rack, viewed)));
  const fitting = Math.floor((options.width + GAP.length) / (LEAST_CELLS + GAP.length));
  const beside = Math.max(1, Math.min(fitting, layouts.length));
  const width = Math.min(MOST_CELLS, Math.floor((options.width - GAP.length * (beside - 1)) / beside));
  const blocks = layouts.map((layout) => rackLines(layout, { ...options, width }));
  const floors = Array.from({ length: Math.ceil(blocks.length / beside) }, (_, i) =>
    sideBySide(blocks.slice(i * beside, (i + 1) * beside), width),
  );
  return [...floors, legend(layouts, options)].filter((part) => part !== "").join("\n");
}

/** What the signs mean, in as many lines as it takes. */
function legend(layouts: readonly ElevationLayout[], options: TerminalOptions): string {
  let [text, used] = ["", 0];
  const marks = marksOf(options);
  const ghosts = new Set(layouts.flatMap((layout) => layout.ghosts.map(({ ghost }) => ghost)));
  const signs = [...statusCounts(layouts)].map(([status, count]) => {
    return { sgr: STATUS_SGR[status], sign: marks.status[status], label: statusLabel(status), count };
  });
  const seen = { sgr: GHOST_SGR, sign: marks.ghost, label: signLabel("GHOST"), count: ghosts.size };
  for (const { sgr, sign, label, count } of [...signs, ...(ghosts.size === 0 ? [] : [seen])]) {
    const words = ` ${count} ${label.toLowerCase()}`;
    const cells = 1 + words.length + GAP.length;
    if (used > 0 && used + cells > options.width) [text, used] = [`${text.trimEnd()}\n`, 0];
    text += painted(options, sgr, sign) + words + GAP;
    used += cells;
  }
  return text === "" ? "" : `${text.trimEnd()}\n`;
}

function sideBySide(blocks: readonly (readonly string[])[], width: number): string {
  const height = Math.max(...blocks.map(({ length }) => length));
  const rows = Array.from({ length: height }, (_, i) => {
    // The last block of a row may be followed by nothing but blanks.
    return blocks
      .map((lines) => lines[i - (height - lines.length)] ?? " ".repeat(width))
      .join(GAP)
      .trimEnd();
  });
  return rows.map((row) => `${row}\n`).join("");
}
