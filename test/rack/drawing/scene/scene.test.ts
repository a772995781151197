import { describe, expect, test } from "vitest";
import type { DrawOptions } from "../../../../src/rack/drawing/draw-options.js";
import type { RackElevation } from "../../../../src/rack/drawing/elevation.js";
import { PANEL_PX, UNIT_PX } from "../../../../src/rack/drawing/scene/measures.js";
import type { Panel, Scene, Shape, Text } from "../../../../src/rack/drawing/scene/shapes.js";
import { textWidth } from "../../../../src/rack/drawing/text/text-width.js";
import { TEXT_STYLES } from "../../../../src/rack/drawing/looks/theme.js";
import { HOSTILE_LABELS, randomNumbers, randomRack, seed } from "../random-racks.js";
import { rackScene } from "../rack-scene.js";
import { fullRack, mixedRack, NOWHERE, place, rack, shelf, wallCase } from "../sample-racks.js";

const scene = (racks: readonly RackElevation[], options: Partial<DrawOptions> = {}): Scene =>
  rackScene(racks, { face: "FRONT", theme: "light", colorBy: { by: "STATE" }, ...options });
const shapesOf = ({ groups }: Scene): Shape[] => groups.flatMap(({ shapes }) => shapes);
const panelsOf = (drawn: Scene): Panel[] => shapesOf(drawn).filter((shape) => shape.kind === "panel");
const named = (drawn: Scene): Panel[] => panelsOf(drawn).filter(({ tooltip }) => tooltip !== "");
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
    // To a tenth of a px.
    expect(PANEL_PX).toBeCloseTo((482.6 / 44.45) * UNIT_PX, 1);
    const [four, one] = named(scene([rack(10, [shelf(place(1, 1), "a"), shelf(place(2, 4), "b")])]));
    expect([four?.width, one?.width]).toEqual([PANEL_PX, PANEL_PX]);
    // A px of clearance above and below, whatever the height.
    expect([four?.height, one?.height]).toEqual([4 * UNIT_PX - 2, UNIT_PX - 2]);
  });

  test("names the machine first, and its model if there is room", () => {
    const [panel] = named(scene([rack(10, [shelf(place(1, 1), "web-017", "PowerEdge R640")])]));
    expect(textsOf(panel)).toEqual(["web-017", "PowerEdge R640"]);
    const long = "a-machine-whose-name-takes-all-of-the-room";
    const [crowded] = named(scene([rack(10, [shelf(place(1, 1), long, "PowerEdge R640")])]));
    expect(textsOf(crowded)).toEqual([expect.stringMatching(/^a-machine-.*….*-the-room$/)]);
    expect(crowded?.tooltip).toBe(`${long}\nPowerEdge R640\nU1 · Installed`);
  });

  test("drops the domain before it cuts a host name", () => {
    const title = "rack-db-primary-017.tyo1.prod.example.net";
    const [panel] = named(scene([rack(10, [shelf(place(1, 1), title)])]));
    expect(textsOf(panel)).toEqual(["rack-db-primary-017.tyo1…"]);
  });

  test("of a blade has its name turned", () => {
    const [panel] = named(scene([wallCase()])).filter(({ tooltip }) => tooltip.startsWith("blade-01"));
    expect(panel?.shapes).toContainEqual(expect.objectContaining({ kind: "text", text: "blade-01", turned: true }));
  });

  test(`keeps every text inside, whoever wrote it (KICKRACK_TEST_SEED=${seed})`, () => {
    const random = randomNumbers(seed);
    for (let i = 0; i < 60; i++) {
      for (const panel of panelsOf(
        scene([randomRack(random)], { face: i % 2 === 0 ? "FRONT" : "BOTH", theme: i % 3 === 0 ? "print" : "light" }),
      )) {
        for (const shape of panel.shapes) {
          if (shape.kind !== "text") continue;
          const inPanel = { ...shape, x: shape.x - panel.x, y: shape.y - panel.y };
          expect(excess(inPanel, panel.width, panel.height), JSON.stringify([panel, shape])).toBeLessThanOrEqual(0.01);
        }
      }
    }
  });
});

describe("a drawing", () => {
  test("stands all racks on one floor", () => {
    const drawn = scene([fullRack(), mixedRack(), wallCase()]);
    const floors = drawn.groups.flatMap(({ y, shapes }) =>
      shapes.flatMap((shape) => (shape.kind === "box" && shape.role === "cabinet" ? [y + shape.y + shape.height] : [])),
    );
    expect(floors).toHaveLength(3);
    expect(new Set(floors).size).toBe(1);
  });

  test("shows every unit, also of an empty rack, with its number on both sides", () => {
    const shapes = shapesOf(scene([rack(42, [])]));
    const slots = shapes.find((shape) => shape.kind === "path" && shape.role === "slot");
    // The first of 41 lines a unit from the top, the last a unit from the bottom; dashed a pixel each 24.
    expect(slots?.kind === "path" && slots.d).toMatch(/^M[\d.]+ 23\.5v961$/);
    const columns = shapes.flatMap((shape) => (shape.kind === "column" ? [shape.texts.map(({ text }) => text)] : []));
    const expected = Array.from({ length: 42 }, (_, i) => String(42 - i));
    expect(columns).toEqual([expected, expected]);
  });

  test("says in words what it shows", () => {
    const { title, description } = scene([fullRack()]);
    expect(title).toBe("Rack A07, front");
    expect(description).toBe(
      "Rack A07 in Tokyo-1, room 3F-A, row B: 42 units, 42 used, 0 free, largest gap 0. " +
        "42 machines: 1 failed, 5 armed, 4 installing, 32 installed.",
    );
    expect(scene([rack(12.5, [])], { face: "REAR" }).description).toBe(
      "Rack A07: 12.5 units, 0 used, 12.5 free, largest gap 12.5. It is empty.",
    );
  });

  test("explains only the statuses that occur", () => {
    const keys = shapesOf(scene([fullRack()])).flatMap((shape) =>
      shape.kind === "text" && shape.role === "key" ? [shape.text] : [],
    );
    expect(keys).toEqual(["Failed · 1", "Armed · 5", "Installing · 4", "Installed · 32"]);
  });

  test("hatches what is in the wrong place, and says why", () => {
    const drawn = scene([
      rack(12, [shelf(place(3, 2), "a"), shelf(place(4, 1), "b"), shelf(place(11, 4), "c"), shelf(place(8, 1), "d")]),
    ]);
    const hatched = named(drawn).filter(({ shapes }) => shapes.some(({ role }) => role === "hatch"));
    expect(hatched.map(({ tooltip }) => tooltip.split("\n").at(-1))).toEqual([
      "a 4U machine at U11 would reach U14 of rack A07, which has 12U; the highest start for 4U is U9",
      "overlaps b at U4",
      "overlaps a at U3–U4",
    ]);
    expect(drawn.uses).toContain("hatch");
  });

  test("keeps names, places and descriptions within the width of their rack", () => {
    for (const label of HOSTILE_LABELS) {
      const view = rack(6, [], { name: label, location: { ...NOWHERE, site: label, room: label }, description: label });
      const drawn = scene([view]);
      for (const { x, y, shapes } of drawn.groups) {
        for (const shape of shapes) {
          if (shape.kind !== "text") continue;
          const inDrawing = { ...shape, x: shape.x + x, y: shape.y + y };
          expect(excess(inDrawing, drawn.width, drawn.height), shape.text).toBeLessThanOrEqual(0);
        }
      }
    }
  });

  test("has the same key each time, and another for another rack or face", () => {
    const key = (name: string, face: "FRONT" | "REAR") => scene([rack(6, [], { name })], { face }).key;
    expect(key("A07", "FRONT")).toBe(key("A07", "FRONT"));
    expect(new Set([key("A07", "FRONT"), key("A07", "REAR"), key("A 07", "FRONT")]).size).toBe(3);
    for (const label of HOSTILE_LABELS) expect(key(label, "FRONT")).toMatch(/^r[0-9a-z]{1,7}$/);
  });
});

test("what nobody has told is not drawn as 0 W", () => {
  const fed = rack(2, [shelf(place(1, 1), "web-1", "", { kilograms: 10 })], {
    capacity: { watts: 5000, kilograms: 600 },
  });
  const texts = shapesOf(scene([fed])).flatMap((shape) => (shape.kind === "text" ? [shape.text] : []));
  expect(texts).toContain("? of 5,000 W");
  expect(texts).toContain("10 of 600 kg");
});
