import { type ElevationLayout, type ShelfView, unitNumbers, unitsLabel } from "./elevation.js";
import { CABINET_PX, CLEARANCE_PX, FOOT_PX, PANEL_PX, PLATE_PX, RAIL_PX, round2, UNIT_PX } from "./measures.js";
import { drawableText } from "./drawable-text.js";
import { titleBlock, titleBlockHeight } from "./scene-title.js";
import { panelShapes } from "./scene-panel.js";
import type { Panel, Shape, TextColumn } from "./shapes.js";
import { statusLabel } from "./shelf-status.js";
import { TEXT_STYLES } from "./theme.js";

const HALF_PX = UNIT_PX / 2;

/** From the top of its title to the floor. */
export function rackHeightPx(layout: ElevationLayout): number {
  return titleBlockHeight(layout) + roofPx(layout) + cabinetPx(layout) + FOOT_PX;
}

function cabinetPx({ rack }: ElevationLayout): number {
  return rack.heightU * UNIT_PX + 2 * PLATE_PX;
}

/** Shelves without a place in the rack lie on its roof, a unit each. */
function roofPx({ misplaced }: ElevationLayout): number {
  return misplaced.length * UNIT_PX;
}

/** A rack whose left edge is at `x` and whose feet stand on `floor`. */
export function rackShapes(layout: ElevationLayout, x: number, floor: number): Shape[] {
  const top = floor - FOOT_PX - cabinetPx(layout);
  const bay = { x: x + RAIL_PX, y: top + PLATE_PX, height: layout.rack.heightU * UNIT_PX };
  return [
    ...titleBlock(layout, x, top - roofPx(layout)),
    { kind: "path", role: "feet", d: feet(x, floor) },
    { kind: "box", role: "cabinet", x, y: top, width: CABINET_PX, height: cabinetPx(layout), radius: 3 },
    { kind: "box", role: "bay", x: bay.x, y: bay.y, width: PANEL_PX, height: bay.height },
    { kind: "path", role: "hole", d: holes(bay.x, bay.y, bay.height) },
    { kind: "path", role: "slot", d: slotLines(bay.x, bay.y, layout.rack.heightU) },
    unitNumberColumn(layout, x, bay.y),
    unitNumberColumn(layout, x + CABINET_PX - RAIL_PX, bay.y),
    ...layout.misplaced.map(({ shelf, trouble }, i) =>
      panel(layout, shelf, { x: bay.x, y: top - roofPx(layout) + i * UNIT_PX, width: PANEL_PX, height: UNIT_PX }, [
        trouble,
      ]),
    ),
    ...standingPanels(layout, bay.x, bay.y),
  ];
}

function standingPanels(layout: ElevationLayout, bayX: number, bayY: number): Panel[] {
  return layout.standing.map(({ shelf, fromTop, heightHalfU, lane, lanes, troubles }) => {
    // Side by side, neighbours keep the clearance that they keep above each other.
    const left = (PANEL_PX * (lane - 1)) / lanes + (lane > 1 ? CLEARANCE_PX / 2 : 0);
    const right = (PANEL_PX * lane) / lanes - (lane < lanes ? CLEARANCE_PX / 2 : 0);
    const [y, height] = [bayY + fromTop * HALF_PX, heightHalfU * HALF_PX];
    return panel(layout, shelf, { x: bayX + left, y, width: right - left, height }, troubles);
  });
}

interface Space {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function panel(layout: ElevationLayout, shelf: ShelfView, space: Space, troubles: readonly string[]): Panel {
  const width = round2(space.width);
  const height = space.height - CLEARANCE_PX;
  const status = shelf.status ?? "READY";
  const label = {
    status,
    title: drawableText(shelf.title),
    subtitle: drawableText(shelf.subtitle),
    hatched: troubles.length > 0,
  };
  return {
    kind: "panel",
    x: round2(space.x),
    y: round2(space.y + CLEARANCE_PX / 2),
    width,
    height,
    status,
    tooltip: tooltip(layout, shelf, troubles),
    ...(shelf.href == null ? {} : { href: shelf.href }),
    shapes: panelShapes(width, height, label),
  };
}

function tooltip({ rack }: ElevationLayout, shelf: ShelfView, troubles: readonly string[]): string {
  const status = shelf.status === null ? "" : ` · ${statusLabel(shelf.status)}`;
  const where = unitsLabel(rack, shelf.place) + status;
  return [shelf.title, shelf.subtitle, where, ...shelf.tooltip, ...troubles]
    .map((line) => drawableText(line))
    .filter((line) => line !== "")
    .join("\n");
}

function feet(x: number, floor: number): string {
  const foot = (at: number) => `M${round2(at)} ${floor - FOOT_PX}h26v${FOOT_PX}h-26z`;
  return foot(x + 14) + foot(x + CABINET_PX - 40);
}

/** A line between every two units, also where nothing stands: one sees the room without counting. */
function slotLines(x: number, y: number, heightU: number): string {
  return Array.from({ length: Math.ceil(heightU) - 1 }, (_, i) => `M${x} ${y + (i + 1) * UNIT_PX}h${PANEL_PX}`).join(
    "",
  );
}

/**
 * The two columns of square holes, 465.1 mm apart, three to a unit: 6.35, 22.225 and 38.1 mm above its lower edge, as
 * EIA-310 spaces them (15.875, 15.875 and 12.7 mm). Lines, of which the dashes in theme-css.ts leave the holes.
 */
function holes(x: number, y: number, height: number): string {
  const inset = ((482.6 - 465.1) / 2 / 44.45) * UNIT_PX;
  const column = (at: number) => `M${round2(at)} ${y}v${height}`;
  return column(x + inset) + column(x + PANEL_PX - inset);
}

/** Right-aligned; a column as wide as two digits stands in the middle of its rail. */
function unitNumberColumn(layout: ElevationLayout, railX: number, bayY: number): TextColumn {
  const { px } = TEXT_STYLES.number;
  const numbers = unitNumbers(layout.rack);
  const widest = Math.max(2, ...numbers.map(({ number }) => String(number).length));
  // A digit is 0.56 to 0.64 em wide in the five fonts.
  return {
    kind: "column",
    role: "number",
    x: round2(railX + (RAIL_PX + widest * 0.58 * px) / 2),
    y: round2(bayY + UNIT_PX / 2 + 0.36 * px),
    texts: numbers.map(({ number, fromTop }) => ({ y: fromTop * HALF_PX, text: String(number) })),
  };
}
