import { classicElevations } from "./classic-elevation.js";
import { paletteOf } from "./color-by.js";
import type { DrawOptions, Theme } from "./draw-options.js";
import type { RackElevation } from "./elevation.js";
import { frameOf } from "./frame.js";
import { round2 } from "./measures.js";
import { inRowOrder } from "./row-order.js";
import type { StripeStyle } from "./scene-panel.js";
import { rackPicture } from "./scene-rack.js";
import type { Scene } from "./shapes.js";

export function stripeStyle(theme: Theme): StripeStyle {
  return theme === "print" ? "drawn" : "filled";
}

/** Racks side by side, standing on one floor, as one sees them from their front, their rear or both. @throws InvalidInput for a height that no rack has */
export function rackScene(elevations: readonly RackElevation[], options: DrawOptions): Scene {
  const racks = inRowOrder(elevations, options.face);
  if (options.theme === "classic") return classicElevations(racks, options);
  const style = { palette: paletteOf(racks, options.colorBy), stripes: stripeStyle(options.theme) };
  const pictures = racks.map((rack) => rackPicture(rack, options.face, style));
  const { backdrop, racks: places, legend, ...frame } = frameOf(racks, pictures, options, style);
  const groups = pictures.flatMap((picture, i) => {
    const { x = 0, y = 0 } = places[i] ?? {};
    return picture.groups.map((group) => ({ ...group, x: round2(x + group.x), y: round2(y + group.y) }));
  });
  return { ...frame, groups: [backdrop, ...groups, legend].filter(({ shapes }) => shapes.length > 0) };
}
