import { expect, test } from "vitest";
import { audit } from "../../src/placement/floor/audit-command.js";
import { onBothServers, type TestServer } from "../graphql/test-server.js";
import { Random, testSeed } from "../support/random.js";
import { cabling, macOf, MACHINES, RACKS, type Cabling } from "./floors.js";

const WRONG = 80;
const CARDS = ["a", "b"] as const;
const RACK_NAMES = Array.from({ length: RACKS }, (_, i) => `R${i}`);
const SERIALS = Array.from({ length: RACKS * MACHINES }, (_, id) => `SIM${String(id).padStart(4, "0")}`);

interface Conflict {
  readonly kind: string;
  readonly machine: { readonly serialNumber: string } | null;
  readonly otherMachine: { readonly serialNumber: string } | null;
}

async function told(server: TestServer, mutation: string, variables: object): Promise<void> {
  const { userErrors } = await server.ask<{ userErrors: unknown[] }>(mutation, variables);
  expect(userErrors).toEqual([]);
}

/** 40 racks, two switches of 48 ports in each, and who is planned where. */
async function build(server: TestServer, { homes }: Cabling): Promise<void> {
  const switches = RACK_NAMES.flatMap((rack) => CARDS.map((card) => ({ rack, name: `sw-${card}-${rack}` })));
  const variables = {
    racks: RACK_NAMES.map((name) => ({ name, heightU: 48 })),
    switches: switches.map(({ name }) => ({ name })),
    rules: switches.map(({ name, rack }) => {
      return { name, switch: name, rack, pattern: { pattern: "Gi1/0/{n}", to: 48 } };
    }),
  };
  await told(
    server,
    "mutation ($racks: [RackInput!]!) { createRacks(racks: $racks) { userErrors { message } } }",
    variables,
  );
  await told(
    server,
    "mutation ($switches: [SwitchInput!]!) { createSwitches(switches: $switches) { userErrors { message } } }",
    variables,
  );
  await told(
    server,
    "mutation ($rules: [PlacementRuleInput!]!) { createPlacementRules(rules: $rules) { userErrors { message } } }",
    variables,
  );
  for (let from = 0; from < SERIALS.length; from += 100) {
    const some = SERIALS.slice(from, from + 100);
    const answers = await Promise.all(
      some.map((serial, i) => {
        const [mac, other] = [macOf(from + i), macOf(from + i, 1)];
        return server.boot(`/inventory/${serial}/${mac}/Dell%20Inc./PowerEdge%20R640?mac0=${mac}&mac1=${other}`);
      }),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  }
  const placements = SERIALS.map((machine, id) => {
    const { rack = "", unit = 0 } = homes[id] ?? {};
    return { machine, rack, unit, heightU: 1 };
  });
  for (let from = 0; from < placements.length; from += 400) {
    await told(
      server,
      "mutation ($placements: [PlacementInput!]!) { placeMachines(placements: $placements) { userErrors { message } } }",
      { placements: placements.slice(from, from + 400) },
    );
  }
}

/** What each switch says: its machines, a guest of one of them, and behind its uplink many of the others. */
async function readSwitches(server: TestServer, random: Random, { places }: Cabling): Promise<void> {
  const tables = RACK_NAMES.flatMap((rack, r) =>
    CARDS.map((card, c) => {
      const here = places.flatMap(({ rack: at, unit }, id) => {
        return at === rack ? [{ macAddress: macOf(id, c), port: `GigabitEthernet1/0/${unit}` }] : [];
      });
      const guest = {
        macAddress: `52:54:00:00:${r.toString(16).padStart(2, "0")}:0${c}`,
        port: random.pick(here).port,
      };
      const behind = random
        .list(60, () => random.below(places.length))
        .map((id) => ({
          macAddress: macOf(id, random.below(2)),
          port: "Te1/1/1",
        }));
      const known = new Set(here.map(({ macAddress }) => macAddress));
      const entries = [...here, guest, ...behind.filter(({ macAddress }) => !known.has(macAddress as never))];
      return { switch: `sw-${card}-${rack}`, entries };
    }),
  );
  await told(
    server,
    "mutation ($tables: [ForwardingTableInput!]!) { recordForwardingTables(tables: $tables) { userErrors { message } } }",
    { tables },
  );
}

/** Who is named. */
async function named(server: TestServer): Promise<string[]> {
  const query = `{ floorConflicts(first: 200) {
    kind machine { serialNumber } otherMachine { serialNumber } } }`;
  const conflicts = await server.ask<Conflict[]>(query);
  return conflicts.flatMap(({ kind, machine, otherMachine }) =>
    [machine, otherMachine].flatMap((each) => (each === null ? [] : [`${kind} ${each.serialNumber}`])),
  );
}

onBothServers("a floor of 1,600 machines, 80 of them wrongly cabled", (server) => {
  test(`each of those is named, and none of the others (KICKRACK_TEST_SEED=${testSeed})`, async () => {
    const random = new Random(testSeed);
    const floor = cabling(random, WRONG);
    await build(server(), floor);
    await readSwitches(server(), random, floor);
    const wrong = [
      ...[...floor.swapped].map((id) => `SWAPPED ${SERIALS[id]}`),
      ...[...floor.moved].map((id) => `MOVED ${SERIALS[id]}`),
    ].sort();
    expect(wrong).toHaveLength(WRONG);
    expect((await named(server())).sort()).toEqual(wrong);
    const drawn = await server().control(`/racks.csv?${RACK_NAMES.map((rack) => `rack=${rack}`).join("&")}`);
    const ghosts = drawn.body.split("\r\n").filter((line) => line.includes(",GHOST,"));
    expect(ghosts.map((line) => line.split(",")[9]).sort()).toEqual(wrong.map((each) => each.split(" ")[1]).sort());
    const { text, differences } = await audit(server().config, "json");
    const rows = JSON.parse(text) as Array<{ kind: string; machine: string; other_machine: string | null }>;
    expect(rows).toHaveLength(differences);
    const printed = rows.flatMap(({ kind, machine, other_machine: other }) => {
      return [machine, ...(other === null ? [] : [other])].map((name) => `${kind} ${name}`);
    });
    expect(printed.sort()).toEqual(wrong);
  });
});
