import type { RackElevation } from "../elevation.js";
import { FOOT_PX, PANEL_PX, PLATE_PX, RAIL_PX, round2, STRIP_PX, UNIT_PX } from "./measures.js";
import type { Shape, TextColumn } from "./shapes.js";
import { TEXT_STYLES } from "../looks/theme.js";
import { unitNumbers } from "../unit-labels.js";

/** How far the cabinet reaches to the left and to the right of the room for panels. */
export function sidePx(rack: RackElevation): number {
  return RAIL_PX + (hasStrips(rack) ? STRIP_PX + 4 : 0);
}

function hasStrips(rack: RackElevation): boolean {
  return rack.shelves.some(({ place }) => place.strip != null);
}

export function cabinetPx(rack: RackElevation): number {
  return rack.heightU * UNIT_PX + 2 * PLATE_PX;
}

/** An empty rack, counted from the upper left corner of the room for panels. */
export function cabinetShapes(rack: RackElevation): Shape[] {
  const height = rack.heightU * UNIT_PX;
  const side = sidePx(rack);
  const width = round2(PANEL_PX + 2 * side);
  const strip = { kind: "box", role: "bay", y: 0, width: STRIP_PX, height } as const;
  return [
    { kind: "path", role: "feet", d: feet(-side, PANEL_PX + side, height + PLATE_PX) },
    { kind: "box", role: "cabinet", x: -side, y: -PLATE_PX, width, height: cabinetPx(rack), radius: 3 },
    { kind: "box", role: "bay", x: 0, y: 0, width: PANEL_PX, height },
    ...(hasStrips(rack)
      ? [
          { ...strip, x: -RAIL_PX - STRIP_PX },
          { ...strip, x: round2(PANEL_PX + RAIL_PX) },
        ]
      : []),
    { kind: "path", role: "hole", d: holes(height) },
    ...(rack.heightU > 1 ? [{ kind: "path" as const, role: "slot" as const, d: slotLines(rack) }] : []),
    unitNumberColumn(rack, -RAIL_PX),
    unitNumberColumn(rack, PANEL_PX),
  ];
}

function feet(left: number, right: number, y: number): string {
  const foot = (x: number) => `M${round2(x)} ${y}h26v${FOOT_PX}h-26z`;
  return foot(left + 14) + foot(right - 40);
}

/**
 * A line between every two units, also where nothing stands: one sees the room without counting. In the file it is one
 * line down the middle, as wide as a panel, of which the dashes in theme-css.ts leave a pixel each unit.
 */
function slotLines(rack: RackElevation): string {
  const first = (unitNumbers(rack)[0]?.fromTop ?? 0) === 0 ? UNIT_PX : (rack.heightU % 1) * UNIT_PX;
  const count = Math.ceil(rack.heightU) - 1;
  return `M${round2(PANEL_PX / 2)} ${first - 0.5}v${(count - 1) * UNIT_PX + 1}`;
}

/**
 * The two columns of square holes, 465.1 mm apart, three to a unit: 6.35, 22.225 and 38.1 mm above its lower edge, as
 * EIA-310 spaces them (15.875, 15.875 and 12.7 mm). Lines, of which the dashes in theme-css.ts leave the holes.
 */
function holes(height: number): string {
  const inset = ((482.6 - 465.1) / 2 / 44.45) * UNIT_PX;
  const column = (at: number) => `M${round2(at)} 0v${height}`;
  return column(inset) + column(PANEL_PX - inset);
}

/** Right-aligned; a column as wide as two digits stands in the middle of its rail. */
function unitNumberColumn(rack: RackElevation, railX: number): TextColumn {
  const { px } = TEXT_STYLES.number;
  const numbers = unitNumbers(rack);
  const widest = Math.max(2, ...numbers.map(({ number }) => String(number).length));
  // A digit is 0.56 to 0.64 em wide in the five fonts.
  return {
    kind: "column",
    role: "number",
    x: round2(railX + (RAIL_PX + widest * 0.58 * px) / 2),
    y: round2(UNIT_PX / 2 + 0.36 * px),
    texts: numbers.map(({ number, fromTop }) => ({ y: (fromTop * UNIT_PX) / 2, text: String(number) })),
  };
}
