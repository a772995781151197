import type { GhostView, RackElevation, ShelfView } from "../../../src/rack/drawing/elevation.js";
import { FACES, type Place, STRIPS } from "../../../src/rack/rack-space.js";
import { SHELF_KINDS } from "../../../src/rack/shelf-kind.js";
import { SHELF_STATUSES } from "../../../src/rack/drawing/shelf-status.js";
import { rack, shelf } from "./sample-racks.js";

/** Strings that have broken somebody's drawing, or would. */
export const HOSTILE_LABELS = [
  `<"&'>`,
  `]]></title><script>alert(1)</script>`,
  `" onload="alert(1)`,
  "&amp;&#0;&unknown;",
  "url(javascript:alert(1))",
  "picture.png",
  "\u0000\u0001\u001f\u007f\u0085\u009f",
  "two\nlines\tand\ra tab",
  "lone \ud800 surrogate \udc00",
  "\uffff\ufffe",
  "W".repeat(400),
  "💾".repeat(200),
  "サーバー室の一番奥にあるデータベース本番系二号機",
  "שרת בסיס נתונים ראשי",
  "خادم قاعدة البيانات الرئيسي",
  "\u202enimda\u202c-01",
  "👩‍👩‍👧‍👦-👍🏽-🇯🇵-01",
  "Z\u0351\u0352\u0353\u0354\u0355\u0356\u0357\u0358\u0359".repeat(30),
  "",
  " ",
];

/** mulberry32: the same seed gives the same racks on every machine. */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** KICKRACK_TEST_SEED repeats a run; tests put the seed into the messages of their expectations. */
export const seed = Number(process.env.KICKRACK_TEST_SEED ?? Date.now() % 1_000_000);

export function randomPlace(random: (below: number) => number, heightU: number): Place {
  const columns = 1 + random(3);
  return {
    unit: 1 + random(heightU * 2) / 2,
    heightU: (1 + random(8)) / 2,
    face: FACES[random(3)] ?? "FULL",
    columns,
    column: 1 + random(columns),
  };
}

/** Anything may stand anywhere, also where it cannot, under any name. */
export function randomRack(random: (below: number) => number): RackElevation {
  const heightU = (2 + random(96)) / 2;
  const label = () => HOSTILE_LABELS[random(HOSTILE_LABELS.length)] ?? "";
  const name = () => (random(3) === 0 ? label() : `rack-web-${"x".repeat(random(30))}-${random(1000)}.example.net`);
  const shelves = Array.from({ length: random(40) }, (): ShelfView => {
    const status = SHELF_STATUSES[random(SHELF_STATUSES.length)] ?? "READY";
    const kind = random(3) === 0 ? (SHELF_KINDS[random(SHELF_KINDS.length)] ?? "OTHER") : "MACHINE";
    const colour = () => (random(2) === 0 ? null : `#${random(0x1000000).toString(16).padStart(6, "0")}`);
    const amount = () => (random(3) === 0 ? null : random(100_000) / 10);
    const at = randomPlace(random, heightU);
    return shelf(
      random(8) === 0 ? { ...at, strip: STRIPS[random(2)] ?? null } : at,
      name(),
      random(2) === 0 ? "R640" : label(),
      {
        kind,
        status: kind === "MACHINE" ? status : null,
        profile: random(2) === 0 ? label() : null,
        labels: { role: label(), __proto__: "x" },
        reservation: kind === "RESERVED" ? { owner: label(), reason: label(), endsAt: "2027-01-01T00:00:00Z" } : null,
        amperes: amount(),
        watts: amount(),
        kilograms: amount(),
        paint: random(4) === 0 ? { fill: colour(), line: colour(), text: colour() } : null,
        absence: random(6) === 0 ? { where: random(2) === 0 ? null : label(), sentence: label() } : null,
        dimmed: random(5) === 0,
        tooltip: [label()],
        href: random(2) === 0 ? label() : "/machines/1",
      },
    );
  });
  const ghosts = Array.from({ length: random(3) * random(8) }, (): GhostView => {
    const at = randomPlace(random, heightU);
    const height = Math.min(at.heightU, heightU);
    const inside = { ...at, heightU: height, unit: Math.max(1, Math.min(at.unit, heightU - height + 1)) };
    return { place: inside, title: name(), subtitle: label(), sentence: label(), dimmed: random(5) === 0 };
  });
  return rack(heightU, shelves, {
    ghosts,
    name: name(),
    numbering: random(2) === 0 ? "FROM_BOTTOM" : "FROM_TOP",
    location: { site: label(), room: label(), row: label(), position: random(2) === 0 ? null : random(40) },
    description: label(),
    firstUnit: random(3),
    capacity: { watts: random(2) === 0 ? null : random(20_000), kilograms: random(2) === 0 ? null : random(1500) },
  });
}
