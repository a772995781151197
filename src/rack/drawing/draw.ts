import type { DrawOptions } from "./draw-options.js";
import type { RackElevation } from "./elevation.js";
import { rackScene } from "./scene.js";
import { sceneSvg } from "./scene-svg.js";
import type { SvgJs } from "./svg-pen.js";

/** An SVG document of these racks, side by side on one floor. @throws InvalidInput for a height that no rack has */
export async function drawRacks(elevations: readonly RackElevation[], options: DrawOptions): Promise<string> {
  return sceneSvg(rackScene(elevations, options), options.theme, await svgJs());
}

let loaded: Promise<SvgJs> | undefined;

/** 0.02 s that a server which draws nothing need not pay. */
export function svgJs(): Promise<SvgJs> {
  return (loaded ??= import("@svgdotjs/svg.js"));
}
