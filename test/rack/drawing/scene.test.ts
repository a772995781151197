import { describe, expect, test } from "vitest";
import { PANEL_PX, UNIT_PX } from "../../../src/rack/drawing/measures.js";
import { rackScene } from "../../../src/rack/drawing/scene.js";
import type { Panel, Scene, Shape, Text } from "../../../src/rack/drawing/shapes.js";
import { textWidth } from "../../../src/rack/drawing/text-width.js";
import { TEXT_STYLES } from "../../../src/rack/drawing/theme.js";
import { HOSTILE_LABELS, randomNumbers, randomRack, seed } from "./random-racks.js";
import { fullRack, mixedRack, NOWHERE, place, rack, shelf, wallCase } from "./sample-racks.js";

const shapesOf = (scene: Scene): Shape[] => scene.groups.flatMap(({ shapes }) => shapes);
const panelsOf = (scene: Scene): Panel[] => shapesOf(scene).filter((shape) => shape.kind === "panel");
const named = (scene: Scene): Panel[] => panelsOf(scene).filter(({ tooltip }) => tooltip !== "");
const textsOf = (panel: Panel | undefined): string[] =>
  (panel?.shapes ?? []).flatMap((shape) => (shape.kind === "text" ? [shape.text] : []));

/** How far a text reaches over the box from (0, 0) to (width, height); at most 0 when it stays inside. */
function excess({ role, x, y, text, turned }: Text, width: number, height: number): number {
  const { px, weight, anchor } = TEXT_STYLES[role];
  const length = textWidth(text, px, weight);
  // 0.8 em above and 0.25 em below the baseline hold all but accents and descenders, which the panel clips.
  if (turned) return Math.max(x - width, 0.8 * px - x, y - height, length - y);
  const left = anchor === "end" ? x - length : x;
  return Math.max(-left, left + length - width, 0.75 * px - y, y - height);
}

describe("a panel", () => {
  test("has the proportion of the real one: 482.6 mm wide, 44.45 mm a unit", () => {
    expect(PANEL_PX / UNIT_PX).toBeCloseTo(482.6 / 44.45, 3);
    const [four, one] = named(rackScene([rack(10, [shelf(place(1, 1), "a"), shelf(place(2, 4), "b")])], "FRONT"));
    expect([four?.width, one?.width]).toEqual([PANEL_PX, PANEL_PX]);
    // A px of clearance, whatever the height.
    expect([four?.height, one?.height]).toEqual([4 * UNIT_PX - 1, UNIT_PX - 1]);
  });

  test("names the machine first, and its model if there is room", () => {
    const [panel] = named(rackScene([rack(10, [shelf(place(1, 1), "web-017", "PowerEdge R640")])], "FRONT"));
    expect(textsOf(panel)).toEqual(["web-017", "PowerEdge R640"]);
    const long = "a-machine-whose-name-takes-all-of-the-room";
    const [crowded] = named(rackScene([rack(10, [shelf(place(1, 1), long, "PowerEdge R640")])], "FRONT"));
    expect(textsOf(crowded)).toEqual([expect.stringMatching(/^a-machine-.*….*-the-room$/)]);
    expect(crowded?.tooltip).toBe(`${long}\nPowerEdge R640\nU1 · Installed`);
  });

  test("drops the domain before it cuts a host name", () => {
    const title = "rack-db-primary-017.tyo1.prod.example.net";
    const [panel] = named(rackScene([rack(10, [shelf(place(1, 1), title)])], "FRONT"));
    expect(textsOf(panel)).toEqual(["rack-db-primary-017.tyo1…"]);
  });

  test("of a blade has its name turned", () => {
    const [panel] = named(rackScene([wallCase()], "FRONT")).filter(({ tooltip }) => tooltip.startsWith("blade-01"));
    expect(panel?.shapes).toContainEqual(expect.objectContaining({ kind: "text", text: "blade-01", turned: true }));
  });

  test(`keeps every text inside, whoever wrote it (KICKRACK_TEST_SEED=${seed})`, () => {
    const random = randomNumbers(seed);
    for (let i = 0; i < 60; i++) {
      for (const panel of panelsOf(rackScene([randomRack(random)], i % 2 === 0 ? "FRONT" : "REAR"))) {
        for (const shape of panel.shapes) {
          if (shape.kind !== "text") continue;
          expect(excess(shape, panel.width, panel.height), JSON.stringify([panel, shape])).toBeLessThanOrEqual(0.01);
        }
      }
    }
  });
});

describe("a drawing", () => {
  test("stands all racks on one floor", () => {
    const scene = rackScene([fullRack(), mixedRack(), wallCase()], "FRONT");
    const cabinets = shapesOf(scene).filter((shape) => shape.kind === "box" && shape.role === "cabinet");
    const floors = cabinets.map((shape) => (shape.kind === "box" ? shape.y + shape.height : 0));
    expect(floors).toHaveLength(3);
    expect(new Set(floors).size).toBe(1);
  });

  test("shows every unit, also of an empty rack, with its number on both sides", () => {
    const shapes = shapesOf(rackScene([rack(42, [])], "FRONT"));
    const slots = shapes.find((shape) => shape.kind === "path" && shape.role === "slot");
    expect(slots?.kind === "path" && slots.d.match(/M/g)).toHaveLength(41);
    const columns = shapes.flatMap((shape) => (shape.kind === "column" ? [shape.texts.map(({ text }) => text)] : []));
    const expected = Array.from({ length: 42 }, (_, i) => String(42 - i));
    expect(columns).toEqual([expected, expected]);
  });

  test("says in words what it shows", () => {
    const { title, description } = rackScene([fullRack()], "FRONT");
    expect(title).toBe("Rack A07, front");
    expect(description).toBe(
      "Rack A07 in Tokyo-1, room 3F-A, row B: 42 units, 42 used, 0 free, largest gap 0. " +
        "42 machines: 1 failed, 5 armed, 4 installing, 32 installed.",
    );
    expect(rackScene([rack(12.5, [])], "REAR").description).toBe(
      "Rack A07: 12.5 units, 0 used, 12.5 free, largest gap 12.5. It is empty.",
    );
  });

  test("explains only the statuses that occur", () => {
    const keys = shapesOf(rackScene([fullRack()], "FRONT")).flatMap((shape) =>
      shape.kind === "text" && shape.role === "key" ? [shape.text] : [],
    );
    expect(keys).toEqual(["1 failed", "5 armed", "4 installing", "32 installed"]);
  });

  test("hatches what is in the wrong place, and says why", () => {
    const scene = rackScene(
      [rack(12, [shelf(place(3, 2), "a"), shelf(place(4, 1), "b"), shelf(place(11, 4), "c"), shelf(place(8, 1), "d")])],
      "FRONT",
    );
    const hatched = named(scene).filter(({ shapes }) => shapes.some(({ role }) => role === "hatch"));
    expect(hatched.map(({ tooltip }) => tooltip.split("\n").at(-1))).toEqual([
      "a 4U machine at U11 would reach U14 of rack A07, which has 12U; the highest start for 4U is U9",
      "overlaps b at U4",
      "overlaps a at U3–U4",
    ]);
    expect(scene.hasTrouble).toBe(true);
  });

  test("keeps names, places and descriptions within the width of their rack", () => {
    for (const label of HOSTILE_LABELS) {
      const view = rack(6, [], { name: label, location: { ...NOWHERE, site: label, room: label }, description: label });
      const scene = rackScene([view], "FRONT");
      for (const shape of shapesOf(scene)) {
        if (shape.kind === "text") expect(excess(shape, scene.width, scene.height), shape.text).toBeLessThanOrEqual(0);
      }
    }
  });

  test("has the same key each time, and another for another rack or face", () => {
    const key = (name: string, face: "FRONT" | "REAR") => rackScene([rack(6, [], { name })], face).key;
    expect(key("A07", "FRONT")).toBe(key("A07", "FRONT"));
    expect(new Set([key("A07", "FRONT"), key("A07", "REAR"), key("A 07", "FRONT")]).size).toBe(3);
    for (const label of HOSTILE_LABELS) expect(key(label, "FRONT")).toMatch(/^r[0-9a-z]{1,7}$/);
  });
});
