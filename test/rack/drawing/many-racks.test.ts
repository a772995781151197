import { describe, expect, test } from "vitest";
import { InvalidInput } from "../../../src/errors.js";
import { drawRacks } from "../../../src/rack/drawing/draw.js";
import { DRAWING_LIMITS } from "../../../src/rack/drawing/drawing-limits.js";
import type { DrawOptions } from "../../../src/rack/drawing/draw-options.js";
import type { RackElevation } from "../../../src/rack/drawing/elevation.js";
import { DrawnCache } from "../../../src/rack/drawing/drawn-cache.js";
import { markupBytes, type RackMarkup } from "../../../src/rack/drawing/svg/markup.js";
import { fullRack, mixedRack, place, rack, shelf } from "./sample-racks.js";

const OPTIONS: DrawOptions = { face: "FRONT", theme: "light", colorBy: { by: "STATE" } };
const draw = (racks: readonly RackElevation[], options: Partial<DrawOptions> = {}) =>
  drawRacks(racks, { ...OPTIONS, ...options });

/** Racks that no test has drawn before: none comes from the cache. */
const fleet = (count: number, name: string) =>
  Array.from({ length: count }, (_, i): RackElevation => ({
    ...fullRack(),
    name: `${name}${String(i).padStart(3, "0")}`,
  }));

/** What is drawn of a rack, from its name to its lowest machine. */
const bodyOf = (svg: string): string =>
  svg.slice(svg.indexOf('<text class="rack"'), svg.lastIndexOf("</g>\n<g transform"));

describe("a drawing of many racks", () => {
  test("is the same whether a rack is drawn here, in the thread, or comes from the cache", async () => {
    const racks = fleet(8, "S");
    const many = await draw(racks); // three of them here, the others in the thread
    expect(await draw(racks)).toBe(many);
    for (const each of racks) expect(many).toContain(bodyOf(await draw([{ ...each }])));
    const fresh = { ...mixedRack(), name: "never drawn in the thread" };
    expect(bodyOf(await draw([...racks, fresh])).length).toBeGreaterThan(1000);
  });

  test("of a hundred full racks takes less than two megabytes, and lets others have their turn", async () => {
    let turns = 0;
    let waiting = setImmediate(function turn() {
      turns++;
      waiting = setImmediate(turn);
    });
    const svg = await draw(fleet(100, "H"), { theme: "auto" });
    clearImmediate(waiting);
    expect(Buffer.byteLength(svg)).toBeLessThan(2_000_000);
    expect(turns).toBeGreaterThanOrEqual(100);
  });

  test("changes nothing but the lines of a machine that has moved", async () => {
    const racks = fleet(3, "M");
    const before = await draw(racks);
    const moved = racks.map((each, i) =>
      i === 1
        ? { ...each, shelves: each.shelves.map((s) => (s.title.endsWith("-17") ? { ...s, href: "/moved" } : s)) }
        : each,
    );
    const [old, changed] = [before.split("\n"), (await draw(moved)).split("\n")];
    expect(changed.filter((line, i) => line !== old[i])).toEqual(['<a href="/moved">']);
  });

  test("is refused beyond what anybody looks at", async () => {
    const crowd = rack(
      42,
      Array.from({ length: DRAWING_LIMITS.shelves + 1 }, (_, i) => shelf(place(1, 1), `m${i}`)),
    );
    await expect(draw([crowd])).rejects.toThrow(InvalidInput);
    await expect(draw(new Array<RackElevation>(DRAWING_LIMITS.racks + 1).fill(rack(1, [])))).rejects.toThrow(
      "more than 500 racks",
    );
    await expect(draw([{ ...mixedRack(), heightU: 1e9 }])).rejects.toThrow(InvalidInput);
  });
});

test("the cache of drawn racks forgets the longest unused first, and stays within its bytes", () => {
  const cache = new DrawnCache<RackMarkup>(markupBytes, 2000);
  const markup = {
    width: 1,
    height: 1,
    tally: [],
    spoken: "",
    uses: [],
    groups: [{ x: 0, y: 0, svg: "x".repeat(400) }],
  };
  cache.set("a", markup);
  cache.set("b", markup);
  expect(cache.get("a")).toBe(markup);
  cache.set("c", markup);
  expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([markup, undefined, markup]);
  for (let i = 0; i < 10_000; i++) cache.set(`k${i}`, markup);
  expect(cache.bytes).toBeLessThanOrEqual(2000);
});
