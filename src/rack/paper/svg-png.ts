import { Resvg, type ResvgRenderOptions } from "@resvg/resvg-js";
import { FONT_FILES, fontRuns } from "./fonts.js";

/** `svg` as pixels, `zoom` to each px, with the fonts that come along: the same on every machine. */
export function svgPng(svg: string, zoom: number): Buffer {
  // Reading the ideographs takes twice as long as drawing a rack.
  const needed = fontRuns(svg).some(({ font }) => font === "cjk") ? FONT_FILES : { latin: FONT_FILES.latin };
  const options: ResvgRenderOptions = {
    fitTo: { mode: "zoom", value: zoom },
    font: {
      loadSystemFonts: false,
      fontFiles: Object.values(needed).flatMap((weights) => Object.values(weights)),
      defaultFontFamily: "Noto Sans",
      sansSerifFamily: "Noto Sans",
    },
    logLevel: "off",
  };
  return new Resvg(svg, options).render().asPng();
}
