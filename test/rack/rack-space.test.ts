import { describe, expect, test } from "vitest";
import { InvalidInput } from "../../src/errors.js";
import {
  checkPlace,
  checkRackHeight,
  highestFreeStart,
  overlaps,
  type Place,
  placesInTheWay,
  spaceTotals,
  topUnit,
} from "../../src/rack/rack-space.js";
import { randomNumbers, randomPlace, seed } from "./drawing/random-racks.js";
import { place } from "./drawing/sample-racks.js";

const rack42 = { heightU: 42 };

/** What checkPlace says of a place, or "" when it says nothing. */
function refusal(at: Place, known = {}): string {
  try {
    checkPlace(rack42, at, known);
    return "";
  } catch (error) {
    if (error instanceof InvalidInput) return error.message;
    throw error;
  }
}

describe("checkPlace", () => {
  test("lets a machine stand on the floor, under the roof, and in half a unit", () => {
    expect(refusal(place(1, 1))).toBe("");
    expect(refusal(place(39, 4))).toBe("");
    expect(refusal(place(42.5, 0.5))).toBe("");
    expect(refusal(place(1, 42))).toBe("");
  });

  test("says where a machine that is too high would end, and where it could start", () => {
    expect(refusal(place(40, 4), { rackName: "A07", others: [place(37, 3)] })).toBe(
      "a 4U machine at U40 would reach U43 of rack A07, which has 42U; the highest free start is U33",
    );
    expect(refusal(place(40, 4), { rackName: "A07" })).toBe(
      "a 4U machine at U40 would reach U43 of rack A07, which has 42U; the highest start for 4U is U39",
    );
  });

  test("does not offer a start that is taken", () => {
    expect(refusal(place(43, 1), { others: [place(1, 42)] })).toMatch(/no 1U are free in one piece$/);
    expect(refusal(place(1, 43))).toMatch(/it is taller than the rack$/);
  });

  test("refuses units below the floor, thirds of a unit, no height, and columns that do not exist", () => {
    expect(refusal(place(0.5, 1))).toMatch(/below U1/);
    expect(refusal(place(1 + 1 / 3, 1))).toMatch(/the unit is 1\.33\d+; write a multiple of 0\.5/);
    expect(refusal(place(1, 0))).toMatch(/least is 0\.5/);
    expect(refusal(place(1, -2))).toMatch(/least is 0\.5/);
    expect(refusal(place(NaN, 1))).toMatch(/multiple of 0\.5/);
    expect(refusal(place(Infinity, 1))).toMatch(/multiple of 0\.5/);
    expect(refusal(place(1, 1, { column: 3, columns: 2 }))).toMatch(
      /column 3 of 2; the leftmost is 1, the rightmost 2/,
    );
    expect(refusal(place(1, 1, { column: 1, columns: 0 }))).toMatch(/from 1 to 24/);
    expect(refusal(place(1, 1, { column: 1.5, columns: 2 }))).toMatch(/column 1\.5/);
  });

  test("refuses a rack without height, and one that reaches through the ceiling", () => {
    for (const heightU of [0, -1, 0.3, NaN, 4200]) expect(() => checkRackHeight(heightU)).toThrow(InvalidInput);
    for (const heightU of [0.5, 12.5, 42, 100]) expect(() => checkRackHeight(heightU)).not.toThrow();
  });
});

describe("overlaps", () => {
  test("what hangs beside the panels meets neither what stands between the rails nor the other strip", () => {
    const pdu = place(1, 40, { strip: "LEFT" });
    expect(overlaps(pdu, place(3, 1))).toBe(false);
    expect(overlaps(pdu, place(1, 40, { strip: "RIGHT" }))).toBe(false);
    expect(overlaps(pdu, place(40, 2, { strip: "LEFT" }))).toBe(true);
    expect(spaceTotals(rack42, [pdu]).usedU).toBe(0);
  });

  test.each([
    ["the same place", place(5, 1), place(5, 1), true],
    ["neighbours above each other", place(5, 2), place(7, 1), false],
    ["half a unit of a whole one", place(5, 1), place(5.5, 0.5), true],
    ["the two halves of a unit", place(5, 0.5), place(5.5, 0.5), false],
    ["front and rear of a unit", place(5, 1, { face: "FRONT" }), place(5, 1, { face: "REAR" }), false],
    ["full depth and rear", place(5, 1), place(5, 1, { face: "REAR" }), true],
    ["left and right half", place(5, 1, { columns: 2 }), place(5, 1, { column: 2, columns: 2 }), false],
    ["left half and whole width", place(5, 1, { columns: 2 }), place(5, 1), true],
    [
      "a third that ends where two thirds begin",
      place(5, 1, { columns: 3 }),
      place(5, 1, { column: 3, columns: 6 }),
      false,
    ],
    ["the middle third and the left half", place(5, 1, { column: 2, columns: 3 }), place(5, 1, { columns: 2 }), true],
    [
      "7 of 24 and 3 of 10, which share a sliver",
      place(5, 1, { column: 8, columns: 24 }),
      place(5, 1, { column: 4, columns: 10 }),
      true,
    ],
  ])("of %s", (_, a, b, expected) => {
    expect(overlaps(a, b)).toBe(expected);
    expect(overlaps(b, a)).toBe(expected);
  });

  test(`agrees with painting both places on a fine grid (KICKRACK_TEST_SEED=${seed})`, () => {
    const random = randomNumbers(seed);
    for (let i = 0; i < 2000; i++) {
      const [a, b] = [randomPlace(random, 6), randomPlace(random, 6)];
      const cells = new Set(paint(a));
      expect(overlaps(a, b), JSON.stringify([a, b])).toBe(paint(b).some((cell) => cells.has(cell)));
    }
  });
});

/** Cells of half a unit by a sixth of the width, on one face: 1, 2 and 3 columns all fall on sixths. */
function paint({ unit, heightU, face, column, columns }: Place): string[] {
  const cells = [];
  for (const side of face === "FULL" ? ["FRONT", "REAR"] : [face]) {
    for (let y = unit * 2; y < (unit + heightU) * 2; y++) {
      for (let x = ((column - 1) * 6) / columns; x < (column * 6) / columns; x++) cells.push(`${side} ${y} ${x}`);
    }
  }
  return cells;
}

describe("room in a rack", () => {
  test("names every place in the way, and no other", () => {
    const others = [place(1, 2), place(3, 1), place(4, 4), place(10, 1)];
    expect(placesInTheWay(place(2, 3), others)).toEqual([place(1, 2), place(3, 1), place(4, 4)]);
  });

  test("counts a unit as used when either face or any column of it is", () => {
    const taken = [place(1, 1, { face: "REAR" }), place(2, 1, { columns: 2 }), place(2, 1, { column: 2, columns: 2 })];
    expect(spaceTotals({ heightU: 10 }, taken)).toEqual({ usedU: 2, freeU: 8, largestGapU: 8 });
  });

  test("counts the gap between machines in halves, and what sticks out of the rack not at all", () => {
    const taken = [place(2, 1.5), place(8, 1), place(10, 5)];
    expect(spaceTotals({ heightU: 10.5 }, taken)).toEqual({ usedU: 4, freeU: 6.5, largestGapU: 4.5 });
  });

  test("an empty rack is one gap, a full one has none", () => {
    expect(spaceTotals(rack42, [])).toEqual({ usedU: 0, freeU: 42, largestGapU: 42 });
    expect(spaceTotals(rack42, [place(1, 42)])).toEqual({ usedU: 42, freeU: 0, largestGapU: 0 });
  });

  test("starts whole machines on whole units and half ones on halves", () => {
    expect(highestFreeStart({ heightU: 4.5 }, place(1, 2), [])).toBe(3);
    expect(highestFreeStart({ heightU: 4.5 }, place(1, 0.5), [])).toBe(5);
    expect(highestFreeStart(rack42, place(1, 1, { face: "REAR" }), [place(42, 1, { face: "FRONT" })])).toBe(42);
  });

  test("a place ends in the unit that holds its top", () => {
    expect([place(40, 4), place(3, 0.5), place(3.5, 0.5), place(3, 1.5)].map(topUnit)).toEqual([43, 3, 3, 4]);
  });
});
