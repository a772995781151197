import { expect, test } from "vitest";
import type { MacAddress } from "../../src/machine/mac-address.js";
import { spotKey } from "../../src/placement/spot.js";
import { weighSightings, type Heard } from "../../src/placement/floor/weigh-sightings.js";
import { Random, testSeed } from "../support/random.js";
import { heard, NOW, spot } from "./floors.js";

const MINUTE = 60_000;
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * MINUTE);
const [ONE, TWO] = ["00:26:2d:00:00:01", "00:26:2d:00:00:02"] as MacAddress[] as [MacAddress, MacAddress];
const at = (unit: number, rest: Partial<Heard> = {}): Heard => heard(ONE, spot("A", unit), rest);

function told(sightings: readonly Heard[]): string {
  const weighed = weighSightings(sightings, NOW);
  if (weighed === null) return "nothing";
  if (weighed.kind === "OBSERVED") return `U${weighed.spot.unit}${weighed.stale ? " once" : ""}`;
  return `${weighed.sides.map((side) => `U${side.spot.unit}`).join(" or ")}${weighed.doubled === null ? "" : `: ${weighed.doubled}`}`;
}

test("an uplink is no place, and neither is a port that no rule covers", () => {
  expect(told([])).toBe("nothing");
  expect(told([at(3, { uplink: true })])).toBe("nothing");
  expect(told([heard(ONE, null)])).toBe("nothing");
  expect(told([at(3, { uplink: true }), at(7), heard(ONE, null)])).toBe("U7");
});

test("fresh beats stale, even when the stale one is direct", () => {
  expect(told([at(3, { seenAt: minutesAgo(16), direct: true }), at(7, { seenAt: minutesAgo(0) })])).toBe("U7");
  expect(told([at(7, { seenAt: minutesAgo(30) }), at(3, { seenAt: minutesAgo(60) })])).toBe("U7");
});

test("what its switch has dropped from its table counts only while there is nothing else", () => {
  expect(told([at(3, { gone: true }), at(7, { seenAt: minutesAgo(5) })])).toBe("U7");
  expect(told([at(3, { gone: true })])).toBe("U3");
});

test("direct beats derived among the fresh ones of one MAC address", () => {
  expect(told([at(3, { seenAt: minutesAgo(10), direct: true }), at(7)])).toBe("U3");
  // Another port of the machine has its own cable: what the first says of itself is no word on that.
  expect(told([at(3, { direct: true }), { ...at(7), macAddress: TWO }])).toBe("U3 or U7");
});

test("two fresh ones that disagree are a disagreement, which names a doubled MAC address", () => {
  expect(told([at(3), at(7)])).toBe(`U3 or U7: ${ONE}`);
  expect(told([at(3, { direct: true }), at(7, { direct: true })])).toBe(`U3 or U7: ${ONE}`);
  expect(told([at(3), { ...at(7), macAddress: TWO }])).toBe("U3 or U7");
});

test("two ports of a machine and the members of an aggregated link agree when they are for one place", () => {
  const [first, second] = [at(7, { switchName: "sw1" }), { ...at(7, { switchName: "sw2" }), macAddress: TWO }];
  expect(weighSightings([first, second, at(7, { port: "Po1" })], NOW)).toMatchObject({
    kind: "OBSERVED",
    evidence: [{ switchName: "sw1" }, { port: "Po1" }, { switchName: "sw2" }],
  });
});

test("after a day of silence it says where the machine was, and a clock that is ahead is not believed", () => {
  expect(told([at(7, { seenAt: minutesAgo(24 * 60) })])).toBe("U7");
  expect(told([at(7, { seenAt: minutesAgo(24 * 60 + 1) })])).toBe("U7 once");
  expect(told([at(3, { seenAt: minutesAgo(-600) }), at(7)])).toBe(`U3 or U7: ${ONE}`);
});

test(`the order in which sightings come changes nothing, and no place comes from nowhere (seed ${testSeed})`, () => {
  const random = new Random(testSeed);
  const summary = (sightings: readonly Heard[]) => {
    const weighed = weighSightings(sightings, NOW);
    const sides = weighed === null ? [] : weighed.kind === "OBSERVED" ? [weighed] : weighed.sides;
    return { kind: weighed?.kind, spots: sides.map((side) => spotKey(side.spot)).sort() };
  };
  for (let i = 0; i < 500; i++) {
    const sightings = random.list(random.below(6), () =>
      heard(random.pick([ONE, TWO]), random.chance(0.2) ? null : spot("A", 1 + random.below(3)), {
        direct: random.chance(0.3),
        uplink: random.chance(0.2),
        gone: random.chance(0.2),
        seenAt: minutesAgo(random.below(40)),
      }),
    );
    const { kind, spots } = summary(sightings);
    expect(summary(sightings.toReversed())).toEqual({ kind, spots });
    const usable = sightings.filter((each) => !each.uplink && each.spot !== null);
    expect(kind === undefined).toBe(usable.length === 0);
    expect(usable.map((each) => each.spot && spotKey(each.spot))).toEqual(expect.arrayContaining(spots));
    // Nobody who is fresher than all the others by more than the window is overruled.
    const latest = usable.filter(({ gone }) => !gone).toSorted((a, b) => b.seenAt.getTime() - a.seenAt.getTime());
    const [first, second] = latest;
    if (first?.spot && (!second || first.seenAt.getTime() - second.seenAt.getTime() > 15 * MINUTE)) {
      expect(spots).toEqual([spotKey(first.spot)]);
    }
  }
});
