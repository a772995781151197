import { request } from "node:http";
import { ABUSIVE } from "../../test/graphql/abusive-documents.js";
import { median } from "../load.js";
import type { Server } from "../processes.js";
import { atMost, type Run } from "../table.js";
import { makeFleet } from "./fleet.js";
import { startControlPlane } from "./servers.js";

const TIMES = 21;

/** Documents that cost their sender nothing, refused one by one: the slowest of them, each by its median. */
export async function abuse({ rows, say }: Run): Promise<void> {
  say("documents that cost their sender nothing");
  const fleet = await makeFleet("SQLite", "abuse", { machines: 100, racks: 10, placed: true });
  const server = await startControlPlane("abuse", fleet);
  const medians: Array<readonly [name: string, ms: number]> = [];
  for (const [name, query] of Object.entries(ABUSIVE)) {
    const times: number[] = [];
    for (let i = 0; i < TIMES; i++) {
      const began = performance.now();
      const status = await statusOf(server, fleet.token, JSON.stringify({ query }));
      times.push(performance.now() - began);
      if (status !== 400) throw new Error(`${name} is answered with ${status}`);
    }
    medians.push([name, median(times)]);
  }
  await server.stop();
  const [name, slowest] = medians.reduce((one, other) => (other[1] > one[1] ? other : one));
  rows.push({
    what: `${medians.length} abusive documents, each refused with 400`,
    figures: `the slowest: ${name}`,
    ...atMost(slowest, 50, " ms", 0),
  });
}

function statusOf(server: Server, token: string, body: string): Promise<number | undefined> {
  const headers = {
    "Content-Type": "application/json",
    "Content-Length": String(Buffer.byteLength(body)),
    Authorization: `Bearer ${token}`,
  };
  return new Promise((resolve, reject) => {
    const asked = request(`${server.url}/graphql`, { method: "POST", headers, agent: false }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode));
      response.once("error", reject);
    });
    asked.once("error", reject).end(body);
  });
}
