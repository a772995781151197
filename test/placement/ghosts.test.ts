import { expect, test } from "vitest";
import { compareFloor } from "../../src/placement/floor/compare-floor.js";
import { ghostsOf } from "../../src/placement/floor/ghosts.js";
import type { NumberedRack } from "../../src/placement/spot.js";
import { onBothServers, type TestServer } from "../graphql/test-server.js";
import { statementsOf } from "../support/statements.js";
import { found, heard, macOf, planned, room, spot } from "./floors.js";

const plainRack: NumberedRack = { heightU: 42, numbering: "FROM_BOTTOM", firstUnit: 1 };
const racks = new Map<string, NumberedRack>([
  ["A", plainRack],
  ["B", { ...plainRack, numbering: "FROM_TOP", firstUnit: 0 }],
]);
const size = { model: "R640", heightU: 1, fullDepth: true };
const known = { racks, machines: new Map([1, 2, 3].map((id) => [id, size])) };
const seen = (id: number, unit: number, rack = "A") => found(id, [heard(macOf(id), spot(rack, unit))]);
const drawn = (plan: ReturnType<typeof planned>[], ...floor: ReturnType<typeof found>[]) => {
  const against = ghostsOf(compareFloor(plan, floor.flat(), { now: null, racks }), known);
  const ghosts = [...against.ghosts].flatMap(([rack, of]) =>
    of.map(({ title, place }) => `${title} ${rack} U${place.unit}`),
  );
  const absences = [...against.absences].map(([id, { where }]) => `web${id} ${where}`);
  return { ghosts, absences, against };
};

test("a swapped pair and a ring are ghosts in each other's places", () => {
  const plan = [1, 2, 3].map((id) => planned(id, room("A", id)));
  expect(drawn(plan, seen(1, 2), seen(2, 1), seen(3, 3))).toMatchObject({
    ghosts: ["web1 A U2", "web2 A U1"],
    absences: ["web1 U2", "web2 U1"],
  });
  expect(drawn(plan, seen(1, 2), seen(2, 3), seen(3, 1)).ghosts).toEqual(["web1 A U2", "web2 A U3", "web3 A U1"]);
});

test("a ghost stands in the rack it is seen in, as high as its machine, and does not reach out of it", () => {
  const { ghosts, absences, against } = drawn([planned(1, room("A", 5, 4))], seen(1, 41, "B"));
  expect({ ghosts, absences }).toEqual({ ghosts: ["web1 B U39"], absences: ["web1 B U1"] });
  expect(against.ghosts.get("B")?.[0]).toMatchObject({ place: { heightU: 4, face: "FULL" }, subtitle: "R640" });
  // A rack that counts from its top says so, and no time: the drawing stays as it is until something else is seen.
  expect(against.ghosts.get("B")?.[0]?.sentence).toBe(
    "web1 is planned at A U5, but is at B U41 (labelled U1) (sw-B Gi1/0/41); check its cable, or accept the place",
  );
});

test("a stranger, a machine nobody hears, one without a place, and cables that part", () => {
  const plan = [planned(1, room("A", 1)), planned(2, room("A", 2)), planned(3, null)];
  const stranger = found(null, [heard(macOf(99), spot("A", 1))]);
  expect(drawn(plan, stranger, seen(3, 9))).toMatchObject({
    ghosts: [`web3 A U9`, `${macOf(99)} A U1`],
    absences: ["web2 null", "web3 A U9", "web1 null"],
  });
  const split = found(1, [heard(macOf(1), spot("A", 1)), heard(macOf(1, 1), spot("B", 42))]);
  expect(drawn(plan.slice(0, 1), split)).toMatchObject({ ghosts: ["web1 B U42"], absences: ["web1 B U0"] });
  const strip = planned(1, { ...room("A", 1, 20), strip: "LEFT" });
  expect(drawn([strip], seen(1, 7))).toMatchObject({ ghosts: ["web1 A U7"], absences: ["web1 U7"] });
});

interface Haunted {
  readonly racks: readonly [string, string];
  readonly serials: readonly string[];
  readonly hears: (index: number, rack: string, unit: number) => Promise<void>;
}

/** Two racks with a switch each, and a machine in every unit from the lowest of the first. */
async function haunted(server: TestServer, name: string, count: number): Promise<Haunted> {
  const names = [`${name}1`, `${name}2`] as const;
  const machines = await server.register(count);
  for (const rack of names) {
    for (const mutation of [
      `createRack(name: "${rack}", heightU: 12)`,
      `createSwitch(name: "sw-${rack}")`,
      `createPlacementRule(name: "${rack}", switch: "sw-${rack}", rack: "${rack}", pattern: { pattern: "Gi1/0/{n}", to: 12 })`,
    ]) {
      expect(await server.ask(`mutation { ${mutation} { userErrors { message } } }`)).toEqual({ userErrors: [] });
    }
  }
  const placements = machines.map(({ serial }, i) => `{ machine: "${serial}", rack: "${names[0]}", unit: ${i + 1} }`);
  await server.ask(`mutation { placeMachines(placements: [${placements.join(" ")}]) { userErrors { message } } }`);
  const hears = async (index: number, rack: string, unit: number) => {
    const { serial = "", mac = "" } = machines[index] ?? {};
    const lldp = `lldp_system=sw-${rack}&lldp_port=Gi1%2F0%2F${unit}`;
    expect((await server.boot(`/inventory/${serial}/${mac}/Dell%20Inc./PowerEdge%20R640?${lldp}`)).status).toBe(200);
  };
  return { racks: names, serials: machines.map(({ serial }) => serial), hears };
}

onBothServers("ghosts in drawings", (server) => {
  const get = async (path: string) => (await server().control(path)).body;

  test("every writer shows them, in the rack that they are seen in, and none when they are not wanted", async () => {
    const {
      racks: [here, there],
      serials: [one = "", two = "", three = ""],
      hears,
    } = await haunted(server(), "G", 3);
    await hears(0, here, 2);
    await hears(1, here, 1);
    await hears(2, there, 7);
    const [svg, other] = [await get(`/racks/${here}.svg`), await get(`/racks/${there}.svg`)];
    expect(svg.match(/class="ghost"/g)).toHaveLength(3); // two machines, and the key
    expect(svg).toContain(`${two} and ${one} are swapped`);
    expect(svg).toContain(`seen at ${there} U7`);
    expect(other).toContain(`${three} is planned at ${here} U3, but is at ${there} U7 (sw-${there} Gi1/0/7)`);
    expect(await get(`/racks/${there}.csv`)).toMatch(
      new RegExp(`^${there},U7,7,1,.*,GHOST,${three},PowerEdge R640,`, "m"),
    );
    expect(await get(`/racks/${there}.txt`)).toMatch(new RegExp(`^ 7 │ ◌ ${three} +PowerEdge R640 │ 7$`, "m"));
    expect((await get(`/racks/${here}.pdf`)).startsWith("%PDF-")).toBe(true);
    for (const format of ["svg", "csv", "md", "html", "txt"]) {
      expect(await get(`/racks/${there}.${format}?ghosts=false`), format).not.toContain(three);
    }
    const diagram = (ghosts: string) =>
      server().ask<{ diagram: string }>(`{ rack(name: "${there}") { diagram${ghosts} } }`);
    expect((await diagram("")).diagram).toContain(three);
    expect((await diagram("(ghosts: false)")).diagram).not.toContain(three);
    expect(await get(`/racks/${there}.svg?ghosts=perhaps`)).toContain("ghosts is true or false");
  });

  test("a drawing changes when the evidence does, and not while it says the same", async () => {
    const {
      racks: [here],
      serials: [one = ""],
      hears,
    } = await haunted(server(), "H", 1);
    const tagOf = async () => (await server().control(`/racks/${here}.svg`)).headers.etag;
    await hears(0, here, 1);
    const calm = await tagOf();
    await hears(0, here, 5);
    const moved = await tagOf();
    expect(moved).not.toBe(calm);
    await hears(0, here, 5);
    expect(await tagOf()).toBe(moved);
    expect(await server().change("acceptObservedPlaces", [one])).toEqual([]);
    expect(await get(`/racks/${here}.svg`)).not.toContain("ghost");
  });

  test("take a number of statements that does not grow with the racks", async () => {
    const {
      racks: [here, there],
      hears,
    } = await haunted(server(), "J", 4);
    for (const index of [0, 1, 2, 3]) await hears(index, there, index + 1);
    const { dataSource } = server().app.database;
    const count = async (path: string) => (await statementsOf(dataSource, () => get(path))).length;
    const one = Math.min(await count(`/racks/${here}.svg`), await count(`/racks/${here}.svg`));
    const two = Math.min(
      await count(`/racks.svg?rack=${here}&rack=${there}`),
      await count(`/racks.svg?rack=${here}&rack=${there}`),
    );
    expect(two).toBeLessThanOrEqual(one + 1);
    expect(one).toBeLessThan(16);
  });
});
