import { expect, test } from "vitest";
import { drawableText } from "../../../src/rack/drawing/text/drawable-text.js";
import type { RackElevation } from "../../../src/rack/drawing/elevation.js";
import { terminalDrawing } from "../../../src/rack/terminal/terminal-drawing.js";
import { matchesGolden } from "../../support/golden.js";
import { Random, testSeed } from "../../support/random.js";
import { HOSTILE_LABELS, randomRack } from "../drawing/random-racks.js";
import { fullRack, hauntedRack, mixedRack, place, rack, shelf, wallCase } from "../drawing/sample-racks.js";
import { screenOf } from "./screen.js";

const plain = { width: 80, color: false, ascii: false };
const ANSI = /\u001b\[[\d;]*m/g;

test("a rack of 42 is what the golden text shows, in 80 columns", () => {
  matchesGolden("rack/terminal/full-80.txt", terminalDrawing([fullRack()], "FRONT", plain));
});

test("mixed racks are what the golden text shows, side by side in 132 columns and below each other in 80", () => {
  const racks = [mixedRack(), wallCase()];
  matchesGolden("rack/terminal/mixed-132.txt", terminalDrawing(racks, "FRONT", { ...plain, width: 132 }));
  matchesGolden("rack/terminal/mixed-80.txt", terminalDrawing(racks, "BOTH", plain));
});

test("machines that are seen elsewhere are what the golden text shows", () => {
  matchesGolden("rack/terminal/ghosts-80.txt", terminalDrawing([hauntedRack()], "FRONT", plain));
  expect(terminalDrawing([hauntedRack()], "FRONT", { ...plain, ascii: true })).toMatch(/^[\x20-\x7e\n]*$/);
});

test("what stands on the other face takes its room, and says so", () => {
  const racks = [rack(3, [shelf(place(2, 1, { face: "REAR" }), "tor-a", "QFX5120", { kind: "SWITCH", status: null })])];
  expect(terminalDrawing(racks, "FRONT", plain)).toMatch(/^ 2 │ +rear: tor-a +│ 2$/m);
  expect(terminalDrawing(racks, "REAR", plain)).toMatch(/^ 2 │ +tor-a +QFX5120 \(Switch\) │ 2$/m);
});

test("without Unicode only names go beyond ASCII", () => {
  const text = terminalDrawing([fullRack()], "FRONT", { ...plain, ascii: true });
  expect(text).toMatch(/^[\x20-\x7e\n]*$/);
  matchesGolden("rack/terminal/full-ascii.txt", text);
});

test("colours change nothing but the colours, and there are none unless asked for", () => {
  const coloured = terminalDrawing([mixedRack()], "FRONT", { ...plain, color: true });
  const without = terminalDrawing([mixedRack()], "FRONT", plain);
  expect(coloured).toMatch(ANSI);
  expect(without).not.toContain("\u001b");
  expect(coloured.replace(ANSI, "").replace(/ +$/gm, "")).toBe(without.replace(/ +$/gm, ""));
});

/** Names that a terminal and UAX #11 agree on; an emoji of several code points is as wide as each terminal likes. */
const agreed = (name: string) =>
  !/\u200d|\ufe0f|\u0351|[\u0590-\u08ff]|\p{Regional_Indicator}|\p{Emoji_Modifier}/u.test(name);

test.each([40, 80, 132])(
  "in a terminal of %i columns every unit is a line that ends at the right edge",
  async (width) => {
    const random = new Random(testSeed);
    for (let i = 0; i < 8; i++) {
      const drawn = onlyAgreed(randomRack((below) => random.below(below)));
      const text = terminalDrawing([drawn], "FRONT", { ...plain, width });
      const { lines, wrapped } = await screenOf(text, width);
      expect(wrapped, `seed ${testSeed}, rack ${i}`).toBe(false);
      const units = lines.filter(({ text: line }) => /^ *\d* │/.test(line));
      expect(units.length, `seed ${testSeed}, rack ${i}`).toBeGreaterThanOrEqual(Math.floor(drawn.heightU));
      const edges = units.map(({ bars }) => bars.at(-1));
      expect(new Set(edges).size, `seed ${testSeed}, rack ${i}:\n${text}`).toBe(1);
    }
  },
);

function onlyAgreed(drawn: RackElevation): RackElevation {
  const clean = (text: string | null) => (text !== null && agreed(text) ? text : "name");
  return {
    ...drawn,
    name: clean(drawn.name),
    description: clean(drawn.description),
    location: { site: clean(drawn.location.site), room: null, row: null, position: null },
    shelves: drawn.shelves.map((each) => {
      const { absence, reservation } = each;
      const promise = reservation && {
        ...reservation,
        owner: clean(reservation.owner),
        reason: clean(reservation.reason),
      };
      const cleaned = absence && { where: absence.where && clean(absence.where), sentence: clean(absence.sentence) };
      const texts = { title: clean(each.title), subtitle: clean(each.subtitle) };
      return { ...each, ...texts, absence: cleaned, reservation: promise };
    }),
    ghosts: drawn.ghosts.map((each) => {
      const { title, subtitle, sentence } = each;
      return { ...each, title: clean(title), subtitle: clean(subtitle), sentence: clean(sentence) };
    }),
  };
}

test("no name moves the cursor, rings or colours", () => {
  const names = [...HOSTILE_LABELS, "\u001b[2J\u001b[H", "\u009b31m", "a\bb\u0007", "one\r\ntwo"];
  const shelves = names.map((name, i) => shelf(place(i + 1, 1), name, name));
  const text = terminalDrawing([rack(names.length, shelves, { name: "\u001b]0;title\u0007" })], "FRONT", plain);
  expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
  expect(text).toContain(drawableText("\u001b[2J\u001b[H"));
});

test("what is wrong is marked where it stands and told below", () => {
  const shelves = [shelf(place(3, 2), "web-1"), shelf(place(4, 1), "web-2"), shelf(place(50, 1), "web-3")];
  const text = terminalDrawing([rack(10, shelves)], "FRONT", plain);
  expect(text).toMatch(/⚠ web-2 .*│ 4/);
  expect(text).toContain("⚠ web-1: overlaps web-2 at U4");
  expect(text).toContain("⚠ web-3: a 1U machine at U50 would reach U50");
});

test("half a unit has a line of its own, and the number stands once", () => {
  const shelves = [shelf(place(2, 0.5), "low"), shelf(place(2.5, 0.5), "high")];
  const lines = terminalDrawing([rack(2, shelves)], "FRONT", plain).split("\n");
  const [high, low] = [
    lines.findIndex((line) => line.includes("high")),
    lines.findIndex((line) => line.includes("low")),
  ];
  expect(low).toBe(high + 1);
  expect(lines[high]).toMatch(/^ 2 /);
  expect(lines[low]).toMatch(/^ {3}│/);
});
