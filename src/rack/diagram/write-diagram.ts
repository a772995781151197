import { drawRacks } from "../drawing/draw.js";
import type { RackElevation } from "../drawing/elevation.js";
import { mmPerPx } from "../paper/paper.js";
import { racksOnPaper, svgPixels } from "../paper/print.js";
import { rackTable } from "../table/rack-table.js";
import { tablesCsv } from "../table/table-csv.js";
import { tablesHtml } from "../table/table-html.js";
import { tablesMarkdown } from "../table/table-markdown.js";
import { terminalDrawing } from "../terminal/terminal-drawing.js";
import type { DrawnFormat } from "./diagram-format.js";
import type { DiagramOptions } from "./diagram-options.js";

/** @throws InvalidInput for what these racks cannot be written as */
export async function writeDiagram(
  format: DrawnFormat,
  elevations: readonly RackElevation[],
  { draw, numbering, paper, scale, zoom, terminal }: DiagramOptions,
): Promise<string | Buffer> {
  const racks = numbering === null ? elevations : elevations.map((rack) => ({ ...rack, numbering }));
  const tables = () => racks.map((rack) => rackTable(rack, draw.face));
  switch (format) {
    case "svg":
      return inMillimetres(await drawRacks(racks, draw), scale);
    case "png":
      return svgPixels(await drawRacks(racks, draw), zoom);
    case "pdf":
      return racksOnPaper(racks, draw, paper);
    case "csv":
      return tablesCsv(tables());
    case "md":
      return tablesMarkdown(tables());
    case "html":
      return tablesHtml(tables());
    case "txt":
      return terminalDrawing(racks, draw.face, terminal);
  }
}

/** A drawing that office programs and browsers print at 1:scale. */
function inMillimetres(svg: string, scale: number | null): string {
  if (scale === null) return svg;
  const mm = (px: string) => `${Math.round(Number(px) * mmPerPx(scale) * 100) / 100}mm`;
  const size = /(<svg [^>]*?)width="([\d.]+)" height="([\d.]+)"/;
  return svg.replace(size, (_, head: string, width: string, height: string) => {
    return `${head}width="${mm(width)}" height="${mm(height)}"`;
  });
}
