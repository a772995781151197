import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readConfig } from "../../src/config.js";
import type { App } from "../../src/context.js";
import { HandOver } from "../../src/dhcp/hand-over.js";
import { parseDhcpHost } from "../../src/dhcp/hostsfile.js";
import { createLog } from "../../src/log.js";
import { EthernetInterface, Machine } from "../../src/machine/machine.entity.js";
import type { MacAddress } from "../../src/machine/mac-address.js";
import { handOverOf, openApp } from "../../src/open-app.js";
import { Dnsmasq, HangUpCounter } from "./dnsmasq.js";
import { BY_TEST } from "../support/databases.js";

// Between what the hand-over writes and the disk stands what a test puts there, such as a disk that loses a byte.
const disk = vi.hoisted(() => ({ corrupt: (text: string) => text }));
vi.mock("../../src/dhcp/atomic-file.js", async (original) => {
  const real = await original<typeof import("../../src/dhcp/atomic-file.js")>();
  const replaceFileWith: typeof real.replaceFileWith = (file, make) =>
    real.replaceFileWith(file, (write, temporary) => make((text) => write(disk.corrupt(text)), temporary));
  return { ...real, replaceFileWith };
});

let folder: string;
let app: App;
let log: string[];
const stops: Array<() => Promise<void> | void> = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "kickrack-test-"));
  log = [];
  const settings = { KICKRACK_DATA: folder, KICKRACK_EXPORTS: join(folder, "exports") };
  app = await openApp(
    readConfig(settings),
    createLog((line) => log.push(line)),
  );
});

afterEach(async () => {
  disk.corrupt = (text) => text;
  for (const stop of stops.splice(0).reverse()) await stop();
  await app.database.close();
  rmSync(folder, { recursive: true, force: true });
});

const hostsfile = () => join(folder, "exports/dnsmasq/hostsfile");
const written = () => readFileSync(hostsfile(), "utf8");
const pxelinux = (i: number) => join(folder, "exports/tftpboot/pxelinux.cfg", `01-${mac(i).replaceAll(":", "-")}`);
const mac = (i: number) => `52:54:00:ab:00:${i.toString(16).padStart(2, "0")}` as MacAddress;

async function follow(change: Partial<App["config"]["dnsmasq"]> = {}): Promise<HandOver> {
  const handOver = handOverOf({ ...app, config: { ...app.config, dnsmasq: { ...app.config.dnsmasq, ...change } } });
  await handOver.follow();
  stops.push(() => handOver.stop());
  return handOver;
}

/** As every write does, it tells of the machines after its commit. */
function change(ids: readonly number[], values: Partial<Machine>): Promise<void> {
  return app.database.write(BY_TEST, async ({ manager, touch }) => {
    for (const id of ids) await manager.update(Machine, { id }, values);
    touch(ids);
  });
}

/** Machines with these ids, one port each. */
function add(ids: readonly number[], values: Partial<Machine> = {}): Promise<void> {
  const [firstSeenAt, lastSeenAt] = [new Date(), new Date()];
  return app.database.write(BY_TEST, async ({ manager, touch }) => {
    for (const id of ids) {
      const plain = { id, state: "READY", locked: false, hostname: `web${id}`, firstSeenAt, lastSeenAt } as const;
      await manager.insert(Machine, { ...plain, ...values });
      const port = { machineId: id, macAddress: mac(id), disputed: false, firstSeenAt };
      await manager.insert(EthernetInterface, port);
    }
    touch(ids);
  });
}

const until = (look: () => void) => vi.waitFor(look, { timeout: 5_000, interval: 10 });

test("a change is in the hostsfile within a second, for a machine that is new, approved, renamed, disputed or locked", async () => {
  await follow();
  const steps: Array<[() => Promise<void>, string]> = [
    [() => add([1]), `${mac(1)},web1\n`],
    [() => add([2], { state: "DISCOVERED" }).then(() => add([3])), `${mac(1)},web1\n${mac(3)},web3\n`],
    [() => change([2], { state: "READY" }), `${mac(1)},web1\n${mac(3)},web3\n${mac(2)},web2\n`],
    [() => change([1, 3], { hostname: null }), `${mac(2)},web2\n${mac(1)}\n${mac(3)}\n`],
    [() => change([2], { locked: true }), `${mac(1)}\n${mac(3)}\n${mac(2)},ignore\n`],
    [() => change([1], { state: "RETIRED" }), `${mac(3)}\n${mac(2)},ignore\n${mac(1)},ignore\n`],
    [
      () =>
        app.database.write(BY_TEST, async ({ manager, touch }) => {
          await manager.update(EthernetInterface, { machineId: 3 }, { disputed: true });
          touch([3]);
        }),
      `${mac(2)},ignore\n${mac(1)},ignore\n`,
    ],
  ];
  for (const [act, expected] of steps) {
    await act();
    const began = performance.now();
    await until(() => expect(written().split("\n").sort()).toEqual(expected.split("\n").sort()));
    expect(performance.now() - began).toBeLessThan(1_000);
  }
  expect(log).toEqual([]);
});

test("a reader never sees a part of a file, during 200 changes", async () => {
  const handOver = await follow();
  const ids = Array.from({ length: 40 }, (_, i) => i + 1);
  await add(ids);
  await handOver.settle();
  let reading = true;
  let reads = 0;
  const seen = new Set<string>();
  const reader = (async () => {
    while (reading) {
      const text = written();
      expect(text.endsWith("\n")).toBe(true);
      expect(text.split("\n").slice(0, -1).map(parseDhcpHost)).toHaveLength(40);
      expect(readFileSync(pxelinux(1), "utf8")).toMatch(/(LOCALBOOT 0|INCLUDE images\/rescue\.pxelinux)\n$/);
      seen.add(text);
      reads++;
      await new Promise(setImmediate);
    }
  })();
  for (let i = 0; i < 200; i++) {
    await change([(i % 40) + 1], { locked: i % 3 === 0, hostname: `name-${i}` });
    await handOver.settle();
  }
  reading = false;
  await reader;
  expect(reads).toBeGreaterThan(200);
  expect(seen.size).toBeGreaterThan(50); // the control: it changed under the reader
  expect(readdirSync(join(hostsfile(), "..")).sort()).toEqual(["hostsfile", "kickrack.conf"]);
});

test.each([
  ["loses a line", (text: string) => text.replace(/^.*\n/, "")],
  [
    "swaps two machines' names",
    (text: string) => text.replace("web1", "x").replace("web2", "web1").replace("x", "web2"),
  ],
  ["changes a MAC address", (text: string) => text.replace(mac(1), mac(9))],
  ["is cut", (text: string) => text.slice(0, -6)],
  ["writes a line twice", (text: string) => text + text],
  ["adds a word", (text: string) => text.replace("web1", "web1,ignore")],
  ["forgets that a machine is ignored", (text: string) => text.replace(",ignore", "")],
  [
    "is full",
    () => {
      throw new Error("ENOSPC: no space left on device");
    },
  ],
])(
  "when the disk %s, the old hostsfile stays, the log says so, and it is written once the disk is well",
  async (what, corrupt) => {
    await add([1, 2]);
    await add([3], { locked: true });
    const handOver = await follow();
    const old = written();
    disk.corrupt = corrupt;
    await add([4]);
    await handOver.settle();
    expect(written()).toBe(old);
    expect(log.join("")).toContain("cannot write the hostsfile; the last good one stays");
    expect(readdirSync(join(hostsfile(), "..")).sort()).toEqual(["hostsfile", "kickrack.conf"]);
    disk.corrupt = (text) => text;
    if (what !== "is full") await handOver.settle(); // else it comes by itself, some seconds later
    await until(() => expect(written()).toBe(`${old}${mac(4)},web4\n`));
  },
);

test("dnsmasq is told by SIGHUP, once for a burst of changes, and not when no line has changed", async () => {
  const counter = await HangUpCounter.start(folder);
  stops.push(() => counter.stop());
  const handOver = await follow({ reload: counter.pidFile });
  await until(() => expect(counter.count).toBe(1));
  for (let i = 1; i <= 30; i++) await add([i]);
  await until(() => expect(written()).toContain("web30"));
  await handOver.settle();
  const count = await counter.settled();
  expect(count).toBeLessThan(15);
  await add(
    Array.from({ length: 50 }, (_, i) => 100 + i),
    { state: "DISCOVERED" },
  );
  await change([1], { product: "PowerEdge R640" });
  await handOver.settle();
  expect(await counter.settled()).toBe(count);
  await change([2], { locked: true });
  await until(() => expect(counter.count).toBe(count + 1));
});

test("a real dnsmasq reads the file again when it was told, and has nothing against it", async () => {
  await add([1]);
  const first = await follow();
  await first.stop();
  const dnsmasq = new Dnsmasq(hostsfile());
  stops.push(() => dnsmasq.stop());
  await dnsmasq.read(1);
  await follow({ reload: dnsmasq.pidFile });
  await dnsmasq.read(2);
  await add([2, 3, 4], { locked: true });
  await dnsmasq.read(3);
  expect(dnsmasq.complaints).toEqual([]);
});

test("instead of a pid file a command is run with its arguments, and no shell sees it", async () => {
  const told = join(folder, "told");
  await follow({ reload: `/usr/bin/touch ${told};id ${told}$(id) ${told}` });
  await until(() => expect(existsSync(told)).toBe(true));
  expect(
    readdirSync(folder)
      .filter((name) => name.startsWith("told"))
      .sort(),
  ).toEqual(["told", "told$(id)", "told;id"]);
});

test.each([
  ["dnsmasq.pid that is missing", undefined, "cannot be read; is dnsmasq running?"],
  ["dnsmasq.pid that is empty", "", "holds no process id"],
  ["dnsmasq.pid with a word", "1 && id", "holds no process id"],
  ["dnsmasq.pid of a process that is gone", "4194305", "which cannot be told"],
  ["dnsmasq.pid of another program", String(process.pid), "is dnsmasq running?"],
])("with a %s the file is written all the same, and the log says what is wrong", async (_, content, words) => {
  const reload = join(folder, "dnsmasq.pid");
  if (content !== undefined) writeFileSync(reload, content);
  const handOver = await follow({ reload });
  await add([1]);
  await handOver.settle();
  expect(written()).toBe(`${mac(1)},web1\n`);
  expect(log.join("")).toContain("the hostsfile is written, but dnsmasq was not told");
  expect(log.join("")).toContain(words);
});

test("approved machines have a PXELINUX file that follows them; a discovered one has none", async () => {
  const handOver = await follow();
  await add([1]);
  await add([2], { state: "DISCOVERED" });
  await handOver.settle();
  expect(readdirSync(join(pxelinux(1), "..")).sort()).toEqual([`01-${mac(1).replaceAll(":", "-")}`]);
  expect(readFileSync(pxelinux(1), "utf8")).toContain("Kickrack: web1, READY");
  await change([1], { locked: true });
  await change([2], { state: "READY" });
  await handOver.settle();
  expect(readFileSync(pxelinux(1), "utf8")).toContain("Kickrack: web1, LOCKED");
  expect(readFileSync(pxelinux(2), "utf8")).toContain("Kickrack: web2, READY");
  expect(readFileSync(pxelinux(1), "utf8")).not.toContain("KERNEL");
});

test("what changed while nobody was running is written at the next start", async () => {
  mkdirSync(join(hostsfile(), ".."), { recursive: true });
  writeFileSync(hostsfile(), "52:54:00:00:00:99,gone\n");
  await add([1], { locked: true });
  await follow();
  expect(written()).toBe(`${mac(1)},ignore\n`);
});

test("a port that a discovered machine has taken over loses the menu of the machine it was taken from", async () => {
  const handOver = await follow();
  await add([1]);
  await handOver.settle();
  expect(readFileSync(pxelinux(1), "utf8")).toContain("Kickrack: web1, READY");
  await add([2], { state: "DISCOVERED" });
  await app.database.write(BY_TEST, async ({ manager, touch }) => {
    await manager.update(EthernetInterface, { machineId: 1 }, { machineId: 2 });
    touch([1, 2]);
  });
  await handOver.settle();
  expect(() => readFileSync(pxelinux(1))).toThrow("ENOENT");
});

test("a GRUB that has no http finds an approved machine's file in the TFTP root, when UEFI boots GRUB", async () => {
  const grub = (name: string) => join(folder, "exports/tftpboot/grub", name);
  await add([1]);
  await follow({ uefi: "grub" });
  expect(readFileSync(grub("grub.cfg"), "utf8")).toContain("/grub/grub.cfg-01-$net_default_mac");
  const own = grub(`grub.cfg-01-${mac(1)}`);
  expect(readFileSync(own, "utf8")).toContain("menuentry 'web1, READY'");
  expect(readFileSync(own, "utf8")).not.toContain("(http,");
  await change([1], { locked: true });
  await until(() => expect(readFileSync(own, "utf8")).toContain("menuentry 'web1, LOCKED'"));
});
