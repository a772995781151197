import { paletteOf } from "../drawing/looks/color-by.js";
import { type DrawnFace, type DrawOptions, viewedFaces } from "../drawing/draw-options.js";
import { drawableText } from "../drawing/text/drawable-text.js";
import type { RackElevation } from "../drawing/elevation.js";
import { layOutElevation } from "../drawing/layout.js";
import { locationLabel } from "../drawing/text/location-label.js";
import { RACK_GAP_PX } from "../drawing/scene/measures.js";
import { inRowOrder } from "../drawing/row-order.js";
import { stripeStyle } from "../drawing/scene/panel.js";
import { legend } from "../drawing/scene/legend.js";
import { rackPicture, sidesLabel } from "../drawing/scene/rack.js";
import type { ShelfStyle } from "../drawing/scene/shelves.js";
import { titleBlock, titleBlockHeight } from "../drawing/scene/title.js";
import type { Group } from "../drawing/scene/shapes.js";
import { merged } from "../drawing/tally.js";
import { paperTable } from "../table/table-columns.js";
import { rackTable } from "../table/rack-table.js";
import {
  besideRack,
  bodyOf,
  GAP_MM,
  LEAST_TABLE_HEIGHT_MM,
  type PaperNeeds,
  type PaperOptions,
  type PaperPlan,
  planPaper,
} from "./paper.js";
import { type TablePart, tableParts } from "./paper-table.js";
import { PT_PER_MM } from "./pdf-page.js";

/** One page: groups whose corners are in mm and whose shapes are in px, and a part of a table. */
export interface Sheet {
  readonly racks: readonly RackElevation[];
  /** Site, room and row, which all of its racks share. */
  readonly heading: string;
  readonly footer: string;
  readonly groups: readonly Group[];
  readonly table?: { readonly x: number; readonly y: number; readonly part: TablePart };
}

const FLOOR_OVERHANG_PX = 14;
const LEGEND_DOWN_PX = 22;

interface Drawn {
  readonly face: DrawnFace;
  readonly style: ShelfStyle;
  readonly plan: PaperPlan;
  readonly needs: PaperNeeds;
}

/** @throws InvalidInput when the racks do not fit as they were asked for */
export function sheetsOf(
  elevations: readonly RackElevation[],
  { face, colorBy, theme }: DrawOptions,
  options: PaperOptions,
): { readonly plan: PaperPlan; readonly sheets: readonly Sheet[] } {
  const racks = inRowOrder(elevations, face);
  const style = { palette: paletteOf(racks, colorBy), stripes: stripeStyle(theme) };
  const needs = needsOf(racks, face, style);
  const plan = planPaper(needs, racks.length, options);
  const drawn: Drawn = { face, style, plan, needs };
  const sheets = rowsOf(racks).flatMap((row) =>
    plan.racksPerPage === 1
      ? row.flatMap((rack) => (plan.beside ? sheetsBeside(rack, drawn) : sheetsApart(rack, drawn)))
      : chunks(row, plan.racksPerPage).map((some) => rowSheet(some, drawn)),
  );
  return { plan, sheets };
}

function needsOf(racks: readonly RackElevation[], face: DrawnFace, style: ShelfStyle): PaperNeeds {
  const titled = racks.map((rack) => rackPicture(rack, face, style));
  const bare = racks.map((rack) => rackPicture(rack, face, style, { titled: false }));
  const tally = merged(titled.flatMap((picture) => picture.tally));
  return {
    rackWidth: Math.max(...titled.map(({ width }) => width)),
    rackGap: RACK_GAP_PX,
    cabinetHeight: Math.max(...bare.map(({ height }) => height)),
    titledHeight: Math.max(...titled.map(({ height }) => height)),
    legendHeight: (width) => LEGEND_DOWN_PX + legend(tally, style.palette, style.stripes, width).height,
  };
}

/** Racks that stand in one row; a page never mixes two. */
function rowsOf(racks: readonly RackElevation[]): RackElevation[][] {
  const rows = new Map<string, RackElevation[]>();
  for (const rack of racks) {
    const row = headingOf(rack);
    rows.set(row, [...(rows.get(row) ?? []), rack]);
  }
  return [...rows.values()];
}

function headingOf({ location }: RackElevation): string {
  return locationLabel({ ...location, position: null });
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
}

function sheet(racks: readonly RackElevation[], rest: Pick<Sheet, "groups" | "table">): Sheet {
  const names = racks.map(({ name }) => drawableText(name));
  const [first] = racks;
  return {
    racks,
    heading: first === undefined ? "" : headingOf(first),
    footer: `${names.length === 1 ? "Rack" : "Racks"} ${names.join(", ")}`,
    ...rest,
  };
}

/** Racks side by side on one floor, with their titles above and the legend below. */
function rowSheet(racks: readonly RackElevation[], { face, style, plan, needs }: Drawn): Sheet {
  const { mmPerPx: k } = plan;
  const body = bodyOf(plan.page);
  const pictures = racks.map((rack) => rackPicture(rack, face, style));
  const width = pictures.reduce((sum, picture) => sum + picture.width + RACK_GAP_PX, -RACK_GAP_PX);
  const floor = body.y + needs.titledHeight * k;
  let x = body.x + (body.width - width * k) / 2;
  const groups: Group[] = [floorLine(x, floor, width)];
  for (const picture of pictures) {
    groups.push(...picture.groups.map((group) => ({ ...group, x: x + group.x * k, y: floor + group.y * k })));
    x += (picture.width + RACK_GAP_PX) * k;
  }
  const keys = legend(merged(pictures.flatMap(({ tally }) => tally)), style.palette, style.stripes, body.width / k);
  groups.push({ x: body.x, y: floor + LEGEND_DOWN_PX * k, shapes: keys.shapes });
  return sheet(racks, { groups });
}

function floorLine(x: number, y: number, width: number): Group {
  const d = `M${-FLOOR_OVERHANG_PX} 0h${width + 2 * FLOOR_OVERHANG_PX}`;
  return { x, y, shapes: [{ kind: "path", role: "floor", d }] };
}

/** One rack at the left; its title, the table of what stands in it, and the legend at the right. */
function sheetsBeside(rack: RackElevation, { face, style, plan, needs }: Drawn): Sheet[] {
  const { mmPerPx: k } = plan;
  const body = bodyOf(plan.page);
  const picture = rackPicture(rack, face, style, { titled: false });
  const floor = body.y + needs.cabinetHeight * k;
  const side = besideRack(plan, needs.rackWidth);
  const [viewed = "FRONT"] = viewedFaces(face);
  const layout = layOutElevation(rack, viewed);
  const titleHeight = titleBlockHeight(layout);
  const keys = legend(picture.tally, style.palette, style.stripes, side.width / k);
  const tableY = body.y + titleHeight * k + GAP_MM;
  // Beside a low rack title, table and legend need more height than the rack has.
  const legendY = Math.max(floor - keys.height * k, tableY + LEAST_TABLE_HEIGHT_MM + GAP_MM);
  const parts = tableParts(paperTable(rackTable(rack, face)), side.width * PT_PER_MM, {
    first: (legendY - GAP_MM - tableY) * PT_PER_MM,
    next: body.height * PT_PER_MM,
  });
  const groups: Group[] = [
    floorLine(body.x, floor, picture.width),
    ...picture.groups.map((group) => ({ ...group, x: body.x + group.x * k, y: floor + group.y * k })),
    { x: side.x, y: body.y, shapes: titleBlock(layout, sidesLabel(face), 0, titleHeight, side.width / k) },
    { x: side.x, y: legendY, shapes: keys.shapes },
  ];
  const [first, ...more] = parts;
  return [
    sheet([rack], { groups, ...(first === undefined ? {} : { table: { x: side.x, y: tableY, part: first } }) }),
    ...more.map((part) => tableSheet(rack, plan, part)),
  ];
}

/** One rack too wide for a table beside it: the table follows. */
function sheetsApart(rack: RackElevation, drawn: Drawn): Sheet[] {
  const body = bodyOf(drawn.plan.page);
  const height = body.height * PT_PER_MM;
  const parts = tableParts(paperTable(rackTable(rack, drawn.face)), body.width * PT_PER_MM, {
    first: height,
    next: height,
  });
  return [rowSheet([rack], drawn), ...parts.map((part) => tableSheet(rack, drawn.plan, part))];
}

function tableSheet(rack: RackElevation, plan: PaperPlan, part: TablePart): Sheet {
  const { x, y } = bodyOf(plan.page);
  return { ...sheet([rack], { groups: [], table: { x, y, part } }), racks: [] };
}
