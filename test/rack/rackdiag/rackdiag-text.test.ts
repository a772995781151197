import { describe, expect, test } from "vitest";
import type { RackPlan } from "../../../src/rack/rack-plan.js";
import { readPlans } from "../../../src/rack/rackdiag/plans.js";
import { readDiagram } from "../../../src/rack/rackdiag/read-diagram.js";
import { rackdiagText } from "../../../src/rack/rackdiag/rackdiag-text.js";
import { Random, testSeed } from "../../support/random.js";
import { randomPlan } from "./random-plans.js";
import { askRackdiag, type RealRack } from "./real-rackdiag.js";

/** What stands in a rack has no order of its own. */
function withoutOrder(plans: readonly RackPlan[]): unknown[] {
  return plans.map((plan) => ({ ...plan, items: plan.items.map((item) => JSON.stringify(item)).sort() }));
}

test("what was written is read again, whatever it was", () => {
  const random = new Random(testSeed);
  for (let times = 0; times < 400; times++) {
    const plans = random.list(1 + random.below(3), () => randomPlan(random, random.chance(0.3)));
    const { text } = rackdiagText(plans);
    expect(withoutOrder(readPlans(text, "helpful").plans), `seed ${testSeed}\n${text}`).toEqual(withoutOrder(plans));
    expect(rackdiagText(readPlans(text, "helpful").plans).text).toBe(text);
  }
});

describe("the real rackdiag", () => {
  const random = new Random(testSeed);
  const plans = random.list(600, () => randomPlan(random, random.chance(0.5)));
  const exports = plans.map((plan) => rackdiagText([plan]));
  const real = askRackdiag(exports.map(({ text }) => text));

  test("accepts every export, and understands it as Kickrack does", () => {
    exports.forEach(({ text }, i) => {
      const [rack] = readDiagram(text.toWellFormed(), "exact").racks;
      const [theirs] = real[i]?.racks ?? [];
      expect(theirs, `seed ${testSeed}: ${real[i]?.refused}\n${text}`).toMatchObject({
        height: rack?.height,
        ascending: rack?.ascending,
        description: rack?.description,
        items: rack?.items.map(({ unit, height, label, ampere, weight, column, columns, fill }) => {
          return { unit, height, label, ampere, weight, column, columns, fill };
        }),
      });
    });
  });

  test("shows what is not listed as lost as it was planned", () => {
    let whole = 0;
    exports.forEach(({ lost }, i) => {
      if (lost.length > 0 || plans[i]?.items.length === 0) return;
      whole++;
      expect(inWords(real[i]?.racks?.[0]), `seed ${testSeed}`).toEqual(expected(plans[i] as RackPlan));
    });
    expect(whole).toBeGreaterThan(10);
  });
});

/** A rack of ordinary names as rackdiag has it, said of the plan without any of our code. */
function expected(plan: RackPlan): string[] {
  return plan.items
    .map(({ place: { unit, heightU, column, columns }, name, amperes, kilograms, color }) => {
      const number = plan.numbering === "FROM_BOTTOM" ? unit : plan.heightU - (unit + heightU - 1) + 1;
      return `${number}+${heightU} ${column}/${columns} ${name} ${amperes} ${kilograms} ${color ?? "#ffffff"}`;
    })
    .sort();
}

function inWords(rack: RealRack | undefined): string[] | undefined {
  return rack?.items
    .map((item) => {
      const { unit, height, column, columns, label, ampere, weight, fill } = item as Record<string, string>;
      return `${unit}+${height} ${column}/${columns} ${label} ${ampere} ${weight} ${fill}`;
    })
    .sort();
}

const EMPTY: RackPlan = {
  name: "A01",
  heightU: 42,
  numbering: "FROM_BOTTOM",
  firstUnit: 1,
  location: { site: null, room: null, row: null, position: null },
  description: null,
  capacity: { watts: null, kilograms: null },
  items: [],
};

test("an empty rack is still drawn by rackdiag", () => {
  const { text, lost } = rackdiagText([EMPTY]);
  expect(askRackdiag([text])[0]?.racks).toMatchObject([{ height: 42, description: "A01" }]);
  expect(readPlans(text, "helpful").plans).toEqual([EMPTY]);
  expect(lost).toEqual([]);
});

test("what is lost is listed, and stands in the text", () => {
  const item = {
    place: { unit: 3, heightU: 1.5, face: "FRONT", column: 1, columns: 1, strip: null },
    kind: "SWITCH",
    name: "core",
    manufacturer: null,
    product: null,
    amperes: 1,
    watts: null,
    kilograms: null,
    color: null,
    reservation: null,
  } as const;
  const rear = { ...item, place: { ...item.place, face: "REAR" }, name: "rear" } as const;
  const { text, lost } = rackdiagText([{ ...EMPTY, firstUnit: 5, items: [item, rear] }]);
  expect(lost).toEqual([
    "rack A01: firstUnit",
    "rack A01, U3 core: heightU, face, kind",
    "rack A01, U3 rear: not drawn by rackdiag",
  ]);
  expect(text).toBe(`rackdiag {
  rack {
    description = "A01";
    42U;
    // kickrack rack {"firstUnit":5}
    // kickrack next {"kind":"SWITCH","place":{"heightU":1.5,"face":"FRONT"},"written":[3,2]}
    3: "core" [2U, 1A];
    // kickrack item ${JSON.stringify(rear)}
  }
}
`);
});

test("an item that somebody has moved since stands where it is written now", () => {
  const text = `{ rack {
    // kickrack next {"kind":"SWITCH","place":{"unit":3.5,"face":"FRONT"},"written":[3,2]}
    7: "core" [2U];
  } }`;
  const { plans, warnings } = readPlans(text, "helpful");
  expect(plans[0]?.items[0]).toMatchObject({ kind: "SWITCH", place: { unit: 7, heightU: 2, face: "FRONT" } });
  expect(warnings).toEqual([
    {
      line: 3,
      column: 5,
      message: "it was moved since Kickrack wrote the comment above: the place in the comment is left out",
    },
  ]);
});

test("a comment of Kickrack's that is damaged is refused", () => {
  expect(() => readPlans('{ 1: a\n// kickrack next {"kind":"TOASTER"}\n}', "helpful")).toThrow(
    /^line 2, column 1: this comment of Kickrack's is damaged: kind: .*; remove the line$/,
  );
  expect(() => readPlans("{ 1: a\n// kickrack next {\n}", "helpful")).toThrow(/is no JSON; remove the line$/);
  expect(readPlans('{ 1: a\n// kickrack next {"kind":"TOASTER"}\n}', "exact").plans).toHaveLength(1);
});
