import { drawableText } from "./drawable-text.js";
import { type DrawnFace, viewedFaces } from "./draw-options.js";
import { type ElevationLayout, type RackElevation, layOutElevation } from "./elevation.js";
import { CABINET_PX, MARGIN_PX, RACK_GAP_PX, round2 } from "./measures.js";
import { legend, statusCounts } from "./scene-legend.js";
import { rackHeightPx, rackShapes } from "./scene-rack.js";
import { locationLabel } from "./scene-title.js";
import type { Scene, Shape } from "./shapes.js";
import { statusLabel } from "./shelf-status.js";

const FLOOR_OVERHANG_PX = 14;
const LEGEND_DOWN_PX = 24;

/** Racks side by side, standing on one floor, as one sees them from their front or their rear. */
export function rackScene(elevations: readonly RackElevation[], face: DrawnFace): Scene {
  const layouts = elevations.flatMap((elevation) => viewedFaces(face).map((each) => layOutElevation(elevation, each)));
  const count = Math.max(1, layouts.length);
  const racksPx = count * CABINET_PX + (count - 1) * RACK_GAP_PX;
  const floor = MARGIN_PX + Math.ceil(Math.max(0, ...layouts.map(rackHeightPx)));
  const { shapes: legendShapes, height: legendPx } = legend(layouts, MARGIN_PX, floor + LEGEND_DOWN_PX, racksPx);
  const width = round2(racksPx + 2 * MARGIN_PX);
  const height = floor + LEGEND_DOWN_PX + legendPx + (legendPx > 0 ? MARGIN_PX - 8 : 0);
  const ground = `M${MARGIN_PX - FLOOR_OVERHANG_PX} ${floor}h${round2(racksPx + 2 * FLOOR_OVERHANG_PX)}`;
  const backdrop: Shape[] = [
    { kind: "box", role: "paper", x: 0, y: 0, width, height },
    { kind: "path", role: "floor", d: ground },
  ];
  return {
    key: keyOf(elevations, face),
    width,
    height,
    title: titleOf(layouts, face),
    description: layouts.length === 0 ? "There is no rack to draw." : layouts.map(spokenSummary).join(" "),
    groups: [
      { shapes: backdrop },
      ...layouts.map((layout, i) => ({
        shapes: rackShapes(layout, round2(MARGIN_PX + i * (CABINET_PX + RACK_GAP_PX)), floor),
      })),
      { shapes: legendShapes },
    ].filter(({ shapes }) => shapes.length > 0),
    statuses: [...statusCounts(layouts).keys()],
    hasTrouble: layouts.some(
      ({ standing, misplaced }) => misplaced.length > 0 || standing.some(({ troubles }) => troubles.length > 0),
    ),
  };
}

/**
 * A prefix for ids: other drawings may stand on the same page, and the same drawing must come out the same tomorrow.
 * FNV-1a, 32 bits, of the racks' names and the face. Not a secret, and no name can break out of it.
 */
function keyOf(elevations: readonly RackElevation[], face: DrawnFace): string {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(JSON.stringify([face, ...elevations.map(({ name }) => name)]))) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return `r${hash.toString(36)}`;
}

function titleOf(layouts: readonly ElevationLayout[], face: DrawnFace): string {
  const names = layouts.map(({ rack }) => drawableText(rack.name));
  if (names.length === 0) return "No racks";
  const side = face === "BOTH" ? "front and rear" : face.toLowerCase();
  return names.length === 1 ? `Rack ${names[0]}, ${side}` : `Racks ${names.join(", ")}, ${side}`;
}

/** "Rack A07 in Tokyo-1, room 3: 42 units, 40 used, 2 free, largest gap 2. 38 machines: 37 installed, 1 failed." */
function spokenSummary(layout: ElevationLayout): string {
  const { rack, totals } = layout;
  const place = locationLabel(rack.location).replaceAll(" · ", ", ");
  const where = place === "" ? "" : ` in ${place}`;
  const room = `${rack.heightU} units, ${totals.usedU} used, ${totals.freeU} free, largest gap ${totals.largestGapU}`;
  const counts = [...statusCounts([layout])];
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const machines = counts.map(([status, count]) => `${count} ${statusLabel(status).toLowerCase()}`).join(", ");
  const standing = total === 0 ? "It is empty." : `${total} ${total === 1 ? "machine" : "machines"}: ${machines}.`;
  return `Rack ${drawableText(rack.name)}${where}: ${room}. ${standing}`;
}
