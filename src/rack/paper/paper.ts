import { InvalidInput } from "../../errors.js";
import { UNIT_PX } from "../drawing/scene/measures.js";

export const PAPERS = ["A4", "A3", "LETTER"] as const;
export type Paper = (typeof PAPERS)[number];

/** How racks go onto paper; null leaves it to what fits. */
export interface PaperOptions {
  readonly paper: Paper;
  /** 10 for 1:10. */
  readonly scale: number | null;
  readonly racksPerPage: number | null;
}

export interface SizeMm {
  readonly width: number;
  readonly height: number;
}

/** ISO 216 and ANSI, upright. */
const SIZES: Readonly<Record<Paper, SizeMm>> = {
  A4: { width: 210, height: 297 },
  A3: { width: 297, height: 420 },
  LETTER: { width: 215.9, height: 279.4 },
};

/** Most printers cannot reach the outer 5 mm; the floor of a rack may go a little beyond this. */
export const MARGIN_MM = 10;
const HEADER_MM = 9;
const FOOTER_MM = 6;
const BESIDE_GAP_MM = 6;
/** A table needs this much beside its rack. */
const LEAST_TABLE_MM = 80;
/** And a head and some rows of it stand between title and legend. */
export const LEAST_TABLE_HEIGHT_MM = 25;
export const GAP_MM = 4;

/** Scales people have rulers for, and some between. */
const SCALES = [5, 7.5, 8, 9, 10, 11, 12, 12.5, 15, 20, 25, 30, 40, 50, 75, 100];

/** What has to find room: everything in px of the drawing. */
export interface PaperNeeds {
  /** Of the widest rack, with both faces where both are drawn. */
  readonly rackWidth: number;
  readonly rackGap: number;
  /** Of the tallest rack from the floor up, without and with its title. */
  readonly cabinetHeight: number;
  readonly titledHeight: number;
  /** Of the legend below the floor when it is `width` wide. */
  readonly legendHeight: (width: number) => number;
}

export interface PaperPlan {
  /** As it is held. */
  readonly page: SizeMm;
  readonly scale: number;
  readonly mmPerPx: number;
  readonly racksPerPage: number;
  /** The table stands beside its rack, with the rack's title and the legend. Else they are above and below. */
  readonly beside: boolean;
}

/** 24 px of a drawing are a unit of 44.45 mm. */
export function mmPerPx(scale: number): number {
  return 44.45 / UNIT_PX / scale;
}

/** The room between header and footer. */
export function bodyOf(page: SizeMm): SizeMm & { readonly x: number; readonly y: number } {
  return {
    x: MARGIN_MM,
    y: MARGIN_MM + HEADER_MM,
    width: page.width - 2 * MARGIN_MM,
    height: page.height - 2 * MARGIN_MM - HEADER_MM - FOOTER_MM,
  };
}

/** Left edge and width in mm of what stands beside a rack. */
export function besideRack({ page, mmPerPx: k }: PaperPlan, rackWidth: number): { x: number; width: number } {
  const body = bodyOf(page);
  const x = body.x + rackWidth * k + BESIDE_GAP_MM;
  return { x, width: body.x + body.width - x };
}

/**
 * The largest scale, or the most racks, that the paper has room for; upright unless only lying fits.
 *
 * @throws InvalidInput with what would fit
 */
export function planPaper(needs: PaperNeeds, racks: number, options: PaperOptions): PaperPlan {
  const { paper, scale, racksPerPage } = options;
  const count = racksPerPage ?? (racks === 1 ? 1 : null);
  const plan =
    count === null
      ? mostRacks(needs, racks, paper, scale === null ? SCALES.filter((each) => each >= 10) : [scale])
      : largestScale(needs, paper, count, scale === null ? SCALES : [scale]);
  if (plan !== undefined) return plan;
  const one = count === null || count === 1;
  const wanted = `${one ? "a rack" : `${count} racks`} at 1:${scale ?? SCALES.at(-1)} ${one ? "does" : "do"} not fit`;
  const fitting = largestScale(needs, paper, count ?? 1, SCALES);
  const advice = fitting === undefined ? "ask for fewer racks on a page" : `1:${fitting.scale} would`;
  throw new InvalidInput(`${wanted} on ${paper}; ${advice}`, [scale === null ? "racksPerPage" : "scale"]);
}

function largestScale(
  needs: PaperNeeds,
  paper: Paper,
  count: number,
  scales: readonly number[],
): PaperPlan | undefined {
  for (const beside of count === 1 ? [true, false] : [false]) {
    for (const scale of scales) {
      const plan = pagesOf(paper)
        .map((page): PaperPlan => ({ page, scale, mmPerPx: mmPerPx(scale), racksPerPage: count, beside }))
        .find((each) => fits(needs, each));
      if (plan !== undefined) return plan;
    }
  }
  return undefined;
}

function mostRacks(needs: PaperNeeds, racks: number, paper: Paper, scales: readonly number[]): PaperPlan | undefined {
  for (const scale of scales) {
    const plans = pagesOf(paper).flatMap((page) =>
      Array.from({ length: Math.min(racks, MOST_RACKS) }, (_, i): PaperPlan => {
        return { page, scale, mmPerPx: mmPerPx(scale), racksPerPage: i + 1, beside: false };
      }).filter((each) => fits(needs, each)),
    );
    const [best] = plans.toSorted((a, b) => b.racksPerPage - a.racksPerPage);
    if (best !== undefined) return best;
  }
  return undefined;
}

/** On one page. At 1:100 fifty racks stand on A3. */
export const MOST_RACKS = 50;

function pagesOf(paper: Paper): readonly SizeMm[] {
  const { width, height } = SIZES[paper];
  return [
    { width, height },
    { width: height, height: width },
  ];
}

function fits(needs: PaperNeeds, plan: PaperPlan): boolean {
  const body = bodyOf(plan.page);
  if (plan.beside) {
    const { width } = besideRack(plan, needs.rackWidth);
    if (width < LEAST_TABLE_MM) return false;
    const titleAndLegend = needs.titledHeight - needs.cabinetHeight + needs.legendHeight(width / plan.mmPerPx);
    const aside = titleAndLegend * plan.mmPerPx + 2 * GAP_MM + LEAST_TABLE_HEIGHT_MM;
    return Math.max(needs.cabinetHeight * plan.mmPerPx, aside) <= body.height;
  }
  const width = plan.racksPerPage * needs.rackWidth + (plan.racksPerPage - 1) * needs.rackGap;
  const height = needs.titledHeight + needs.legendHeight(body.width / plan.mmPerPx);
  return width * plan.mmPerPx <= body.width && height * plan.mmPerPx <= body.height;
}
