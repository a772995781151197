import { leaf } from "../../test/placement/support/simulated-switch.js";
import { TableAgent } from "../../test/placement/support/table-agent.js";
import { makeFleet, rackName, type DatabaseKind } from "../graphql/fleet.js";
import { Client, startControlPlane } from "../graphql/servers.js";
import { macOfPort } from "../machines.js";
import { cpuSeconds, residentMb, sleep, type Server } from "../processes.js";
import { atMost, type Run } from "../table.js";

const SWITCHES = 80;
const PORTS = 48;
/** Two ports each: every port of a switch is one's, and each switch hears all the others behind its uplink. */
const MACHINES = (SWITCHES * PORTS) / 2;
const ADDRESSES = 2 * MACHINES;
/** What fits into a rack of the fleet. */
const UNITS = 42;
const LARGE = 100_000;
const LARGE_SWITCHES = 8;
const LOOK_EVERY_MS = 50;

/** Switches that a server asks by SNMP: how long all of a floor take, and what the tables of eight large ones take in memory. */
export async function polled(run: Run): Promise<void> {
  for (const kind of ["SQLite", "PostgreSQL"] as const) await floor(run, kind);
  await large(run);
}

async function floor({ rows, say }: Run, kind: DatabaseKind): Promise<void> {
  say(`${SWITCHES} switches polled, ${kind}`);
  const agents = await agentsOf(SWITCHES, (i) => leaf(ADDRESSES, (port) => macOfPort((PORTS * i + port) % ADDRESSES)));
  const { server, client, stop } = await serverWith(kind, "polled", agents);
  const cpu = cpuSeconds(server.pid);
  const { seconds, highestMb } = await poll(server, client, SWITCHES);
  rows.push({
    what: `${SWITCHES} switches of ${PORTS} ports polled, ${ADDRESSES.toLocaleString("en")} addresses in each, ${kind}`,
    figures: `CPU of ours ${(cpuSeconds(server.pid) - cpu).toFixed(1)} s, at most ${highestMb.toFixed(0)} MB resident`,
    ...atMost(seconds, 30, " s", 1),
  });
  await stop();
}

async function large({ rows, say }: Run): Promise<void> {
  say(`${LARGE_SWITCHES} switches of ${LARGE} addresses`);
  const records = leaf(LARGE, macOfPort);
  const agents = await agentsOf(LARGE_SWITCHES, () => records);
  const { server, client, stop } = await serverWith("SQLite", "polled-large", agents);
  const alone: number[] = []; // as often, since V8 lets its heap grow for some of them before it collects
  for (let i = 0; i < LARGE_SWITCHES; i++) alone.push((await poll(server, client, 1)).highestMb);
  const oneMb = Math.max(...alone);
  const { highestMb, seconds } = await poll(server, client, LARGE_SWITCHES);
  rows.push({
    what: `memory while ${LARGE_SWITCHES} switches of ${LARGE.toLocaleString("en")} addresses are polled at once, of one after the other`,
    figures: `at most ${highestMb.toFixed(0)} of ${oneMb.toFixed(0)} MB resident; ${seconds.toFixed(0)} s`,
    ...atMost(highestMb / oneMb, 1.2),
  });
  await stop();
}

function agentsOf(count: number, recordsOf: (i: number) => ReturnType<typeof leaf>): Promise<TableAgent[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => TableAgent.start(recordsOf(i))));
}

async function serverWith(kind: DatabaseKind, name: string, agents: readonly TableAgent[]) {
  const fleet = await makeFleet(kind, name, { machines: MACHINES, racks: SWITCHES, placed: true });
  const server = await startControlPlane(`${name}-${kind}`, fleet);
  const client = new Client(server, fleet.token);
  const switches = agents.map(({ address }, i) => {
    return { name: nameOf(i), managementAddress: address, snmp: { version: "V2C", community: "public" } };
  });
  const rules = switches.map((each, i) => {
    return { name: each.name, switch: each.name, rack: rackName(i), pattern: { pattern: "Eth1/{n}", to: UNITS } };
  });
  const { createSwitches, createPlacementRules } = await client.ask<Record<string, { userErrors: unknown[] }>>(
    `mutation ($switches: [SwitchInput!]!, $rules: [PlacementRuleInput!]!) {
      createSwitches(switches: $switches) { userErrors { message } }
      createPlacementRules(rules: $rules) { userErrors { message } } }`,
    { switches, rules },
  );
  const errors = [createSwitches, createPlacementRules].flatMap((payload) => payload?.userErrors ?? ["no answer"]);
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  const stop = async () => {
    client.close();
    await server.stop();
    for (const agent of agents) agent.stop();
  };
  return { server, client, stop };
}

const nameOf = (i: number) => `leaf-${i}`;

interface Scanned {
  readonly switches: {
    readonly nodes: ReadonlyArray<{
      readonly name: string;
      readonly scannedAt: string | null;
      readonly scanError: string | null;
    }>;
  };
}

/** Has the first `count` switches asked and waits for the last of them. */
async function poll(server: Server, client: Client, count: number): Promise<{ seconds: number; highestMb: number }> {
  const names = Array.from({ length: count }, (_, i) => nameOf(i));
  const before = await scannedAt(client);
  const began = performance.now();
  await client.ask("mutation ($names: [String!]!) { scanSwitches(switches: $names) { switches { name } } }", { names });
  let highestMb = 0;
  for (let waiting = true; waiting; await sleep(LOOK_EVERY_MS)) {
    highestMb = Math.max(highestMb, residentMb(server.pid));
    const now = await scannedAt(client);
    waiting = names.some((name) => now.get(name) === before.get(name));
  }
  return { seconds: (performance.now() - began) / 1_000, highestMb };
}

async function scannedAt(client: Client): Promise<Map<string, string | null>> {
  const { switches } = await client.ask<Scanned>("{ switches(first: 100) { nodes { name scannedAt scanError } } }");
  const failed = switches.nodes.find(({ scanError }) => scanError !== null);
  if (failed) throw new Error(`${failed.name}: ${failed.scanError}`);
  return new Map(switches.nodes.map(({ name, scannedAt: at }) => [name, at]));
}
