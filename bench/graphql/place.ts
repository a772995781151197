import { median } from "../load.js";
import { cpuSeconds } from "../processes.js";
import { atLeast, ms, rate, type Run } from "../table.js";
import { makeFleet, rackName, serialNumber, type DatabaseKind } from "./fleet.js";
import { Client, startControlPlane } from "./servers.js";

const SCRIPTS = 32;
const RACK_U = 42;
const RACKS_EACH = 8;
const EACH = RACKS_EACH * RACK_U;
const LIMIT_MS = 15_000;

const PLACE = `mutation ($machine: String!, $rack: String!, $unit: Float!) {
  placeMachine(machine: $machine, rack: $rack, unit: $unit) { shelf { unit rack { name } } userErrors { message } } }`;

interface Placed {
  readonly placeMachine: {
    readonly shelf: { readonly unit: number; readonly rack: { readonly name: string } } | null;
    readonly userErrors: ReadonlyArray<{ readonly message: string }>;
  };
}

/** 32 scripts at once fill racks of their own, one machine in each request; then every place is read back. */
export async function place(run: Run): Promise<void> {
  for (const kind of ["SQLite", "PostgreSQL"] as const) await placeOn(run, kind);
}

async function placeOn(run: Run, kind: DatabaseKind): Promise<void> {
  run.say(`placeMachine on ${kind}`);
  const machines = SCRIPTS * EACH;
  const fleet = await makeFleet(kind, "place", { machines, racks: SCRIPTS * RACKS_EACH, placed: false });
  const server = await startControlPlane(`place-${kind}`, fleet);
  const clients = Array.from({ length: SCRIPTS }, () => new Client(server, fleet.token));
  const times: number[] = [];
  const cpu = cpuSeconds(server.pid);
  const began = performance.now();
  const placed = (await Promise.all(clients.map((client, i) => fillRacks(client, i, times)))).flat();
  const seconds = (performance.now() - began) / 1_000;
  const cpuMs = ((cpuSeconds(server.pid) - cpu) * 1_000) / placed.length;

  const lost = await notWhereTheyWerePut(clients[0] as Client, placed);
  for (const client of clients) client.close();
  await server.stop();
  times.sort((a, b) => a - b);
  const p99 = times[Math.floor(times.length * 0.99)] ?? Number.NaN;
  const reached = atLeast(placed.length / seconds, 500, 0);
  run.rows.push({
    what: `placeMachine by ${SCRIPTS} scripts, ${kind}`,
    figures:
      `${rate(placed.length / seconds)}, p50 ${ms(median(times))}, p99 ${ms(p99)}; CPU of the process ${ms(cpuMs)}; ` +
      `${placed.length} placed, ${lost} lost`,
    ...reached,
    passed: reached.passed && lost === 0,
  });
}

/** Where the `n`th machine goes: the racks of its script one after the other, from the floor up. */
function placeOf(machine: number) {
  return { rack: rackName(Math.floor(machine / RACK_U)), unit: (machine % RACK_U) + 1 };
}

/** Places one machine after the other, all or as many as the time allows. @returns the machines that were placed */
async function fillRacks(client: Client, script: number, times: number[]): Promise<number[]> {
  const end = performance.now() + LIMIT_MS;
  const placed: number[] = [];
  for (let machine = script * EACH; machine < (script + 1) * EACH && performance.now() < end; machine++) {
    const { rack, unit } = placeOf(machine);
    const began = performance.now();
    const variables = { machine: serialNumber(machine), rack, unit };
    const { placeMachine } = await client.ask<Placed>(PLACE, variables);
    times.push(performance.now() - began);
    if (placeMachine.shelf?.unit !== unit || placeMachine.shelf.rack.name !== rack) {
      throw new Error(`${variables.machine} is not at U${unit} of ${rack}: ${JSON.stringify(placeMachine)}`);
    }
    placed.push(machine);
  }
  return placed;
}

interface Places {
  readonly machines: {
    readonly nodes: ReadonlyArray<{
      readonly serialNumber: string;
      readonly shelf: { readonly unit: number; readonly rack: { readonly name: string } } | null;
    }>;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

async function notWhereTheyWerePut(client: Client, placed: readonly number[]): Promise<number> {
  const found = new Map<string, string>();
  let after: string | null = null;
  for (let more = true; more;) {
    const { machines: page }: Places = await client.ask<Places>(
      `query ($after: String) { machines(first: 100, after: $after) {
        nodes { serialNumber shelf { unit rack { name } } } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    for (const { serialNumber: serial, shelf } of page.nodes) found.set(serial, `${shelf?.rack.name} U${shelf?.unit}`);
    ({ hasNextPage: more, endCursor: after } = page.pageInfo);
  }
  return placed.filter((machine) => {
    const { rack, unit } = placeOf(machine);
    return found.get(serialNumber(machine)) !== `${rack} U${unit}`;
  }).length;
}
