import { expect, test } from "vitest";
import { layOutElevation } from "../../src/rack/drawing/layout.js";
import type { PlannedItem } from "../../src/rack/rack-plan.js";
import { warningsOf } from "../../src/rack/rack-warnings.js";
import { randomNumbers, randomPlace, seed } from "./drawing/random-racks.js";
import { place, rack as drawn, shelf } from "./drawing/sample-racks.js";

const NOW = new Date("2026-11-23T12:00:00Z");

function item(name: string, rest: Partial<PlannedItem> = {}): PlannedItem {
  return {
    ...{ place: place(1, 1), kind: "MACHINE", name, manufacturer: null, product: null, amperes: null },
    ...{ watts: null, kilograms: null, color: null, reservation: null },
    ...rest,
  };
}

const rack = (items: PlannedItem[], watts: number | null = null, kilograms: number | null = null) => ({
  ...{ name: "A07", heightU: 12, capacity: { watts, kilograms }, items },
});
const messages = (...args: Parameters<typeof rack>) =>
  warningsOf(rack(...args), NOW).map(({ kind, message }) => `${kind}: ${message}`);

test("names each pair that wants one space once, and what stands outside", () => {
  const items = [
    item("web-1", { place: place(5, 2) }),
    item("sw-1", { kind: "SWITCH", place: place(6, 1) }),
    item("db-1", { place: place(12, 2) }),
    item("ok", { place: place(1, 1) }),
  ];
  expect(messages(items)).toEqual([
    "COLLISION: machine web-1 (U5, 2U) and switch sw-1 (U6, 1U) want the same space",
    expect.stringMatching(/^OUTSIDE: machine db-1 \(U12, 2U\): a 2U machine at U12 would reach U13 of rack A07/),
  ]);
});

test("adds up what is drawn and weighed, and says where more is known to come", () => {
  const [known, heavy, unknown] = [item("a", { watts: 0.1 }), item("b", { watts: 0.2, kilograms: 40 }), item("c")];
  const apart = [known, heavy, unknown].map((each, i) => ({ ...each, place: place(i + 1, 1) }));
  expect(messages(apart, 0.3, 40)).toEqual([]);
  expect(messages(apart, 0.2, 39)).toEqual([
    "OVERLOAD_WATTS: what stands here draws at least 0.3 W, and is fed 0.2 W",
    "OVERLOAD_KILOGRAMS: what stands here weighs at least 40 kg, and the rack bears 39 kg",
  ]);
});

test("a reservation that has ended is in nobody's way, and said to have ended", () => {
  const until = (endsAt: string | null) =>
    item("", { kind: "RESERVED", reservation: { owner: "storage", reason: null, endsAt } });
  expect(messages([until("2026-11-23T11:59:59.000Z"), item("web-1")])).toEqual([
    "RESERVATION_ENDED: the reservation of storage (U1, 1U) ended at 2026-11-23 11:59 UTC and keeps nobody out; extend or release it",
  ]);
  expect(messages([until(null), item("web-1")])).toEqual([
    "COLLISION: the reservation of storage (U1, 1U) and machine web-1 (U1, 1U) want the same space",
  ]);
});

test(`warns of what the drawing hatches, and of nothing else (KICKRACK_TEST_SEED=${seed})`, () => {
  const random = randomNumbers(seed);
  for (let i = 0; i < 200; i++) {
    const places = Array.from({ length: random(8) }, () => randomPlace(random, 13));
    const warned = warningsOf(rack(places.map((at, n) => item(`m${n}`, { place: at }))), NOW);
    const elevation = drawn(
      12,
      places.map((at, n) => shelf(at, `m${n}`)),
    );
    const layouts = (["FRONT", "REAR"] as const).map((face) => layOutElevation(elevation, face));
    const hatched = layouts.flatMap(({ standing, misplaced }) => [
      ...standing.filter(({ troubles }) => troubles.length > 0).map((each) => each.shelf.title),
      ...misplaced.map((each) => each.shelf.title),
    ]);
    const named = warned.flatMap(({ items }) => items.map(({ name }) => name));
    expect(new Set(named)).toEqual(new Set(hatched));
  }
});
