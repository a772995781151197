import { existsSync, readdirSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { hyphenated } from "../src/machine/mac-address.js";
import { diagrams } from "./drawings/drawings.js";
import { abuse } from "./graphql/abuse.js";
import { machines } from "./graphql/machines.js";
import { place } from "./graphql/place.js";
import { walk } from "./graphql/walk.js";
import { load, median, Pairs } from "./load.js";
import { macOfPort } from "./machines.js";
import { fetchText, residentMb, sleep, type Server } from "./processes.js";
import {
  databaseOf,
  exportsOf,
  startBareHttp,
  startBootPlaneOnly,
  startKickrack,
  startNginx,
  startSinatra,
} from "./servers.js";
import { storm } from "./storm.js";
import { switches } from "./switches/switches.js";
import { atLeast, atMost, ms, printTable, rate, told, type Row } from "./table.js";

const MEASUREMENTS = {
  boot10k,
  boot100k,
  inventory,
  storm: connectionStorm,
  million,
  machines: () => machines({ rounds, seconds, rows, say }),
  walk: () => walk({ rounds, seconds, rows, say }),
  abuse: () => abuse({ rounds, seconds, rows, say }),
  place: () => place({ rounds, seconds, rows, say }),
  diagrams: () => diagrams({ rounds, seconds, rows, say }),
  switches: () => switches({ rounds, seconds, rows, say }),
} as const;
type Name = keyof typeof MEASUREMENTS;
const NAMES = Object.keys(MEASUREMENTS) as Name[];

const options = new Command("bench/run")
  .description("Measures Kickrack beside its peers on this machine and prints a table.")
  .argument("[measurements...]", `some of ${NAMES.join(", ")}; all when none is named`)
  .option("--rounds <n>", "pairs of rounds for each ratio", "5")
  .option("--seconds <n>", "length of a round", "3")
  .option("--load-seconds <n>", "how long memory is watched under load", "60")
  .option("--strict", "exit 1 when a target is missed")
  .parse();
const { rounds, seconds, loadSeconds, strict } = (() => {
  const given = options.opts<{ rounds: string; seconds: string; loadSeconds: string; strict?: true }>();
  const bounded = (text: string, limit: number) => Math.min(Math.max(1, Math.trunc(Number(text)) || 1), limit);
  return {
    rounds: bounded(given.rounds, 50),
    seconds: bounded(given.seconds, 60),
    loadSeconds: bounded(given.loadSeconds, 600),
    strict: given.strict ?? false,
  };
})();

const rows: Row[] = [];
const say = (text: string) => process.stderr.write(`${text}\n`);

const names = options.args.length > 0 ? (options.args as Name[]) : NAMES;
for (const name of names) {
  if (!(name in MEASUREMENTS)) options.error(`no measurement ${name}; there are ${NAMES.join(", ")}`);
}
say(`node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${rounds} rounds of ${seconds} s`);
for (const name of names) await MEASUREMENTS[name]();
process.stdout.write(`\n${printTable(rows)}`);
const missed = rows.filter(({ passed }) => passed === false).length;
process.stdout.write(missed === 0 ? "\nEvery target is met.\n" : `\n${missed} of ${rows.length} missed.\n`);
process.exit(strict && missed > 0 ? 1 : 0);

async function boot10k(): Promise<void> {
  const kickrack = await startKickrack("boot-10k", await databaseOf("boot-10k", 10_000));
  await handOverDone("boot-10k", 10_000);
  await besideNginx(kickrack, 10_000);
  await besideBareHttp(kickrack, 10_000);
  await kickrack.stop();
}

/** 100,000 machines: ready, memory, beside nginx, a minute of load. One server, as it would live. */
async function boot100k(): Promise<void> {
  const machines = 100_000;
  const databaseUrl = await databaseOf("boot-100k", machines);
  const kickrack = await startKickrack("boot-100k", databaseUrl);
  const ready = [kickrack.readyMs];
  say(`ready after ${ms(kickrack.readyMs)}; the hand-over to dnsmasq runs`);
  const args = (seed: number) => [2 * machines, seed];
  const busy = await load(kickrack, "boot.lua", args(1), { connections: 64, seconds: 2 * seconds });
  const handOverMs = await handOverDone("boot-100k", machines);
  const idleMb = residentMb(kickrack.pid);
  const quiet = await load(kickrack, "boot.lua", args(2), { connections: 64, seconds: 2 * seconds });

  await besideNginx(kickrack, machines);
  rows.push({
    what: "/boot while 200,000 PXELINUX files are written, of /boot after",
    figures: `${rate(busy.rate)} of ${rate(quiet.rate)}, p99 ${ms(busy.p99Ms)} of ${ms(quiet.p99Ms)}; written in ${Math.round(handOverMs / 1_000)} s`,
    ...told((busy.rate / quiet.rate).toFixed(2)),
  });
  const highestMb = await underLoad(kickrack, machines);
  rows.push({ what: "memory with 100,000 machines", figures: "after its start", ...atMost(idleMb, 300, " MB", 0) });
  rows.push({
    what: "memory with 100,000 machines",
    figures: `highest in ${loadSeconds} s of /boot and registrations`,
    ...atMost(highestMb, 300, " MB", 0),
  });
  await kickrack.stop();

  for (let start = 1; start <= 2; start++) {
    const again = await startKickrack(`start-${start}`, databaseUrl);
    ready.push(again.readyMs);
    await again.stop();
  }
  rows.push({
    what: "start with 100,000 machines until the first /boot",
    figures: ready.map(ms).join(", "),
    ...atMost(median(ready) / 1_000, 3, " s"),
  });
}

async function besideNginx(kickrack: Server, machines: number): Promise<void> {
  const what = `GET /boot/MAC, ${machines.toLocaleString("en")} machines`;
  say(`${what}: writing ${2 * machines} files for nginx`);
  const nginx = await startNginx(machines, kickrack);
  for (let i = 0; i < 200; i++) {
    const path = `/boot/${hyphenated(macOfPort(Math.floor((i / 200) * 2 * machines)))}`;
    const [ours, theirs] = await Promise.all([fetchText(kickrack.url + path), fetchText(nginx.url + path)]);
    if (ours.status !== 200 || theirs.status !== 200 || ours.body !== theirs.body) {
      throw new Error(`${path} is not the same from Kickrack and from nginx`);
    }
  }
  say(`${what}: measuring`);
  const once = (server: Server) => (round: number) =>
    load(server, "boot.lua", [2 * machines, round + 7], { connections: 64, seconds });
  const pairs = await Pairs.of(rounds, once(kickrack), once(nginx));
  noFaults(what, pairs);
  const cpu = (side: "ours" | "theirs") => `${pairs.median(side, "cpuMicroseconds").toFixed(1)} µs`;
  rows.push({
    what,
    figures: `${rate(pairs.median("ours", "rate"))} against nginx ${rate(pairs.median("theirs", "rate"))} (${pairs.spread("rate")}); CPU ${cpu("ours")} against ${cpu("theirs")}`,
    ...atLeast(pairs.ratio("rate"), 0.9),
  });
  rows.push({
    what: `${what}, p99`,
    figures: `${ms(pairs.median("ours", "p99Ms"))} against ${ms(pairs.median("theirs", "p99Ms"))} (${pairs.spread("p99Ms")})`,
    ...atMost(pairs.ratio("p99Ms"), 1.5),
  });
  await nginx.stop();
}

/** How much of nginx's rate is out of reach of any program that answers through node:http. */
async function besideBareHttp(kickrack: Server, machines: number): Promise<void> {
  const bare = await startBareHttp(machines, kickrack);
  const once = (server: Server) => (round: number) =>
    load(server, "boot.lua", [2 * machines, round + 7], { connections: 64, seconds });
  const pairs = await Pairs.of(rounds, once(kickrack), once(bare));
  noFaults("bare node:http", pairs);
  const cpu = (side: "ours" | "theirs") => `${pairs.median(side, "cpuMicroseconds").toFixed(1)} µs`;
  rows.push({
    what: "GET /boot/MAC, beside bare node:http over a map of finished answers",
    figures: `${rate(pairs.median("ours", "rate"))} against ${rate(pairs.median("theirs", "rate"))} (${pairs.spread("rate")}); CPU ${cpu("ours")} against ${cpu("theirs")}`,
    ...told(pairs.ratio("rate").toFixed(2)),
  });
  await bare.stop();
}

/** The highest resident memory while machines boot and known ones register. */
async function underLoad(kickrack: Server, machines: number): Promise<number> {
  say(`memory under ${loadSeconds} s of load`);
  let highest = 0;
  const watch = setInterval(() => (highest = Math.max(highest, residentMb(kickrack.pid))), 100);
  const loads = await Promise.all([
    load(kickrack, "boot.lua", [2 * machines, 99], { connections: 64, seconds: loadSeconds }),
    load(kickrack, "inventory.lua", [500_000_000, 2_000], { connections: 8, seconds: loadSeconds }),
  ]);
  clearInterval(watch);
  if (loads.some(({ faults }) => faults > 0)) throw new Error("faults under load");
  return highest;
}

async function inventory(): Promise<void> {
  const kickrack = await startKickrack("inventory", await databaseOf("inventory", 10_000));
  await handOverDone("inventory", 10_000);
  const sinatra = await startSinatra();
  let first = 0;
  for (const [connections, target] of [
    [64, 4],
    [512, 6],
  ] as const) {
    const known = 20_000;
    const measure = async (what: string, args: () => number[]) => {
      say(`${what}, ${connections} connections`);
      const once = (server: Server) => () => load(server, "inventory.lua", args(), { connections, seconds });
      const pairs = await Pairs.of(rounds, once(kickrack), once(sinatra));
      const faults = pairs.faults("theirs");
      if (pairs.faults("ours") > 0) throw new Error(`${what}: ${pairs.faults("ours")} of our answers were faults`);
      rows.push({
        what: `${what}, ${connections} connections`,
        figures:
          `${rate(pairs.median("ours", "rate"))}, p99 ${ms(pairs.median("ours", "p99Ms"))} against Sinatra ` +
          `${rate(pairs.median("theirs", "rate"))}, p99 ${ms(pairs.median("theirs", "p99Ms"))} (${pairs.spread("rate")})` +
          (faults > 0 ? `; Sinatra failed ${faults}` : ""),
        ...atLeast(pairs.ratio("rate"), target),
      });
    };
    await measure("GET /inventory of new machines", () => [(first += 1_000_000), 1_000_000]);
    // The first round makes them, and it is not counted.
    await measure("GET /inventory of known machines", () => [900_000_000, known]);
  }
  await Promise.all([kickrack.stop(), sinatra.stop()]);
}

async function connectionStorm(): Promise<void> {
  const machines = 10_000;
  const kickrack = await startKickrack("storm", await databaseOf("storm", 10_000));
  await handOverDone("storm", 10_000);
  for (let round = 0; round < 3; round++) {
    const { served, faults, connectedInMs, p50Ms, p99Ms } = await storm(kickrack, machines, round * machines);
    const broken = [...faults].map(([fault, count]) => `${count} × ${fault}`).join(", ");
    rows.push({
      what: "10,000 machines connect within a second and register",
      figures: `${served} served${broken === "" ? "" : `, ${broken}`}; connected in ${ms(connectedInMs)}; p50 ${ms(p50Ms)}`,
      ...atMost(p99Ms / 1_000, 10, " s p99"),
      passed: served === machines && p99Ms < 10_000,
    });
  }
  await kickrack.stop();
}

async function million(): Promise<void> {
  say("a million machines: making the database");
  const small = await startBootPlaneOnly("1k", await databaseOf("1k", 1_000));
  const large = await startBootPlaneOnly("1m", await databaseOf("1m", 1_000_000));
  const once = (server: Server, machines: number) => (round: number) =>
    load(server, "boot.lua", [2 * machines, round + 7], { connections: 64, seconds });
  const pairs = await Pairs.of(rounds, once(large, 1_000_000), once(small, 1_000));
  noFaults("a million machines", pairs);
  rows.push({
    what: "CPU of one /boot at 1,000,000 machines, of one at 1,000",
    figures:
      `${pairs.median("ours", "cpuMicroseconds").toFixed(1)} µs of ${pairs.median("theirs", "cpuMicroseconds").toFixed(1)} µs ` +
      `(${pairs.spread("cpuMicroseconds")}); ${residentMb(large.pid).toFixed(0)} MB, read in ${ms(large.readyMs)}`,
    ...atMost(pairs.ratio("cpuMicroseconds"), 1.2),
  });
  await Promise.all([small.stop(), large.stop()]);
}

/** Waits until the first pass of the hand-over is over. @returns how long that took */
async function handOverDone(name: string, machines: number): Promise<number> {
  const files = join(exportsOf(name), "tftpboot", "pxelinux.cfg");
  const began = performance.now();
  const limitMs = 900_000;
  for (;;) {
    const written = existsSync(files) ? readdirSync(files).filter((file) => file.startsWith("01-")).length : 0;
    if (written >= 2 * machines) return performance.now() - began;
    if (performance.now() - began > limitMs) throw new Error(`${name}: ${written} PXELINUX files after 15 minutes`);
    await sleep(500);
  }
}

function noFaults(what: string, pairs: Pairs): void {
  const faults = pairs.faults("ours") + pairs.faults("theirs");
  if (faults > 0) throw new Error(`${what}: ${faults} faults`);
}
