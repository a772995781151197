import { describe, expect, test } from "vitest";
import { InvalidInput } from "../../../src/errors.js";
import { layOutElevation } from "../../../src/rack/drawing/layout.js";
import { unitNumbers, unitsLabel } from "../../../src/rack/drawing/unit-labels.js";
import { place, rack, shelf } from "./sample-racks.js";

describe("an elevation", () => {
  test("has U1 at the floor", () => {
    const { standing } = layOutElevation(rack(42, [shelf(place(1, 1), "pdu-1")]), "FRONT");
    expect(standing).toMatchObject([{ fromTop: 82, heightHalfU: 2, lane: 1, lanes: 1, troubles: [] }]);
  });

  test("lists machines from top to bottom and left to right, whatever their order", () => {
    const shelves = [
      shelf(place(1, 1), "c"),
      shelf(place(5, 2, { column: 2, columns: 2 }), "b"),
      shelf(place(5, 2, { column: 1, columns: 2 }), "a"),
    ];
    for (const order of [shelves, shelves.toReversed()]) {
      const { standing } = layOutElevation(rack(10, order), "FRONT");
      expect(standing.map((at) => at.shelf.title)).toEqual(["a", "b", "c"]);
    }
  });

  test("shows each face what stands there, and the rear mirrored", () => {
    const view = rack(10, [
      shelf(place(1, 1, { face: "FRONT" }), "front"),
      shelf(place(1, 1, { face: "REAR" }), "rear"),
      shelf(place(5, 1, { column: 1, columns: 3 }), "left"),
      shelf(place(5, 1, { column: 3, columns: 3 }), "right"),
    ]);
    const titles = (face: "FRONT" | "REAR") => layOutElevation(view, face).standing.map((at) => at.shelf.title);
    expect(titles("FRONT")).toEqual(["left", "right", "front"]);
    expect(titles("REAR")).toEqual(["right", "left", "rear"]);
  });

  test("puts machines that overlap side by side, and tells each of the other", () => {
    const view = rack(10, [shelf(place(3, 2), "web-01"), shelf(place(4, 1), "web-02"), shelf(place(8, 1), "alone")]);
    expect(layOutElevation(view, "FRONT").standing).toMatchObject([
      { shelf: { title: "alone" }, troubles: [] },
      { shelf: { title: "web-01" }, lane: 1, lanes: 2, troubles: ["overlaps web-02 at U4"] },
      { shelf: { title: "web-02" }, lane: 2, lanes: 2, troubles: ["overlaps web-01 at U3–U4"] },
    ]);
  });

  test("tells of a machine behind that takes the same space, though it is not seen", () => {
    const view = rack(10, [shelf(place(3, 1), "deep"), shelf(place(3, 1, { face: "REAR" }), "behind")]);
    expect(layOutElevation(view, "FRONT").standing).toMatchObject([
      { shelf: { title: "deep" }, lanes: 1, troubles: ["overlaps behind at U3"] },
    ]);
  });

  test("shows room that is taken from the other face, as far as nothing stands before it", () => {
    const view = rack(10, [
      shelf(place(3, 4, { face: "REAR" }), "behind"),
      shelf(place(4, 1, { face: "FRONT" }), "before"),
      shelf(place(8, 1, { face: "REAR", column: 1, columns: 3 }), "corner"),
    ]);
    const hidden = (face: "FRONT" | "REAR") =>
      layOutElevation(view, face).hidden.map(({ shelf: { title }, fromTop, heightHalfU, lane }) => [
        ...[title, fromTop / 2, heightHalfU / 2, lane],
      ]);
    expect(hidden("FRONT")).toEqual([["corner", 2, 1, 1], ["behind", 4, 2, 1], ["behind", 7, 1, 1]]); // prettier-ignore
    expect(hidden("REAR")).toEqual([]);
  });

  test("has strips beside the panels, which swap sides as one walks around", () => {
    const pdu = shelf(place(1, 10, { strip: "LEFT" }), "pdu", "", { kind: "PDU", status: null });
    const view = rack(10, [pdu, shelf(place(1, 10), "machine")]);
    const strips = (face: "FRONT" | "REAR") =>
      layOutElevation(view, face).standing.map(({ shelf: { title }, strip, troubles }) => [title, strip, troubles]);
    expect(strips("FRONT")).toEqual([["machine", null, []], ["pdu", "LEFT", []]]); // prettier-ignore
    expect(strips("REAR")).toEqual([["machine", null, []], ["pdu", "RIGHT", []]]); // prettier-ignore
    expect(layOutElevation(view, "FRONT").totals.usedU).toBe(10);
  });

  test("adds up what is drawn and weighed, and says when it knows only a part", () => {
    const view = rack(10, [
      shelf(place(1, 1), "a", "", { watts: 300.1, kilograms: 17.1 }),
      shelf(place(2, 1), "b", "", { watts: 0.2 }),
      shelf(place(3, 1), "c", "", { kind: "RESERVED", status: null, kilograms: 100 }),
      shelf(place(20, 1), "outside", "", { watts: 1000 }),
    ]);
    expect(layOutElevation(view, "FRONT").loads).toEqual({
      amperes: null,
      watts: { sum: 300.3, atLeast: false },
      kilograms: { sum: 17.1, atLeast: true },
    });
  });

  test("of ten thousand things in one unit is laid out, and names a few of them", () => {
    const shelves = Array.from({ length: 10_000 }, (_, i) => shelf(place(5, 1), `m${String(i).padStart(5, "0")}`));
    const { standing } = layOutElevation(rack(10, shelves), "FRONT");
    expect(standing[9999]).toMatchObject({ lane: 10_000, lanes: 10_000 });
    expect(standing[9999]?.troubles).toEqual([
      ...["m00000", "m00001", "m00002"].map((name) => `overlaps ${name} at U5`),
      "overlaps others, too",
    ]);
  });

  test("keeps machines without a place in the rack, with the reason", () => {
    const places = [place(8, 4), place(0, 1), place(2.3, 1), place(NaN, NaN), place(1, Infinity), place(1, 0)];
    const { standing, misplaced, totals } = layOutElevation(
      rack(
        10,
        places.map((at, i) => shelf(at, `lost-${i}`)),
      ),
      "FRONT",
    );
    expect(standing).toEqual([]);
    expect(misplaced).toHaveLength(places.length);
    for (const { trouble } of misplaced) expect(trouble).not.toBe("");
    expect(totals).toEqual({ usedU: 0, freeU: 10, largestGapU: 10 });
  });

  test("refuses a rack of a height that none has", () => {
    expect(() => layOutElevation(rack(1e9, []), "FRONT")).toThrow(InvalidInput);
  });
});

describe("unit numbers", () => {
  const numbers = (heightU: number, numbering: "FROM_BOTTOM" | "FROM_TOP") =>
    unitNumbers(rack(heightU, [], { numbering })).map(({ number, fromTop }) => [number, fromTop]);

  test("count up from the floor, or down from the roof", () => {
    expect(numbers(3, "FROM_BOTTOM")).toEqual([[3, 0], [2, 2], [1, 4]]); // prettier-ignore
    expect(numbers(3, "FROM_TOP")).toEqual([[1, 0], [2, 2], [3, 4]]); // prettier-ignore
  });

  test("leave the odd half unit of a rack at the end far from U1", () => {
    expect(numbers(2.5, "FROM_BOTTOM")).toEqual([[2, 1], [1, 3]]); // prettier-ignore
    expect(numbers(2.5, "FROM_TOP")).toEqual([[1, 0], [2, 2]]); // prettier-ignore
  });

  test("begin at the rack's own first number, in the labels too", () => {
    const view = rack(3, [], { firstUnit: 20 });
    expect(unitNumbers(view).map(({ number }) => number)).toEqual([22, 21, 20]);
    expect(unitNumbers({ ...view, numbering: "FROM_TOP" }).map(({ number }) => number)).toEqual([20, 21, 22]);
    expect(unitsLabel(view, place(1, 2))).toBe("U20–U21");
    expect(unitsLabel({ ...view, numbering: "FROM_TOP" }, place(1, 2))).toBe("U21–U22");
  });

  test.each([
    [place(5, 1), "U5", "U38"],
    [place(5, 2), "U5–U6", "U37–U38"],
    [place(5, 0.5), "U5 lower half", "U38 lower half"],
    [place(5.5, 0.5), "U5 upper half", "U38 upper half"],
    [place(5, 1.5), "1.5U from U5", "1.5U from U37.5"],
  ])("name a place as the rack's own labels do (%o)", (at, fromBottom, fromTop) => {
    expect(unitsLabel(rack(42, []), at)).toBe(fromBottom);
    expect(unitsLabel(rack(42, [], { numbering: "FROM_TOP" }), at)).toBe(fromTop);
  });
});
