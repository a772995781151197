import PDFDocument from "pdfkit";
import type { Weight } from "../drawing/text/text-width.js";
import { type Texture, tile, TROUBLE_TILE } from "../drawing/looks/textures.js";
import type { Variant } from "../drawing/looks/theme.js";
import { FONTS, type FontRun, RIGHT_TO_LEFT } from "./fonts.js";
import { visualRuns } from "./visual-runs.js";

export const PT_PER_MM = 72 / 25.4;

export interface PdfText {
  /** Where the text begins or ends on its baseline. */
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly weight: Weight;
  readonly anchor: "start" | "middle" | "end";
  readonly colour: string;
}

/** A PDF that is being drawn, in one theme. */
export class PdfPage {
  readonly tiles: Tiles;

  constructor(
    readonly pdf: PDFKit.PDFDocument,
    readonly variant: Variant,
  ) {
    this.tiles = new Tiles(pdf);
    for (const [name, { files }] of Object.entries(FONTS)) {
      for (const [weight, file] of Object.entries(files)) pdf.registerFont(`${name} ${weight}`, file);
    }
  }

  /** Real text: it can be searched and copied. */
  write({ x, y, text, size, weight, anchor, colour }: PdfText): void {
    const { pdf } = this;
    const runs = visualRuns(text).map((run) => {
      pdf.font(`${run.font} ${weight}`, size);
      const shaping = shapingOf(run);
      return { ...run, shaping, width: pdf.widthOfString(run.text, shaping) };
    });
    const before = { start: 0, middle: 0.5, end: 1 }[anchor];
    let left = x - before * runs.reduce((sum, { width }) => sum + width, 0);
    for (const run of runs) {
      pdf.font(`${run.font} ${weight}`, size).fillColor(colour);
      pdf.text(run.text, left, y, { ...run.shaping, lineBreak: false, baseline: "alphabetic" });
      left += run.width;
    }
  }
}

/** PDFKit shapes word by word, from the left, unless it is asked for features of the font: none is enough. */
function shapingOf({ font }: FontRun): Pick<PDFKit.Mixins.TextOptions, "features"> {
  return RIGHT_TO_LEFT.has(font) ? { features: [] } : {};
}

/** Textures to fill with. They scale with what is drawn when one is first asked for, which is the same on all pages. */
class Tiles {
  private readonly patterns = new Map<string, PDFKit.PDFTilingPattern>();

  constructor(private readonly pdf: PDFKit.PDFDocument) {}

  of(texture: Texture | "trouble", weight: 1 | 2): PDFKit.PDFTilingPattern {
    const key = `${texture} ${weight}`;
    const known = this.patterns.get(key);
    if (known !== undefined) return known;
    const { size, d } = texture === "trouble" ? TROUBLE_TILE : tile(texture, weight);
    const pattern = this.pdf.pattern([0, 0, size, size], size, size, `${operators(d)}\nf*`);
    this.patterns.set(key, pattern);
    return pattern;
  }
}

/** An SVG path in PDF's operators, as pdfkit itself writes it: it only lacks a way to write one into a pattern. */
function operators(d: string): string {
  const written: string[] = [];
  const pen = new PDFDocument({ autoFirstPage: false });
  pen.addContent = (operator: string) => {
    written.push(operator);
    return pen;
  };
  pen.path(d);
  return written.join("\n");
}
