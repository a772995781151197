import { createRequire } from "node:module";
import { openSync, type Font } from "fontkit";
import type { Weight } from "../drawing/text/text-width.js";

// The same drawing on every machine: the fonts come along, and only the glyphs that are used go into the file.
const { resolve } = createRequire(import.meta.url);

export type FontName = "latin" | "japanese" | "chinese" | "korean" | "thai" | "hebrew" | "arabic";

interface FontFamily {
  readonly family: string;
  readonly files: Readonly<Record<Weight, string>>;
}

export const FONTS: Readonly<Record<FontName, FontFamily>> = {
  latin: noto(""),
  japanese: noto("JP"),
  chinese: noto("SC"),
  korean: noto("KR"),
  thai: noto("Thai"),
  hebrew: noto("Hebrew"),
  arabic: noto("Arabic"),
};

function noto(part: string): FontFamily {
  const path = `@expo-google-fonts/noto-sans${part === "" ? "" : `-${part.toLowerCase()}`}`;
  const file = (style: string) => resolve(`${path}/${style}/NotoSans${part}_${style}.ttf`);
  return {
    family: part === "" ? "Noto Sans" : `Noto Sans ${part}`,
    files: { regular: file("400Regular"), bold: file("600SemiBold") },
  };
}

/** What is written from the right. */
export const RIGHT_TO_LEFT: ReadonlySet<FontName> = new Set(["hebrew", "arabic"]);

// Those of one script before what Noto Sans is made for; ideographs, kana and many signs are in what remains.
const MADE_FOR: readonly (readonly [FontName, RegExp])[] = [
  ["korean", /\p{Script=Hangul}/u],
  ["thai", /\p{Script=Thai}/u],
  ["hebrew", /\p{Script=Hebrew}/u],
  ["arabic", /\p{Script_Extensions=Arabic}/u],
  // Without the full-width forms of Latin letters, and with letter-like signs.
  [
    "latin",
    /(?![\uff00-\uffef])[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Devanagari}\p{Mn}\u0020-\u007e\u00a0-\u00bf\u00d7\u00f7\u0964\u0965\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u215f\ufffd]/u,
  ],
];
/** Joiners and marks of direction, too. */
const MARK = /[\p{M}\u200c-\u200f]/u;
/** In every font. */
const BETWEEN = /[ …./:_-]/;

export interface FontRun {
  readonly font: FontName;
  readonly text: string;
}

/**
 * Pieces of `text` in the font that has their characters. A mark is in the font of its letter, and what stands between two
 * words of one font is in theirs: an Arabic name is one piece, which is written from the right as a whole.
 */
export function fontRuns(text: string): FontRun[] {
  const runs: { font: FontName; text: string }[] = [];
  const write = (font: FontName, piece: string) => {
    const last = runs.at(-1);
    if (last?.font === font) last.text += piece;
    else if (piece !== "") runs.push({ font, text: piece });
  };
  let east: FontName | undefined;
  let between = "";
  for (const character of text) {
    if (BETWEEN.test(character)) {
      between += character;
      continue;
    }
    const before = runs.at(-1)?.font;
    const marked = before !== undefined && between === "" && MARK.test(character);
    const font = marked
      ? before
      : (MADE_FOR.find(([, letters]) => letters.test(character))?.[0] ?? (east ??= eastern(text)));
    write(font === before ? font : "latin", between);
    write(font, character);
    between = "";
  }
  write("latin", between);
  return runs;
}

const opened = new Map<FontName, Font>();

/** Whether the font has all letters of `text`; what only joins or directs them is nothing to see. */
export function hasLetters(name: FontName, text: string): boolean {
  const font = opened.get(name) ?? (openSync(FONTS[name].files.regular) as Font);
  opened.set(name, font);
  return [...text].every(
    (character) => /\p{Cf}/u.test(character) || font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0),
  );
}

/**
 * One font for all ideographs of a text: the Chinese one where the Japanese one lacks any, as it does a quarter of the
 * simplified ones. It has kana and the Japanese ones as well, in their Chinese shapes.
 */
function eastern(text: string): FontName {
  return hasLetters("japanese", text.match(/\p{Script=Han}/gu)?.join("") ?? "") ? "japanese" : "chinese";
}
