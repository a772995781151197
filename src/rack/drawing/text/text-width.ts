import { BOLD_ADVANCES, FIRST_CHARACTER, REGULAR_ADVANCES } from "./text-width-table.js";

export type Weight = "regular" | "bold";

const ELLIPSIS = "…";

// Widths in em for what the table does not hold, first match wins. Widest advance of each range over DejaVu Sans and all
// Noto Sans of Debian 12 (fonts-noto-core 20201225), rounded up; where the fonts disagree the wide one counts.
const RANGES: readonly (readonly [first: number, last: number, em: number])[] = [
  [0x0590, 0x05ff, 1], // Hebrew
  [0x0600, 0x0605, 2.3], // Arabic number signs
  [0x0606, 0x08ff, 1.45], // Arabic, Syriac, Thaana, NKo
  [0x0900, 0x097f, 1.2], // Devanagari
  [0x0e00, 0x0e7f, 1], // Thai
  [0x10a0, 0x10ff, 1.15], // Georgian
  [0x1100, 0x115f, 1], // Hangul leading consonants
  [0x1200, 0x139f, 1.45], // Ethiopic
  [0x1e00, 0x1eff, 1.15], // Latin Extended Additional (Vietnamese)
  [0x1f00, 0x1fff, 1.5], // Greek Extended
  [0x2000, 0x200a, 1], // spaces
  [0x2026, 0x2026, 1], // the ellipsis: 0.67 em in Roboto, 1 em in DejaVu Sans and in CJK fonts
  [0x2010, 0x2030, 1.5], // dashes, quotation marks, bullets
  [0x2100, 0x2bff, 1.9], // letter-like, arrows, mathematics, box drawing, dingbats
  [0x2e3a, 0x2e3b, 2.9], // two- and three-em dash
  [0x2e80, 0xa4cf, 1.05], // CJK, kana, Bopomofo, Hangul compatibility, Yi; hexagrams are 1.04
  [0xa960, 0xa97f, 1], // Hangul Jamo Extended-A
  [0xac00, 0xd7a3, 1], // Hangul syllables
  [0xf900, 0xfaff, 1], // CJK compatibility ideographs
  [0xfd00, 0xfdcf, 2.5], // Arabic ligatures
  [0xfdd0, 0xfdff, 8], // Arabic ligatures of whole sentences
  [0xfe30, 0xfe6f, 1], // CJK compatibility and small forms
  [0xfe70, 0xfeff, 1.45], // Arabic presentation forms
  [0xff00, 0xff60, 1], // fullwidth forms
  [0xff61, 0xffdc, 0.5], // halfwidth kana and Hangul: half an em by definition
  [0xffe0, 0xffe6, 1], // fullwidth signs
  [0xfffd, 0xfffd, 1.15], // the replacement character
  [0x1f000, 0x1faff, 1.4], // emoji: 1.25 em in Noto Color Emoji, 1.37 in Segoe UI Emoji
  [0x20000, 0x3ffff, 1], // CJK extensions
];

// Tamil, Malayalam and Myanmar have letters of 2.5 em, cuneiform is wider still but nobody names a server in it.
const UNKNOWN_EM = 2.6;

// Marks that sit on the letter before them, joiners, variation selectors and directions have no advance of their own.
// Arabic number signs are format characters too, but visible.
const ZERO_WIDTH = /^(?![\u0600-\u0605])[\p{Mn}\p{Me}\p{Cf}]$/u;

const PRINTABLE_ASCII = /^[ -~]*$/;

/** A width no common sans-serif font exceeds, in em: viewers draw with their own font. */
export function textWidthEm(text: string, weight: Weight = "regular"): number {
  const table = weight === "bold" ? BOLD_ADVANCES : REGULAR_ADVANCES;
  let hundredths = 0;
  if (PRINTABLE_ASCII.test(text)) {
    // Nearly every name: no need to look for characters of two code units.
    for (let i = 0; i < text.length; i++) hundredths += table[text.charCodeAt(i) - FIRST_CHARACTER] ?? 0;
    return hundredths / 100;
  }
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    const known = table[codePoint - FIRST_CHARACTER];
    hundredths += known === undefined || known === 0 ? rareAdvance(character, codePoint) : known;
  }
  return hundredths / 100;
}

function rareAdvance(character: string, codePoint: number): number {
  if (ZERO_WIDTH.test(character)) return 0;
  const range = RANGES.find(([first, last]) => codePoint >= first && codePoint <= last);
  return Math.round((range?.[2] ?? UNKNOWN_EM) * 100);
}

export function textWidth(text: string, fontPx: number, weight: Weight = "regular"): number {
  return textWidthEm(text, weight) * fontPx;
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
// Segmenting is linear but slow, and a label of a megabyte is somebody's joke: the middle goes first anyway.
const LONGEST_LABEL = 400;

/**
 * `text`, or as much of its beginning and end as fits: `rack-web-…-017`. Machines of one family differ at the end of
 * their names, so the middle goes. `tailShare` is the share of the end, 1 for all. Empty when not even one character and the ellipsis fit. Never splits a grapheme.
 */
export function fitText(
  text: string,
  widthPx: number,
  fontPx: number,
  weight: Weight = "regular",
  tailShare = 0.4,
): string {
  const room = widthPx / fontPx;
  if (text.length <= LONGEST_LABEL && textWidthEm(text, weight) <= room) return text;
  const parts = Array.from(graphemes.segment(shortened(text)), ({ segment }) => segment);
  let [head, tail] = ["", ""];
  let left = room - textWidthEm(ELLIPSIS, weight);
  for (let first = 0, last = parts.length - 1; first <= last;) {
    // The end first, where both have their share.
    const fromEnd =
      tailShare > 0 && textWidthEm(tail, weight) * (1 - tailShare) <= textWidthEm(head, weight) * tailShare;
    const part = (fromEnd ? parts[last--] : parts[first++]) ?? "";
    left -= textWidthEm(part, weight);
    if (!(left >= 0)) break;
    if (fromEnd) tail = part + tail;
    else head += part;
  }
  // "web- …" would show a gap that the name does not have.
  [head, tail] = [head.trimEnd(), tail.trimStart()];
  return head + tail === "" ? "" : head + ELLIPSIS + tail;
}

function shortened(text: string): string {
  if (text.length <= LONGEST_LABEL) return text;
  return (text.slice(0, LONGEST_LABEL / 2) + text.slice(-LONGEST_LABEL / 2)).toWellFormed();
}
