import type { DrawOptions } from "./draw-options.js";
import type { RackElevation } from "./elevation.js";
import { rackScene } from "./scene.js";
import { sceneSvg, type SvgLibrary } from "./scene-svg.js";

/** An SVG document of these racks, side by side on one floor. @throws InvalidInput for a height that no rack has */
export async function drawRacks(elevations: readonly RackElevation[], options: DrawOptions): Promise<string> {
  const scene = rackScene(elevations, options.face);
  return sceneSvg(scene, options.theme, await svgLibrary());
}

let loaded: Promise<SvgLibrary> | undefined;

/** svgdom brings a font engine: 0.15 s and 35 MB that a server which draws nothing need not pay. */
export function svgLibrary(): Promise<SvgLibrary> {
  loaded ??= Promise.all([import("@svgdotjs/svg.js"), import("svgdom")]).then(([svgJs, svgDom]) => ({ svgJs, svgDom }));
  return loaded;
}
