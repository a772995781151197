import { openSync, type Font } from "fontkit";
import { expect, test } from "vitest";
import { fontRuns, FONTS, type FontName } from "../../../src/rack/paper/fonts.js";
import { visualRuns } from "../../../src/rack/paper/visual-runs.js";
import { NAMES_OF_LANGUAGES } from "../drawing/sample-racks.js";

const opened = Object.entries(FONTS).flatMap(([name, { files }]) =>
  Object.values(files).map((file) => [name as FontName, openSync(file) as Font] as const),
);

function missing(font: FontName, text: string): string[] {
  const fonts = opened.filter(([name]) => name === font).map(([, each]) => each);
  return [...text].filter(
    (character) => !fonts.every((each) => each.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)),
  );
}

test.each(Object.entries(NAMES_OF_LANGUAGES))(
  "each letter of the %s name is in the font it is written in",
  (_, name) => {
    const runs = fontRuns(name);
    expect(runs.map(({ text }) => text).join("")).toBe(name);
    expect(runs.flatMap(({ font, text }) => missing(font, text))).toEqual([]);
  },
);

test.each(Object.keys(FONTS) as FontName[])(
  "%s has what stands between words, and Latin letters and digits",
  (font) => {
    expect(missing(font, " …./:_-abcXYZ0189")).toEqual([]);
  },
);

test("pieces are as long as one font goes", () => {
  const runs = (text: string) => fontRuns(text).map(({ font, text: piece }) => `${font}:${piece}`);
  expect(runs("")).toEqual([]);
  expect(runs("web-01.example.net")).toEqual(["latin:web-01.example.net"]);
  expect(runs("  ")).toEqual(["latin:  "]);
  expect(runs("خادم قا…نات")).toEqual(["arabic:خادم قا…نات"]);
  expect(runs("db-01 خادم web-02")).toEqual(["latin:db-01 ", "arabic:خادم", "latin: web-02"]);
  expect(runs("เซิร์ฟเวอร์")).toEqual(["thai:เซิร์ฟเวอร์"]);
  expect(runs("a\u0308 e\u0301")).toEqual(["latin:a\u0308 e\u0301"]);
  expect(runs("か\u3099")).toEqual(["japanese:か\u3099"]);
});

test("all ideographs of a text are in one font", () => {
  const fonts = (text: string) => new Set(fontRuns(text).map(({ font }) => font));
  expect(fonts("東京服部")).toEqual(new Set(["japanese"]));
  expect(fonts("服务器")).toEqual(new Set(["chinese"]));
  expect(fonts("服务器サーバー")).toEqual(new Set(["chinese"]));
});

test("what is written from the right is laid out as it is read, and numbers beside it keep their digits", () => {
  const seen = (text: string) => visualRuns(text).map(({ text: piece }) => piece);
  expect(seen("web-01")).toEqual(["web-01"]);
  expect(seen("خادم-01")).toEqual(["01", "-", "خادم"]);
  expect(seen("خادم ٠١")).toEqual(["٠١", " ", "خادم"]);
  expect(seen("خادم 12 قاعدة")).toEqual(["قاعدة", " ", "12", " ", "خادم"]);
  expect(seen("خادم (قاعدة) خادم")).toEqual(["خادم", " (", "قاعدة", ") ", "خادم"]);
  expect(seen("db-01 خادم web-02")).toEqual(["db-01 ", "خادم", " web-02"]);
  expect(seen("پایگاه\u200cداده")).toEqual(["پایگاه\u200cداده"]);
});
