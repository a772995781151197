import { paletteOf } from "../../../src/rack/drawing/looks/color-by.js";
import type { DrawOptions } from "../../../src/rack/drawing/draw-options.js";
import type { RackElevation } from "../../../src/rack/drawing/elevation.js";
import { frameOf } from "../../../src/rack/drawing/scene/frame.js";
import { round2 } from "../../../src/rack/drawing/scene/measures.js";
import { inRowOrder } from "../../../src/rack/drawing/row-order.js";
import { stripeStyle } from "../../../src/rack/drawing/scene/panel.js";
import { rackPicture } from "../../../src/rack/drawing/scene/rack.js";
import type { Scene } from "../../../src/rack/drawing/scene/shapes.js";

/** What drawRacks() draws, as shapes instead of text. */
export function rackScene(elevations: readonly RackElevation[], options: DrawOptions): Scene {
  const racks = inRowOrder(elevations, options.face);
  const style = { palette: paletteOf(racks, options.colorBy), stripes: stripeStyle(options.theme) };
  const pictures = racks.map((rack) => rackPicture(rack, options.face, style));
  const { backdrop, racks: places, legend, ...frame } = frameOf(racks, pictures, options, style);
  const groups = pictures.flatMap((picture, i) => {
    const { x = 0, y = 0 } = places[i] ?? {};
    return picture.groups.map((group) => ({ ...group, x: round2(x + group.x), y: round2(y + group.y) }));
  });
  return { ...frame, groups: [backdrop, ...groups, legend].filter(({ shapes }) => shapes.length > 0) };
}
