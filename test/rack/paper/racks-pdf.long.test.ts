import { expect, test } from "vitest";
import type { DrawOptions } from "../../../src/rack/drawing/draw-options.js";
import type { RackElevation } from "../../../src/rack/drawing/elevation.js";
import type { PaperOptions } from "../../../src/rack/paper/paper.js";
import { racksPdf } from "../../../src/rack/paper/racks-pdf.js";
import { randomRack, randomNumbers, seed } from "../drawing/random-racks.js";
import {
  fullRack,
  mixedRack,
  NAMES_OF_LANGUAGES,
  NOWHERE,
  rack,
  rackOfLanguages,
  wallCase,
} from "../drawing/sample-racks.js";
import { pdfFacts, type PdfFacts } from "./pdf-facts.js";

const front: DrawOptions = { face: "FRONT", theme: "light", colorBy: { by: "STATE" } };
const a4: PaperOptions = { paper: "A4", scale: null, racksPerPage: null };
const inRowB = { ...NOWHERE, site: "Tokyo-1", room: "3F-A", row: "B" };

async function facts(
  racks: readonly RackElevation[],
  paper: Partial<PaperOptions> = {},
  draw: Partial<DrawOptions> = {},
): Promise<PdfFacts> {
  return pdfFacts(await racksPdf(racks, { ...front, ...draw }, { ...a4, ...paper }));
}

/** The distance between the numbers of two units in the leftmost column of numbers. */
function between({ words }: PdfFacts, lower: string, upper: string): number {
  const top = (text: string) =>
    words.filter((word) => word.page === 1 && word.text === text).toSorted((a, b) => a.left - b.left)[0]?.top ?? NaN;
  return top(lower) - top(upper);
}

function expectInside({ words, pages }: PdfFacts, what: string): void {
  for (const { page, text, left, top, right, bottom } of words) {
    const { width = 0, height = 0 } = pages[page - 1] ?? {};
    // Printers reach to 5 mm from the edge.
    const inside = left >= 5 && top >= 5 && right <= width - 5 && bottom <= height - 5;
    expect([inside, text], `${what}, page ${page}: ${text} at ${left}–${right}, ${top}–${bottom} mm`).toEqual([
      true,
      text,
    ]);
  }
}

test.each([
  ["A4", 10, 4.445],
  ["A4", 7.5, 5.927],
  ["A3", 5, 8.89],
  ["LETTER", 8, 5.556],
] as const)("on %s at 1:%d a unit is %f mm high", async (paper, scale, unit) => {
  const read = await facts([fullRack()], { paper, scale });
  expect(between(read, "1", "42")).toBeCloseTo(41 * unit, 1);
  expectInside(read, paper);
});

test.each([
  ["A4", 210, 297],
  ["A3", 297, 420],
  ["LETTER", 215.9, 279.4],
] as const)("%s is %f by %f mm", async (paper, width, height) => {
  const { pages, title } = await facts([fullRack()], { paper });
  expect(pages).toHaveLength(1);
  expect(pages[0]?.width).toBeCloseTo(width, 1);
  expect(pages[0]?.height).toBeCloseTo(height, 1);
  expect(title).toBe("Rack A07");
});

test("three racks of 42U stand on A4 upright at 1:10, four lying at 1:12.5, and the last page has the rest", async () => {
  const racks = Array.from({ length: 7 }, (_, i) => ({ ...fullRack(), name: `B${i + 1}`, location: inRowB }));
  const upright = await facts(racks, { scale: 10 });
  expect(upright.pages).toHaveLength(3);
  const onPage = (page: number) => upright.words.filter((word) => word.page === page).map(({ text }) => text);
  expect(onPage(1)).toEqual(expect.arrayContaining(["B1", "B2", "B3", "Tokyo-1", "1:10", "tyo1-web-42"]));
  expect(onPage(3)).toEqual(expect.arrayContaining(["B7", "3"]));
  expect(onPage(3)).not.toContain("B6");
  const lying = await facts(racks, { scale: 12.5, racksPerPage: 4 });
  expect([lying.pages.length, lying.pages[0]?.width]).toEqual([2, expect.closeTo(297, 0)]);
  for (const read of [upright, lying]) expectInside(read, "a row");
});

test("racks of different rows never share a page", async () => {
  const racks = [mixedRack(), { ...wallCase(), name: "C01" }, { ...mixedRack(), name: "B13" }];
  const { pages, words } = await facts(racks);
  expect(pages).toHaveLength(2);
  expect(words.filter(({ page, text }) => page === 1 && text === "B13")).not.toHaveLength(0);
  expect(words.filter(({ page, text }) => page === 2 && text === "C01")).not.toHaveLength(0);
});

test("the table beside a rack names everything that stands in it, CJK too, and goes on where the page ends", async () => {
  const text = ({ words }: PdfFacts) => words.map((word) => word.text).join(" ");
  const mixed = await facts([mixedRack()]);
  expect(text(mixed)).toContain("データベース本番系二号機");
  expect(text(mixed)).toMatch(/Units Name Model State/);
  const halves = fullRack().shelves.flatMap((each) =>
    [0, 0.5].map((up) => ({
      ...each,
      title: `${each.title}-${up}`,
      place: { ...each.place, unit: each.place.unit + up, heightU: 0.5 },
    })),
  );
  const crowded = await facts([rack(42, halves)]);
  expect(crowded.pages).toHaveLength(2);
  for (const { title } of halves) expect(text(crowded)).toContain(title);
  for (const read of [mixed, crowded]) expectInside(read, "a table");
});

test("fonts come along as subsets, and the same racks give the same bytes", async () => {
  const pdf = await racksPdf([mixedRack()], front, a4);
  expect(await racksPdf([mixedRack()], front, a4)).toEqual(pdf);
  const { fonts } = pdfFacts(pdf);
  const rows = fonts.trim().split("\n").slice(2);
  expect(rows).toHaveLength(4);
  for (const row of rows) expect(row).toMatch(/^[A-Z]{6}\+NotoSans(JP)?-\w+ +CID TrueType .* yes yes yes /);
  expect(pdf.length).toBeLessThan(150_000);
});

test("a name in any language's letters is text in a font that has them", async () => {
  const { fonts, words } = pdfFacts(await racksPdf([rackOfLanguages()], front, a4));
  for (const part of ["SC", "JP", "KR", "Thai", "Hebrew", "Arabic"]) expect(fonts).toContain(`NotoSans${part}-`);
  const found = words.map(({ text }) => text);
  // Letters that are joined or written from the right are read in the order of their glyphs.
  const { latin, greek, cyrillic, japanese, simplified, traditional, korean } = NAMES_OF_LANGUAGES;
  expect(found).toEqual(expect.arrayContaining([latin, greek, cyrillic, japanese, simplified, traditional, korean]));
});

test("what does not fit is refused with what would", async () => {
  const refused = (paper: Partial<PaperOptions>) => racksPdf([fullRack(), fullRack()], front, { ...a4, ...paper });
  await expect(refused({ scale: 5 })).rejects.toThrow("a rack at 1:5 does not fit on A4; 1:7.5 would");
  await expect(refused({ scale: 10, racksPerPage: 4 })).rejects.toThrow(
    "4 racks at 1:10 do not fit on A4; 1:12.5 would",
  );
});

test("any rack is drawn within the paper, in every theme, from both faces", async () => {
  const random = randomNumbers(seed);
  const themes = ["light", "dark", "print"] as const;
  for (const theme of themes) {
    for (const face of ["FRONT", "BOTH"] as const) {
      const read = await facts([randomRack(random)], {}, { theme, face });
      expect(read.pages.length, `seed ${seed}`).toBeGreaterThan(0);
      expectInside(read, `seed ${seed}, ${theme}, ${face}`);
    }
  }
});
