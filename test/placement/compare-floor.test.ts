import { expect, test } from "vitest";
import { compareFloor, type Found, type Planned } from "../../src/placement/floor/compare-floor.js";
import { Random, testSeed } from "../support/random.js";
import { found, heard, macOf, MACHINES, NOW, planned, RACKS, room, simulatedFloor, spot } from "./floors.js";

const seen = (id: number, unit: number, rack = "A") => found(id, [heard(macOf(id), spot(rack, unit))]);
const stranger = (unit: number) => found(null, [heard(macOf(999), spot("A", unit))]);
const WORDS = { now: NOW, racks: new Map() };
const A = [planned(1, room("A", 1)), planned(2, room("A", 2)), planned(3, room("A", 3))];

function sentences(plan: readonly Planned[], ...floor: Found[][]): string[] {
  return compareFloor(plan, floor.flat(), WORDS).map(({ kind, sentence }) => `${kind}: ${sentence}`);
}

test("a floor as planned has no differences", () => {
  expect(sentences(A, seen(1, 1), seen(2, 2), seen(3, 3))).toEqual([]);
});

test("a machine in another place is moved, and who is planned there is named", () => {
  expect(sentences(A, seen(1, 7), seen(2, 2), seen(3, 3))).toEqual([
    "MOVED: web1 is planned at A U1, but is at A U7 (sw-A Gi1/0/7, just now); check its cable, or accept the place",
  ]);
  expect(
    sentences([...A, planned(4, room("B", 4), { watchedBy: [] })], seen(1, 4, "B"), seen(2, 2), seen(3, 3)),
  ).toEqual([
    "MOVED: web1 is planned at A U1, but is at B U4 (sw-B Gi1/0/4, just now), where web4 is planned; " +
      "check its cable, or accept the place",
  ]);
});

test("two that stand in each other's places are one difference, and three in a ring are three", () => {
  expect(sentences(A, seen(1, 2), seen(2, 1), seen(3, 3))).toEqual([
    "SWAPPED: web1 and web2 are swapped: web1 is planned at A U1 and is at A U2 (sw-A Gi1/0/2, just now), " +
      "web2 is planned at A U2 and is at A U1; swap their cables, or accept both places",
  ]);
  const ring = compareFloor(A, [...seen(1, 2), ...seen(2, 3), ...seen(3, 1)], WORDS);
  expect(ring.map(({ kind }) => kind)).toEqual(["MOVED", "MOVED", "MOVED"]);
});

test("a machine of two units may hang on the port of either, and its two ports on both", () => {
  const tall = planned(1, room("A", 5, 2));
  expect(sentences([tall], seen(1, 6))).toEqual([]);
  expect(sentences([tall], found(1, [heard(macOf(1), spot("A", 5)), heard(macOf(1, 1), spot("A", 6))]))).toEqual([]);
  expect(sentences([tall], seen(1, 7))).toHaveLength(1);
});

test("an unknown machine at a planned place is named once, and not when the planned one is there too", () => {
  const unknown =
    `UNKNOWN: an unknown machine, ${macOf(999)}, is at A U1 (sw-A Gi1/0/1, just now), where web1 is planned; ` +
    "let it boot from the network, or unplug it";
  expect(sentences(A, stranger(1), stranger(1), seen(2, 2), seen(3, 3))).toEqual([unknown]);
  expect(sentences(A, stranger(1), seen(1, 1), seen(2, 2), seen(3, 3))).toEqual([]);
  expect(sentences(A, stranger(9), seen(1, 1), seen(2, 2), seen(3, 3))).toEqual([]);
});

test("an unknown address where a known machine is seen is its own: of its second card, or of a guest", () => {
  const swapped = sentences(A, seen(1, 2), seen(2, 1), seen(3, 3), stranger(1), stranger(2));
  expect(swapped).toEqual([expect.stringContaining("SWAPPED")]);
});

test("an expected machine is not missing, and a stranger in its place is told", () => {
  const expected = planned(1, room("A", 9), { machineId: null, name: "db9" });
  expect(sentences([expected])).toEqual([]);
  expect(sentences([expected], stranger(9))).toEqual([expect.stringContaining("where db9 is expected")]);
});

test("who is heard nowhere is missing where somebody listens, and nowhere else", () => {
  const days = new Date(NOW.getTime() - 3 * 86_400_000);
  const silent = planned(5, room("A", 5), { watchedBy: [] });
  expect(sentences([planned(1, room("A", 1)), silent])).toEqual([
    "MISSING: web1 is planned at A U1, but nobody hears it on sw-A Gi1/0/1 or elsewhere; it was never seen; " +
      "check power and cable",
  ]);
  expect(sentences([planned(1, room("A", 1))], found(1, [heard(macOf(1), spot("A", 1), { seenAt: days })]))).toEqual([
    expect.stringContaining("it was last seen by sw-A Gi1/0/1, 3 days ago"),
  ]);
});

test("one MAC address in two places is doubled; a machine whose cables part is split", () => {
  const [one, two] = [macOf(1), macOf(1, 1)];
  expect(sentences(A.slice(0, 1), found(1, [heard(one, spot("A", 1)), heard(one, spot("B", 4))]))).toEqual([
    `DOUBLED_MAC: web1's MAC address ${one} is in two places at once: A U1 (${one} on sw-A Gi1/0/1, just now) and ` +
      `B U4 (${one} on sw-B Gi1/0/4, just now); one of them is a copy, or a loop`,
  ]);
  expect(sentences(A.slice(0, 1), found(1, [heard(one, spot("A", 1)), heard(two, spot("B", 4))]))).toEqual([
    `SPLIT: web1, planned at A U1, has its cables in two places: A U1 (${one} on sw-A Gi1/0/1, just now) and ` +
      `B U4 (${two} on sw-B Gi1/0/4, just now); one cable is in the wrong port`,
  ]);
});

test("a known machine without a place is told where it stands", () => {
  expect(sentences([planned(1, null)], seen(1, 8))).toEqual([
    "UNPLACED: web1 has no place in the plan, but is at A U8 (sw-A Gi1/0/8, just now); accept the place",
  ]);
});

test(`of 1,600 machines on 80 switches every wrong one is named, and none of the right (seed ${testSeed})`, () => {
  const random = new Random(testSeed);
  const floor = simulatedFloor(random, RACKS * MACHINES * 0.05);
  const differences = compareFloor(floor.plan, floor.found, WORDS);
  const named = (kind: string) =>
    differences.filter((each) => each.kind === kind).flatMap((each) => [each.machineId, each.otherMachineId]);
  const sorted = (ids: Iterable<number | null>) => [...ids].filter((id) => id !== null).sort((a, b) => a - b);
  expect(sorted(named("SWAPPED"))).toEqual(sorted(floor.swapped));
  expect(sorted(named("MOVED"))).toEqual(sorted(floor.moved));
  expect(differences).toHaveLength(floor.swapped.size / 2 + floor.moved.size);
  for (const { machineId, sentence } of differences) expect(sentence).toContain(`web${machineId} `);
});
