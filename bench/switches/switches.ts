import { join } from "node:path";
import { packageRoot } from "../../src/package-root.js";
import { leaf } from "../../test/placement/support/simulated-switch.js";
import { TableAgent } from "../../test/placement/support/table-agent.js";
import { makeFleet } from "../graphql/fleet.js";
import { run as runProgram } from "../processes.js";
import { atMost, ms, told, type Run } from "../table.js";
import type { Read, Recorded, Tables } from "./measure.js";
import { polled } from "./polled.js";

const LIMIT_MS = 600_000;

/** Where machines stand: tables of switches, read, parsed and kept. */
export async function switches(run: Run): Promise<void> {
  await tables(run);
  for (const kind of ["SQLite", "PostgreSQL"] as const) {
    run.say(`10,000 sightings on ${kind}`);
    const { url } = await makeFleet(kind, "recorded", { machines: 5_000, racks: 1, placed: false });
    const { added, again } = await measured<Recorded>("record", url);
    run.rows.push({
      what: `10,000 sightings in one transaction, ${kind}`,
      figures: `CPU of ours ${ms(added.cpu)}; the same table again ${ms(again.wall)}, CPU ${ms(again.cpu)}; median of 5`,
      ...atMost(added.wall / 1_000, 1, " s"),
    });
  }
  await hundredThousand(run);
  await polled(run);
}

/** Of a fresh process. */
async function measured<T>(...args: string[]): Promise<T> {
  const script = join(packageRoot, "dist/bench/measure-tables.js");
  return JSON.parse(await runProgram(process.execPath, [script, ...args], LIMIT_MS)) as T;
}

async function tables({ rows, say }: Run): Promise<void> {
  say("tables of text");
  const { firstParse, parse, split, slowest } = await measured<Tables>("tables");
  rows.push({
    what: "a table of 10,000 lines parsed",
    figures: `median of 21, CPU ${ms(parse.cpu)}; the first in a process ${ms(firstParse.wall)}, CPU ${ms(firstParse.cpu)}`,
    ...atMost(parse.wall, 50, " ms", 1),
  });
  rows.push({
    what: "the same, CPU, of lines that are only split at their blanks",
    figures: `${ms(parse.cpu)} of ${ms(split.cpu)}`,
    ...told((parse.cpu / split.cpu).toFixed(1)),
  });
  rows.push({
    what: "10,000 lines of the dialect that costs the most",
    figures: `${slowest.dialect}; median of 7, CPU ${ms(slowest.cpu)}`,
    ...atMost(slowest.wall, 50, " ms", 1),
  });
}

async function hundredThousand({ rows, say }: Run): Promise<void> {
  say("a switch of 100,000 addresses");
  const agent = await TableAgent.start(leaf(100_000));
  const before = process.cpuUsage();
  const { addresses, wall, cpu } = await measured<Read>("read", agent.address);
  const { user, system } = process.cpuUsage(before);
  agent.stop();
  if (addresses !== 100_000) throw new Error(`${addresses} addresses of 100,000 were read`);
  rows.push({
    what: "a switch of 100,000 addresses read by SNMP",
    figures: `CPU of ours ${(cpu / 1_000).toFixed(1)} s, of the agent ${((user + system) / 1e6).toFixed(1)} s`,
    ...told(`${(wall / 1_000).toFixed(1)} s`),
  });
}
