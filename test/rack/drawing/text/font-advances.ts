import { readFileSync } from "node:fs";

/** The five sans-serif families that a viewer most likely draws with, and the Debian package of each. */
export const SANS_FONTS = [
  { package: "fonts-dejavu-core", regular: "dejavu/DejaVuSans.ttf", bold: "dejavu/DejaVuSans-Bold.ttf" },
  {
    package: "fonts-liberation",
    regular: "liberation/LiberationSans-Regular.ttf",
    bold: "liberation/LiberationSans-Bold.ttf",
  },
  {
    package: "fonts-roboto-unhinted",
    regular: "roboto/unhinted/RobotoTTF/Roboto-Regular.ttf",
    bold: "roboto/unhinted/RobotoTTF/Roboto-Bold.ttf",
  },
  { package: "fonts-noto-core", regular: "noto/NotoSans-Regular.ttf", bold: "noto/NotoSans-Bold.ttf" },
  { package: "fonts-open-sans", regular: "open-sans/OpenSans-Regular.ttf", bold: "open-sans/OpenSans-Bold.ttf" },
];
export const FONT_FOLDER = "/usr/share/fonts/truetype/";

/** Horizontal advance in em of every character that a TrueType font holds (OpenType: `cmap`, `hmtx`). */
export function readAdvances(file: string): Map<number, number> {
  const font = readFileSync(file);
  const table = (tag: string): Buffer => {
    for (let at = 12; at < 12 + font.readUInt16BE(4) * 16; at += 16) {
      if (font.toString("latin1", at, at + 4) !== tag) continue;
      return font.subarray(font.readUInt32BE(at + 8), font.readUInt32BE(at + 8) + font.readUInt32BE(at + 12));
    }
    throw new Error(`${file} has no table ${tag}`);
  };
  const unitsPerEm = table("head").readUInt16BE(18);
  const metrics = table("hmtx");
  // Glyphs past the last metric of hmtx share its advance.
  const lastMetric = table("hhea").readUInt16BE(34) - 1;
  const advances = new Map<number, number>();
  for (const [codePoint, glyph] of readCmap(table("cmap"))) {
    advances.set(codePoint, metrics.readUInt16BE(Math.min(glyph, lastMetric) * 4) / unitsPerEm);
  }
  return advances;
}

function* readCmap(cmap: Buffer): Generator<[codePoint: number, glyph: number]> {
  for (let at = 4; at < 4 + cmap.readUInt16BE(2) * 8; at += 8) {
    const subtable = cmap.subarray(cmap.readUInt32BE(at + 4));
    // Format 4 covers the Basic Multilingual Plane, format 12 all of Unicode.
    if (subtable.readUInt16BE(0) === 4) yield* readSegments(subtable);
    if (subtable.readUInt16BE(0) === 12) yield* readGroups(subtable);
  }
}

function* readSegments(subtable: Buffer): Generator<[number, number]> {
  const size = subtable.readUInt16BE(6); // of each of the four parallel arrays, in bytes
  for (let i = 14; i < 14 + size; i += 2) {
    const [end, start] = [subtable.readUInt16BE(i), subtable.readUInt16BE(i + 2 + size)];
    const [delta, rangeAt] = [subtable.readUInt16BE(i + 2 + 2 * size), i + 2 + 3 * size];
    const rangeOffset = subtable.readUInt16BE(rangeAt);
    for (let code = start; code <= end && code !== 0xffff; code++) {
      const raw = rangeOffset === 0 ? code : subtable.readUInt16BE(rangeAt + rangeOffset + (code - start) * 2);
      const glyph = raw === 0 ? 0 : (raw + delta) & 0xffff;
      if (glyph !== 0) yield [code, glyph];
    }
  }
}

function* readGroups(subtable: Buffer): Generator<[number, number]> {
  for (let i = 16; i < 16 + subtable.readUInt32BE(12) * 12; i += 12) {
    const [first, last, glyph] = [subtable.readUInt32BE(i), subtable.readUInt32BE(i + 4), subtable.readUInt32BE(i + 8)];
    for (let code = first; code <= last; code++) yield [code, glyph + code - first];
  }
}
