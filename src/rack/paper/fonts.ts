import { createRequire } from "node:module";
import type { Weight } from "../drawing/text-width.js";

// The same drawing on every machine: the fonts come along, and only the glyphs that are used go into the file.
const { resolve } = createRequire(import.meta.url);

export const FONT_FILES = {
  latin: {
    regular: resolve("@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf"),
    bold: resolve("@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf"),
  },
  cjk: {
    regular: resolve("@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf"),
    bold: resolve("@expo-google-fonts/noto-sans-jp/600SemiBold/NotoSansJP_600SemiBold.ttf"),
  },
} as const satisfies Record<string, Record<Weight, string>>;

export type FontName = keyof typeof FONT_FILES;

// What Noto Sans is made for. Noto Sans JP has ideographs, kana and many signs besides.
const IN_NOTO_SANS =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Mn}\u0020-\u007e\u00a0-\u00bf\u00d7\u00f7\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\ufffd]/u;

/** Pieces of `text` in the font that has their characters. */
export function fontRuns(text: string): { readonly font: FontName; readonly text: string }[] {
  const runs: { font: FontName; text: string }[] = [];
  for (const character of text) {
    const font = IN_NOTO_SANS.test(character) ? "latin" : "cjk";
    const last = runs.at(-1);
    if (last?.font === font) last.text += character;
    else runs.push({ font, text: character });
  }
  return runs;
}
