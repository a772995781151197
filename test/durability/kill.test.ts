import { mkdtempSync, rmSync } from "node:fs";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { Database } from "../../src/db/database.js";
import { EthernetInterface } from "../../src/machine/machine.entity.js";
import { ended, startChild, statusOf } from "./child.js";

const KILLS = 20;
const CONNECTIONS = 32;
const LOAD_MS = 300;

const folder = mkdtempSync(join(tmpdir(), "kickrack-kill-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

let nextMachine = 0;

/** Registers new machines until the connections break; answers the MAC addresses that were acknowledged. */
async function load(port: string): Promise<string[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const acknowledged: string[] = [];
  const connection = async () => {
    for (;;) {
      const n = nextMachine++;
      const mac = `02:00:00:${[n >> 16, (n >> 8) & 255, n & 255].map((b) => b.toString(16).padStart(2, "0")).join(":")}`;
      const status = await statusOf(`http://127.0.0.1:${port}/inventory/SN${n}/${mac}/Maker/Product`, agent);
      if (status !== 200) return;
      acknowledged.push(mac);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  agent.destroy();
  return acknowledged;
}

test(`${KILLS} times kill -9 under load: no acknowledged registration is lost`, async () => {
  const env = {
    KICKRACK_BOOT_LISTEN: "127.0.0.1:0",
    KICKRACK_CONTROL_LISTEN: "127.0.0.1:0",
    KICKRACK_DATA: folder,
    KICKRACK_EXPORTS: join(folder, "exports"),
  };
  const acknowledged: string[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const { child, match } = await startChild(
      "dist/kickrack/cli.js",
      ["serve"],
      /boot plane +http:\/\/127\.0\.0\.1:(\d+)/,
      env,
    );
    setTimeout(() => child.kill("SIGKILL"), LOAD_MS);
    acknowledged.push(...(await load(match[1] ?? "")));
    await ended(child);
  }
  const database = await Database.open(`sqlite:${join(folder, "kickrack.sqlite")}`);
  const kept = new Set((await database.manager.find(EthernetInterface)).map(({ macAddress }) => String(macAddress)));
  const integrity: unknown = await database.manager.query("PRAGMA integrity_check");
  await database.close();
  console.log(`${acknowledged.length} registrations acknowledged in ${KILLS} runs`);
  expect(acknowledged.length).toBeGreaterThan(KILLS * CONNECTIONS);
  expect(acknowledged.filter((mac) => !kept.has(mac))).toEqual([]);
  expect(integrity).toEqual([{ integrity_check: "ok" }]);
});
