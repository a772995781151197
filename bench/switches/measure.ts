import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { BY_START } from "../../src/changes/origin.js";
import { Database } from "../../src/db/database.js";
import { packageRoot } from "../../src/package-root.js";
import { readForwardingTable, type ForwardingEntry } from "../../src/placement/mac-table/read-table.js";
import { recordForwarding } from "../../src/placement/record-forwarding.store.js";
import { readSwitch } from "../../src/placement/snmp/read-switch.js";
import { macOfPort } from "../machines.js";
import { median } from "../load.js";

/** Wall and processor time in ms, medians. */
export interface Took {
  readonly wall: number;
  readonly cpu: number;
}

/** What one fresh process measures of tables that switches give. */
export interface Tables {
  readonly lines: number;
  readonly firstParse: Took;
  readonly parse: Took;
  readonly split: Took;
  /** The dialect that costs the most. */
  readonly slowest: Took & { readonly dialect: string };
}
export interface Recorded {
  readonly addresses: number;
  readonly added: Took;
  readonly again: Took;
}
export interface Read extends Took {
  readonly addresses: number;
}

const ROWS = 10_000;
/** Of a chassis or a stack, with few enough addresses behind each port that none is taken for an uplink. */
const PORTS = 500;

async function timed(work: () => unknown): Promise<Took> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  await work();
  const wall = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  return { wall, cpu: (user + system) / 1_000 };
}

async function medianOf(rounds: number, work: (round: number) => unknown): Promise<Took> {
  const taken: Took[] = [];
  for (let i = 0; i < rounds; i++) taken.push(await timed(() => work(i)));
  return { wall: median(taken.map(({ wall }) => wall)), cpu: median(taken.map(({ cpu }) => cpu)) };
}

const port = (i: number) => `Gi1/0/${(i % PORTS) + 1}`;

async function tables(): Promise<Tables> {
  const dotted = (i: number) =>
    macOfPort(i)
      .replaceAll(":", "")
      .replace(/....(?!$)/g, "$&.");
  const rows = Array.from({ length: ROWS }, (_, i) => `  30    ${dotted(i)}    DYNAMIC     ${port(i)}`);
  const text = [
    "Vlan    Mac Address       Type        Ports",
    "----    -----------       --------    -----",
    ...rows,
  ].join("\n");
  const parse = () => {
    if (readForwardingTable(text).entries.length !== ROWS) throw new Error("not every row was understood");
  };
  const firstParse = await timed(parse);
  const parsed = await medianOf(21, parse);
  const split = await medianOf(21, () => text.split("\n").map((line) => line.trim().split(/\s+/)));
  const folder = join(packageRoot, "test/placement/tables");
  const each: Array<Took & { dialect: string }> = [];
  for (const file of readdirSync(folder)) {
    const lines = readFileSync(join(folder, file), "utf8").trimEnd().split("\n");
    const long = Array.from({ length: ROWS }, (_, i) => lines[i % lines.length]).join("\n");
    each.push({ ...(await medianOf(7, () => readForwardingTable(long))), dialect: readForwardingTable(long).dialect });
  }
  const slowest = each.reduce((most, one) => (one.cpu > most.cpu ? one : most));
  return { lines: ROWS, firstParse, parse: parsed, split, slowest };
}

/** One table of 10,000 addresses in one transaction, with its commit; half of the addresses are machines' that are known. */
async function record(url: string): Promise<Recorded> {
  const database = await Database.open(url);
  const switchOf = async (name: string): Promise<number> => {
    await database.manager.query("INSERT INTO switch (name) VALUES ($1)", [name]);
    const text = "SELECT id FROM switch WHERE name = $1";
    const [row] = await database.manager.query<Array<{ id: number }>>(text, [name]);
    return row?.id ?? 0;
  };
  const entries: ForwardingEntry[] = Array.from({ length: ROWS }, (_, i) => {
    return { macAddress: macOfPort(2 * i), port: port(i), vlan: 30 };
  });
  const ids: number[] = [];
  for (let i = 0; i < 6; i++) ids.push(await switchOf(`recorded-${i}`));
  const keep = (switchId: number) =>
    database.write(BY_START, async (transaction) => {
      const { recorded } = await recordForwarding(transaction, { switchId, source: "text", entries }, new Date());
      if (recorded !== ROWS) throw new Error(`${recorded} of ${ROWS} were recorded`);
    });
  await keep(ids.pop() ?? 0); // warms up
  const added = await medianOf(ids.length, (i) => keep(ids[i] ?? 0));
  const again = await medianOf(ids.length, (i) => keep(ids[i] ?? 0));
  await database.close();
  return { addresses: ROWS, added, again };
}

async function read(address: string): Promise<Read> {
  let addresses = 0;
  const took = await timed(async () => {
    addresses = (await readSwitch(address, { version: "V2C", community: "any" })).entries.length;
  });
  return { ...took, addresses };
}

const [what, argument = ""] = process.argv.slice(2);
const result = what === "tables" ? await tables() : what === "record" ? await record(argument) : await read(argument);
process.stdout.write(JSON.stringify(result));
process.exit(0);
