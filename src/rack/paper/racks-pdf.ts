import PDFDocument from "pdfkit";
import type { DrawOptions } from "../drawing/draw-options.js";
import { drawableText } from "../drawing/text/drawable-text.js";
import type { RackElevation } from "../drawing/elevation.js";
import { variantOf } from "../drawing/svg/svg-patterns.js";
import { fitText } from "../drawing/text/text-width.js";
import { CHROME, type Tone } from "../drawing/looks/theme.js";
import { MARGIN_MM, type PaperOptions, type PaperPlan } from "./paper.js";
import { drawShape } from "./pdf-shapes.js";
import { PdfPage, PT_PER_MM } from "./pdf-page.js";
import { type Sheet, sheetsOf } from "./sheets.js";
import { TABLE_PT } from "./paper-table.js";

// The file would otherwise say when it was made, and differ each time.
const NO_DATE = new Date(0);

/** Racks on paper, to scale. @throws InvalidInput when they do not fit as they were asked for */
export async function racksPdf(
  elevations: readonly RackElevation[],
  draw: DrawOptions,
  options: PaperOptions,
): Promise<Buffer> {
  const { plan, sheets } = sheetsOf(elevations, draw, options);
  const names = elevations.map(({ name }) => drawableText(name));
  const pdf = new PDFDocument({
    autoFirstPage: false,
    lang: "en",
    displayTitle: true,
    info: { Title: titleOf(names), Creator: "Kickrack", Producer: "Kickrack", CreationDate: NO_DATE, ModDate: NO_DATE },
  });
  const written = bufferOf(pdf);
  const page = new PdfPage(pdf, variantOf(draw.theme));
  sheets.forEach((sheet, i) => drawSheet(page, plan, options, sheet, `${i + 1} / ${sheets.length}`));
  pdf.end();
  return written;
}

function titleOf(names: readonly string[]): string {
  return names.length === 1 ? `Rack ${names[0]}` : `Racks ${names.join(", ")}`;
}

function bufferOf(pdf: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
    pdf.on("end", () => resolve(Buffer.concat(chunks)));
    pdf.on("error", reject);
  });
}

function drawSheet(page: PdfPage, plan: PaperPlan, options: PaperOptions, sheet: Sheet, number: string): void {
  const { pdf, variant } = page;
  const [width, height] = [plan.page.width * PT_PER_MM, plan.page.height * PT_PER_MM];
  pdf.addPage({ size: [width, height], margin: 0 });
  if (sheet.racks.length > 0) pdf.outline.addItem(sheet.racks.map(({ name }) => drawableText(name)).join(", "));
  if (variant === "dark") pdf.rect(0, 0, width, height).fill(CHROME.paper.dark);
  drawMargins(page, plan, options, sheet, number);
  for (const { x, y, shapes } of sheet.groups) {
    const scale = plan.mmPerPx * PT_PER_MM;
    pdf
      .save()
      .translate(x * PT_PER_MM, y * PT_PER_MM)
      .scale(scale);
    for (const shape of shapes) drawShape(page, shape);
    pdf.restore();
  }
  if (sheet.table !== undefined) drawTable(page, sheet.table);
}

const SMALL_PT = 8;

/** Where it is above, what it is below. */
function drawMargins(page: PdfPage, plan: PaperPlan, { paper }: PaperOptions, sheet: Sheet, number: string): void {
  const left = MARGIN_MM * PT_PER_MM;
  const right = (plan.page.width - MARGIN_MM) * PT_PER_MM;
  const top = MARGIN_MM * PT_PER_MM + 9;
  const bottom = (plan.page.height - MARGIN_MM) * PT_PER_MM;
  const room = right - left - 90;
  const text = (x: number, y: number, content: string, anchor: "start" | "end", tone: Tone, size = SMALL_PT) => {
    const weight = size > SMALL_PT ? "bold" : "regular";
    const fitted = fitText(content, room, size, weight);
    page.write({ x, y, text: fitted, size, weight, anchor, colour: tone[page.variant] });
  };
  text(left, top, sheet.heading, "start", CHROME.ink, 11);
  text(right, top, `1:${plan.scale} on ${paper === "LETTER" ? "Letter" : paper}`, "end", CHROME.quiet);
  page.pdf
    .lineWidth(0.5)
    .moveTo(left, top + 5)
    .lineTo(right, top + 5)
    .stroke(CHROME.edge[page.variant]);
  text(left, bottom, sheet.footer, "start", CHROME.quiet);
  text(right, bottom, number, "end", CHROME.quiet);
}

function drawTable(page: PdfPage, { x, y, part }: NonNullable<Sheet["table"]>): void {
  const { pdf, variant } = page;
  pdf.save().translate(x * PT_PER_MM, y * PT_PER_MM);
  for (const rule of part.rules) {
    pdf.lineWidth(0.4).moveTo(0, rule).lineTo(part.width, rule).stroke(CHROME.edge[variant]);
  }
  for (const text of part.texts) page.write({ ...text, size: TABLE_PT, colour: CHROME.ink[variant] });
  pdf.restore();
}
