import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { printDhcpEventScript, SPOOL_LIMIT } from "../../../src/dhcp/dhcp-event-script.js";
import { createLog } from "../../../src/log.js";
import { readDhcpEvent } from "../../../src/placement/option82/dhcp-event.js";
import { DhcpSpool } from "../../../src/placement/option82/dhcp-spool.js";
import type { SeenEvent } from "../../../src/placement/option82/option82.store.js";

// In memory: a full spool is 4,096 files.
const folder = mkdtempSync("/dev/shm/kickrack-spool-");
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const spool = join(folder, "it's a spool");
afterEach(() => rmSync(spool, { recursive: true, force: true }));

const MAC = "52:54:00:82:00:01";
/** As dnsmasq calls it. */
function call(env: Record<string, string>, ...args: string[]) {
  mkdirSync(spool, { recursive: true });
  const words = args.length > 0 ? args : ["add", MAC, "10.0.0.50", "web01"];
  const { status, stderr } = spawnSync("/bin/sh", ["-c", printDhcpEventScript(spool), "dhcp-event", ...words], {
    env: { PATH: process.env["PATH"], ...env },
    encoding: "utf8",
  });
  return { status, stderr };
}
const left = () => readdirSync(spool);
const event = (name = MAC) => readDhcpEvent(readFileSync(join(spool, name)));

describe("the script that dnsmasq calls", () => {
  const relay = { DNSMASQ_CIRCUIT_ID: "Gi1/0/7", DNSMASQ_REMOTE_ID: "sw-a07", DNSMASQ_RELAY_ADDRESS: "10.0.0.2" };

  test("leaves what a relay said, of each address the last", () => {
    expect(call(relay)).toEqual({ status: 0, stderr: "" });
    expect(
      call({ ...relay, DNSMASQ_CIRCUIT_ID: "Gi1/0/8", DNSMASQ_SUBSCRIBER_ID: "rack A07" }, "old", MAC),
    ).toMatchObject({ status: 0 });
    expect(left()).toEqual([MAC]);
    expect(event()).toEqual({
      ...{
        macAddress: MAC,
        circuitId: "Gi1/0/8",
        remoteId: "sw-a07",
        subscriberId: "rack A07",
        relayAddress: "10.0.0.2",
      },
      ...{ port: null, switch: null },
    });
  });

  test.each([
    [
      "a lease that no relay has touched, as at every SIGHUP",
      { DNSMASQ_DATA_MISSING: "1", DNSMASQ_TAGS: "known br0" },
      [],
    ],
    ["the end of a lease", relay, ["del", MAC, "10.0.0.50"]],
    ["a file by TFTP", relay, ["tftp", "100", "10.0.0.50", "/srv/undionly.kpxe"]],
    ["its own start", {}, ["init"]],
    ["a card that is no Ethernet card", relay, ["add", "20-00:11:22:33:44:55:66:77", "10.0.0.50"]],
    ["an address that is a path", relay, ["add", "../../../etc/passwd", "10.0.0.50"]],
  ])("leaves nothing of %s", (_, env, args) => {
    expect(call(env, ...args)).toEqual({ status: 0, stderr: "" });
    expect(left()).toEqual([]);
  });

  test("takes everything as text: nothing that a relay or a machine sends is run", () => {
    const hostile = `$(touch ${folder}/pwned)\`touch ${folder}/pwned\`'";touch ${folder}/pwned;%s%n\\0\n*`;
    call(
      { DNSMASQ_CIRCUIT_ID: hostile, DNSMASQ_REMOTE_ID: hostile, DNSMASQ_TAGS: "*" },
      "add",
      MAC,
      "10.0.0.50",
      hostile,
    );
    expect(readdirSync(folder)).toEqual(["it's a spool"]);
    // It has a line break and is kept in hex, as much as a column holds.
    const kept = Buffer.from((event()?.circuitId ?? "").replaceAll(":", ""), "hex").toString();
    expect(kept).toHaveLength(85);
    expect(hostile.startsWith(kept)).toBe(true);
  });

  test("reads from tags what dnsmasq cannot pass on, a circuit id with a NUL in it", () => {
    expect(call({ DNSMASQ_TAGS: "port:Gi1/0/7 switch:sw-a07 known eth1" })).toEqual({ status: 0, stderr: "" });
    expect(event()).toMatchObject({ port: "Gi1/0/7", switch: "sw-a07", circuitId: null });
  });

  test("says so, and leaves nothing, when the spool is full or gone", () => {
    mkdirSync(spool);
    for (let i = 0; i < SPOOL_LIMIT; i++) writeFileSync(join(spool, `f${i}`), "");
    expect(call(relay)).toEqual({ status: 1, stderr: expect.stringContaining("which is full") as string });
    expect(left()).toHaveLength(SPOOL_LIMIT);
    rmSync(spool, { recursive: true });
    const { status, stderr } = spawnSync("/bin/sh", ["-c", printDhcpEventScript(spool), "x", "add", MAC], {
      env: relay,
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([1, `kickrack: no events can be left in ${spool}\n`]);
  });
});

describe("the server", () => {
  const kept: SeenEvent[] = [];
  let isDown = false;
  const log: string[] = [];
  const open = () =>
    new DhcpSpool(
      spool,
      createLog((line) => log.push(line)),
      () => new Date(),
      (events) => {
        if (isDown) return Promise.reject(new Error("the database is down"));
        kept.push(...events);
        return Promise.resolve();
      },
    );

  test("keeps what came while it was down, as of the time when it came, and what is left when it cannot be kept", async () => {
    kept.length = 0;
    call({ DNSMASQ_CIRCUIT_ID: "Gi1/0/7" });
    utimesSync(join(spool, MAC), 1_700_000_000, 1_700_000_000);
    isDown = true;
    const server = open();
    await server.follow();
    await server.settle();
    expect(log.join("")).toContain("they wait");
    expect(kept).toEqual([]);
    isDown = false;
    call({ DNSMASQ_CIRCUIT_ID: "Gi1/0/9" }, "add", "52:54:00:82:00:02");
    await server.settle();
    expect(kept.map(({ macAddress, circuitId }) => `${macAddress} ${circuitId}`).sort()).toEqual([
      "52:54:00:82:00:01 Gi1/0/7",
      "52:54:00:82:00:02 Gi1/0/9",
    ]);
    expect(kept.find(({ macAddress }) => macAddress === MAC)?.seenAt).toEqual(new Date(1_700_000_000_000));
    expect(left()).toEqual([]);
    await server.stop();
  });

  test("throws away what is not whole, and leaves alone what is none of its own", async () => {
    kept.length = 0;
    call({ DNSMASQ_CIRCUIT_ID: "Gi1/0/7" });
    const whole = readFileSync(join(spool, MAC));
    for (const [i, bytes] of [
      whole.subarray(0, 40),
      Buffer.alloc(0),
      Buffer.alloc(20_000),
      Buffer.from("x\0y\0"),
    ].entries())
      writeFileSync(join(spool, `52:54:00:82:00:1${i}`), bytes);
    writeFileSync(join(spool, ".new-1"), "");
    writeFileSync(join(spool, ".new-2"), "");
    utimesSync(join(spool, ".new-2"), 1_700_000_000, 1_700_000_000);
    mkdirSync(join(spool, "notes"));
    const server = open();
    await server.follow();
    await server.settle();
    await server.stop();
    expect(kept.map(({ macAddress }) => macAddress)).toEqual([MAC]);
    expect(left().sort()).toEqual([".new-1", "notes"]);
  });
});
