import type { PlannedItem, RackPlan } from "../../../src/rack/rack-plan.js";
import { FACES, STRIPS } from "../../../src/rack/rack-space.js";
import { SHELF_KINDS } from "../../../src/rack/shelf-kind.js";
import type { Random } from "../../support/random.js";
import { HOSTILE_LABELS } from "../drawing/random-racks.js";

const NAMES = [
  ...HOSTILE_LABELS,
  "web-01",
  "N/A",
  "core switch",
  "ends with a backslash\\",
  "C:\\new\\table",
  '\\"',
  "'",
  '"quoted"',
  "; } ] // # /* */",
  "// kickrack filler",
  "two\nlines",
  "old\rMac",
  "\u2028",
  "¥n",
  " padded ",
];

const PLAIN = ["web-01", "db-02.example.net", "PowerEdge R640", "棚サーバー"];
const ORDINARY = [...PLAIN, "core switch", "N/A"];

/** A rack as somebody could have made it: with `sane` all stand where they can, in whole units. */
export function randomPlan(random: Random, sane: boolean): RackPlan {
  const maybe = <T>(make: () => T): T | null => (random.chance(0.5) ? make() : null);
  const heightU = sane ? 1 + random.below(48) : (1 + random.below(200)) / 2;
  const plain = sane && random.chance(0.5);
  const text = () => random.pick(plain ? PLAIN : sane ? ORDINARY : NAMES);
  return {
    name: text(),
    heightU,
    numbering: random.pick(["FROM_BOTTOM", "FROM_TOP"] as const),
    firstUnit: plain ? 1 : random.below(50),
    location: {
      site: plain ? null : maybe(text),
      room: plain ? null : maybe(text),
      row: null,
      position: plain ? null : maybe(() => random.below(20)),
    },
    description: maybe(text),
    capacity: { watts: plain ? null : maybe(() => random.below(9000)), kilograms: null },
    items: sane
      ? stacked(random, heightU, text, plain)
      : random.list(random.below(30), () => anywhere(random, heightU, text)),
  };
}

function stacked(random: Random, rackHeight: number, text: () => string, plain: boolean): PlannedItem[] {
  const items: PlannedItem[] = [];
  for (let unit = 1 + random.below(3); unit <= rackHeight;) {
    const heightU = Math.min(1 + random.below(3), rackHeight - unit + 1);
    const columns = random.chance(0.8) ? 1 : 2 + random.below(3);
    for (let column = 1; column <= columns; column++) {
      items.push(item(random, { unit, heightU, face: "FULL", column, columns, strip: null }, text, plain));
    }
    unit += heightU + random.below(3);
  }
  return items
    .map((each) => [random.next(), each] as const)
    .sort(([a], [b]) => a - b)
    .map(([, each]) => each);
}

function anywhere(random: Random, rackHeight: number, text: () => string): PlannedItem {
  const columns = random.chance(0.6) ? 1 : 1 + random.below(24);
  const halves = random.chance(0.5) ? 2 : 1;
  return item(
    random,
    {
      unit: 1 + random.below(Math.ceil(rackHeight) * halves + 3) / halves - (random.chance(0.05) ? 3 : 0),
      heightU: (1 + random.below(8)) / halves,
      face: random.pick(FACES),
      column: 1 + random.below(columns),
      columns,
      strip: random.chance(0.1) ? random.pick(STRIPS) : null,
    },
    text,
    false,
  );
}

function item(random: Random, place: PlannedItem["place"], text: () => string, plain: boolean): PlannedItem {
  const maybe = <T>(make: () => T): T | null => (random.chance(0.3) ? make() : null);
  return {
    place,
    kind: plain || random.chance(0.6) ? "MACHINE" : random.pick(SHELF_KINDS),
    name: text(),
    manufacturer: plain ? null : maybe(text),
    product: maybe(text),
    amperes: maybe(() => random.pick(plain ? [1.5, 0, 32] : [1.5, 0, 0.1, 1e-9, 1e21, 32])),
    watts: plain ? null : maybe(() => random.below(2000)),
    kilograms: maybe(() => random.pick([20, 7.25])),
    color: maybe(() => random.pick(["#ff0000", "#00aa99"])),
    reservation: plain
      ? null
      : maybe(() => ({ owner: text(), reason: maybe(text), endsAt: maybe(() => "2030-01-01T00:00:00Z") })),
  };
}
