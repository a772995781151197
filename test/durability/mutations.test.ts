import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { mintToken } from "../../src/access/api-token.store.js";
import { BY_START } from "../../src/changes/origin.js";
import { verifyChanges } from "../../src/changes/verify.js";
import { Database } from "../../src/db/database.js";
import { Rack } from "../../src/rack/rack.entity.js";
import { ended, startChild } from "./child.js";

const KILLS = 10;
const SCRIPTS = 32;
const LOAD_MS = 400;
const SECRET_KEY = "the same for every start of this test";

const folder = mkdtempSync(join(tmpdir(), "kickrack-kill-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The answer to a mutation, or undefined when the connection broke before the whole of it was there. */
function ask(port: string, token: string, query: string, agent: Agent): Promise<string | undefined> {
  return new Promise((resolve) => {
    const headers = { "Content-Type": "application/json", Authorization: `Bearer ${token}` };
    const asked = request(`http://127.0.0.1:${port}/graphql`, { method: "POST", headers, agent }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve(response.complete ? text : undefined));
      response.on("error", () => resolve(undefined));
    });
    asked.on("error", () => resolve(undefined));
    asked.end(JSON.stringify({ query }));
  });
}

let nextRack = 0;

/** 32 scripts make racks until the connections break, every fifth one twice. @returns the names that were acknowledged */
async function load(port: string, token: string): Promise<string[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: SCRIPTS });
  const acknowledged: string[] = [];
  const script = async () => {
    for (;;) {
      const name = `rack-${nextRack++}`;
      const create = `mutation { createRack(name: "${name}") { rack { name } userErrors { code } } }`;
      const answer = await ask(port, token, create, agent);
      if (answer === undefined) return;
      if (answer.includes(`"name":"${name}"`)) acknowledged.push(name);
      if (nextRack % 5 === 0) await ask(port, token, create, agent); // is refused, and takes nothing with it
    }
  };
  await Promise.all(Array.from({ length: SCRIPTS }, script));
  agent.destroy();
  return acknowledged;
}

test(`${KILLS} times kill -9 under mutations that commit together: none that was acknowledged is lost`, async () => {
  const url = `sqlite:${join(folder, "kickrack.sqlite")}`;
  const before = await Database.open(url);
  const values = { name: "script", role: "OPERATOR", expiresAt: null } as const;
  const { text } = await before.write(BY_START, (transaction) =>
    mintToken(transaction, SECRET_KEY, values, new Date()),
  );
  await before.close();
  const env = {
    KICKRACK_BOOT_LISTEN: "127.0.0.1:0",
    KICKRACK_CONTROL_LISTEN: "127.0.0.1:0",
    KICKRACK_DATA: folder,
    KICKRACK_SECRET_KEY: SECRET_KEY,
    KICKRACK_EXPORTS: join(folder, "exports"),
  };
  const acknowledged: string[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const pattern = /control plane +http:\/\/127\.0\.0\.1:(\d+)/;
    const { child, match } = await startChild("dist/kickrack/cli.js", ["serve"], pattern, env);
    setTimeout(() => child.kill("SIGKILL"), LOAD_MS);
    acknowledged.push(...(await load(match[1] ?? "", text)));
    await ended(child);
  }
  const database = await Database.open(url);
  const kept = new Set((await database.manager.find(Rack)).map(({ name }) => name));
  const integrity: unknown = await database.manager.query("PRAGMA integrity_check");
  const { broken } = await verifyChanges(database.manager);
  await database.close();
  console.log(`${acknowledged.length} racks acknowledged in ${KILLS} runs`);
  expect(acknowledged.length).toBeGreaterThan(KILLS);
  expect(acknowledged.filter((name) => !kept.has(name))).toEqual([]);
  expect(integrity).toEqual([{ integrity_check: "ok" }]);
  expect(broken).toBeUndefined();
});
