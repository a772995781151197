import { expect, test } from "vitest";
import { findSpace, type WantedSpace } from "../../src/rack/find-space.js";
import type { PlannedItem, RackPlan } from "../../src/rack/rack-plan.js";
import { placesInTheWay } from "../../src/rack/rack-space.js";
import { randomNumbers, randomPlace, seed } from "./drawing/random-racks.js";
import { place } from "./drawing/sample-racks.js";

const NOW = new Date("2026-11-23T12:00:00Z");
const WANTED: WantedSpace = { heightU: 1, depth: "FULL", watts: null, kilograms: null };

function item(unit: number, heightU: number, rest: Partial<PlannedItem> = {}): PlannedItem {
  return {
    ...{ place: place(unit, heightU), kind: "MACHINE", name: `m${unit}`, manufacturer: null, product: null },
    ...{ amperes: null, watts: null, kilograms: null, color: null, reservation: null },
    ...rest,
  };
}

function plan(name: string, items: PlannedItem[], rest: Partial<RackPlan> = {}): RackPlan {
  return {
    ...{ name, heightU: 10, numbering: "FROM_BOTTOM", firstUnit: 1, description: null, items },
    ...{ location: { site: null, room: null, row: null, position: null }, capacity: { watts: null, kilograms: null } },
    ...rest,
  };
}

const found = (racks: RackPlan[], wanted: Partial<WantedSpace> = {}) =>
  findSpace(racks, { ...WANTED, ...wanted }, NOW).map(
    ({ rack, place: { unit }, gapU }) => `${rack.name} U${unit} of ${gapU}`,
  );

test("the gap that it fills comes before those that it leaves room in, whichever rack they are in", () => {
  const [a, b] = [plan("A", [item(4, 1), item(7, 1)]), plan("B", [item(2, 7)])];
  expect(found([a, b], { heightU: 2 })).toEqual(["A U5 of 2", "B U9 of 2", "A U1 of 3", "A U8 of 3"]);
  expect(found([a], { heightU: 4 })).toEqual([]);
});

test("what is heavy stands low, and the reason says so", () => {
  const rack = plan("A", [item(5, 1), item(8, 1)]);
  expect(found([rack], { heightU: 2 })[0]).toBe("A U6 of 2");
  expect(found([rack], { heightU: 2, kilograms: 40 })[0]).toBe("A U1 of 4");
  const [best] = findSpace([rack], { ...WANTED, kilograms: 40 }, NOW);
  expect(best?.reasons).toContain("stands at U1, and 40 kg belong low");
});

test("a rack that it would overload is not offered, and of two the one with more left is", () => {
  const fed = (name: string, watts: number) =>
    plan(name, [item(1, 9, { watts: 500 })], { capacity: { watts, kilograms: 100 } });
  expect(found([fed("A", 700), fed("B", 2000), fed("C", 799)], { watts: 300 })).toEqual(["B U10 of 1"]);
  expect(found([fed("A", 800), fed("B", 2000)], { watts: 300 })).toEqual(["B U10 of 1", "A U10 of 1"]);
  const [over] = findSpace([fed("A", 400)], WANTED, NOW);
  expect(over?.reasons).toEqual(["fills a gap of 1U", "100 W more than its 400 W already", expect.any(String)]);
  const [best] = findSpace([fed("B", 2000)], { ...WANTED, watts: 300, kilograms: 20 }, NOW);
  expect(best).toMatchObject({ wattsLeft: 1200, kilogramsLeft: 80 });
  expect(best?.reasons).toEqual([
    "fills a gap of 1U",
    "1200 of 2000 W are left then",
    "at most 80 of 100 kg are left then",
  ]);
});

test("of equal places the order of the rows decides", () => {
  const at = (name: string, row: string, position: number | null) =>
    plan(name, [], { location: { site: "Tokyo", room: "1", row, position } });
  const racks = [at("X", "B", 1), at("Y", "A", 10), at("Z", "A", 2), at("W", "A", null)];
  expect(found(racks)).toEqual(["Z U1 of 10", "Y U1 of 10", "W U1 of 10", "X U1 of 10"]);
});

test("a reservation is in the way until it ends, and shallow things stand back to back", () => {
  const until = (endsAt: string) =>
    item(1, 10, { kind: "RESERVED", reservation: { owner: "x", reason: null, endsAt } });
  expect(found([plan("A", [until("2026-11-23T12:00:01.000Z")])])).toEqual([]);
  expect(found([plan("A", [until("2026-11-23T12:00:00.000Z")])])).toEqual(["A U1 of 10"]);
  const front = plan("A", [item(1, 10, { place: place(1, 10, { face: "FRONT" }) })]);
  expect(found([front])).toEqual([]);
  expect(found([front], { depth: "REAR" })).toEqual(["A U1 of 10"]);
});

test("half units are found, and whole machines begin at whole units", () => {
  const rack = plan("A", [item(1, 0.5), item(3, 8)]);
  expect(found([rack])).toEqual(["A U2 of 1.5"]);
  expect(found([rack], { heightU: 1.5 })).toEqual(["A U1.5 of 1.5"]);
});

test(`whatever is offered is free and inside the rack, and nothing is missed (KICKRACK_TEST_SEED=${seed})`, () => {
  const random = randomNumbers(seed);
  for (let i = 0; i < 300; i++) {
    const taken = Array.from({ length: random(12) }, () => randomPlace(random, 10));
    const rack = plan(
      "A",
      taken.map((at) => item(1, 1, { place: at })),
    );
    const heightU = (1 + random(8)) / 2;
    const spaces = findSpace([rack], { ...WANTED, heightU }, NOW);
    for (const { place: at } of spaces) {
      expect(placesInTheWay(at, taken)).toEqual([]);
      expect(at.unit + heightU).toBeLessThanOrEqual(11);
    }
    const step = Number.isInteger(heightU) ? 1 : 0.5;
    const starts = Array.from({ length: 10 / step }, (_, k) => 1 + k * step).filter((unit) => unit + heightU <= 11);
    const free = starts.filter((unit) => placesInTheWay(place(unit, heightU), taken).length === 0);
    expect(spaces.length === 0).toBe(free.length === 0);
  }
});
