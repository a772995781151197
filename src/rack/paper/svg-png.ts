import { Resvg, type ResvgRenderOptions } from "@resvg/resvg-js";
import { type FontName, fontRuns, FONTS, hasLetters } from "./fonts.js";

/** `svg` as pixels, `zoom` to each px, with the fonts that come along: the same on every machine. */
export function svgPng(svg: string, zoom: number): Buffer {
  const needed = new Set<FontName>(["latin"]);
  const inFonts = svg.replace(/(?<=<text[^>]*>)[^<]*(?=<\/text>)/g, (text) => {
    const fonts = fontRuns(text).map(({ font }) => font);
    for (const font of fonts) needed.add(font);
    const font = fonts.find((each) => each !== "latin");
    // All of the text, since resvg shapes it as one, and what it finds by itself is not bold. Each font has Latin letters.
    if (font === undefined || !hasLetters(font, text)) return text;
    return `<tspan font-family="${FONTS[font].family}">${ofOneGlyphEach(text)}</tspan>`;
  });
  const options: ResvgRenderOptions = {
    fitTo: { mode: "zoom", value: zoom },
    font: {
      loadSystemFonts: false,
      // Reading the ideographs takes twice as long as drawing a rack.
      fontFiles: [...needed].flatMap((font) => Object.values(FONTS[font].files)),
      defaultFontFamily: FONTS.latin.family,
      sansSerifFamily: FONTS.latin.family,
    },
    logLevel: "off",
  };
  return new Resvg(inFonts, options).render().asPng();
}

/**
 * Thai's SARA AM (U+0E33) is two glyphs, the second of which resvg puts into the next letter. The first stands below the marks
 * of tone that were written before.
 */
function ofOneGlyphEach(text: string): string {
  return text.replace(/([\u0e47-\u0e4e]*)\u0e33/g, "\u0e4d$1\u0e32");
}
