import { residentMb } from "../processes.js";
import { atMost, ms, type Run } from "../table.js";
import { kickrack } from "./documents.js";
import { makeFleet } from "./fleet.js";
import { Client, startControlPlane } from "./servers.js";

const MACHINES = 10_000;
const WALKS = 20;
/** A page of 100 machines and what V8 leaves lying about until it collects. */
const GROWTH_MB = 64;

/** 10,000 machines page by page: what the server holds is bounded by a page, so more walks take no more. */
export async function walk(run: Run): Promise<void> {
  const fleet = await makeFleet("SQLite", "walk", { machines: MACHINES, racks: MACHINES / 40, placed: true });
  const server = await startControlPlane("walk", fleet);
  const client = new Client(server, fleet.token);
  await client.ask(kickrack.page); // compiles what a page takes
  const before = residentMb(server.pid);
  const highest: number[] = [];
  const took: number[] = [];
  for (let i = 0; i < WALKS; i++) {
    const began = performance.now();
    highest.push(await walkOnce(client, () => residentMb(server.pid)));
    took.push(performance.now() - began);
  }
  const [first = 0] = highest;
  const [early, late] = [Math.max(...highest.slice(0, WALKS / 2)), Math.max(...highest.slice(WALKS / 2))];
  run.rows.push({
    what: "10,000 machines in one walk, memory that it adds",
    figures: `${before.toFixed(0)} MB before, at most ${first.toFixed(0)} MB during; the walk took ${ms(took[0] ?? 0)}`,
    ...atMost(first - before, GROWTH_MB, " MB", 0),
  });
  run.rows.push({
    what: `${WALKS} walks, memory that the second half adds`,
    figures: `at most ${early.toFixed(0)} MB, then ${late.toFixed(0)} MB; ${residentMb(server.pid).toFixed(0)} MB after`,
    ...atMost(late - early, GROWTH_MB, " MB", 0),
  });
  client.close();
  await server.stop();
}

/** @returns the highest measure */
async function walkOnce(client: Client, measure: () => number): Promise<number> {
  let [highest, seen] = [0, 0];
  let after: string | null = null;
  for (let more = true; more;) {
    const page = kickrack.content(await client.ask(kickrack.page, { after }));
    ({ hasNextPage: more, endCursor: after } = page);
    seen += page.machines.length;
    highest = Math.max(highest, measure());
  }
  if (seen !== MACHINES) throw new Error(`the walk saw ${seen} machines of ${MACHINES}`);
  return highest;
}
