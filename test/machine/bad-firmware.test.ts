import { afterEach, beforeEach, expect, test } from "vitest";
import { Database } from "../../src/db/database.js";
import type { InventoryReport } from "../../src/machine/inventory-request.js";
import { registerAll } from "../support/register.js";
import { freshFile } from "../support/databases.js";
import { fromPort, listing, port, uuid } from "./reports.js";
import { snapshot } from "./snapshot.js";

const NOW = new Date("2026-11-23T03:00:00.000Z");
const SERVERS = 400;

let database: Database;
let drop: () => void;

beforeEach(async () => {
  const file = freshFile("shipped");
  drop = file.drop;
  database = await Database.open(file.url);
});

afterEach(async () => {
  await database.close();
  drop();
});

/** Each server reports twice: a roll-out, and the morning after. In batches of `size`. */
async function everybodyReports(reportOf: (server: number) => InventoryReport[], size = 64) {
  const reports = Array.from({ length: SERVERS }, (_, server) => reportOf(server)).flat();
  for (const round of [reports, reports.toReversed()]) {
    for (let at = 0; at < round.length; at += size) await registerAll(database, round.slice(at, at + size), NOW);
  }
  return snapshot(database);
}

const card = (server: number, nic: number) => port(1 + server * 4 + nic);

test("400 servers with one UUID and an unfilled serial number are 400 machines", async () => {
  const facts = { serialNumber: "To be filled", uuid: uuid(1) };
  const { machines } = await everybodyReports((server) => [listing([card(server, 0)], facts)]);
  expect(machines).toHaveLength(SERVERS);
});

test("400 servers with one UUID and serial numbers of their own are 400 machines, and none is disputed", async () => {
  const { machines, conflicts } = await everybodyReports((server) => [
    listing([card(server, 0), card(server, 1)], { serialNumber: `S${server}`, uuid: uuid(1) }),
  ]);
  expect(machines).toHaveLength(SERVERS);
  expect(conflicts).toEqual([]);
});

test("400 twins that list all of their ports are 400 machines, and one conflict says why", async () => {
  const { machines, conflicts } = await everybodyReports((server) => [
    listing([card(server, 0), card(server, 1)], { serialNumber: "SN-DEFAULT", uuid: uuid(1) }),
  ]);
  expect(machines).toHaveLength(SERVERS);
  expect(conflicts).toHaveLength(1);
});

// All that the article's URL tells is the port and the serial number: nothing distinguishes them from one machine
// with many ports. No machine swallows more of them than a machine has ports.
test("400 twins of the article's URL never share a machine by more than 32", async () => {
  const { machines } = await everybodyReports((server) => [fromPort(card(server, 0), { serialNumber: "SN-DEFAULT" })]);
  expect(Math.max(...machines.map(({ ports }) => ports.length))).toBe(32);
  expect(machines).toHaveLength(SERVERS - 31);
});

test("400 servers that show one and the same second port are 400 machines; that port alone is disputed", async () => {
  const { machines } = await everybodyReports((server) => [
    listing([card(server, 0), port(99_999)], { uuid: uuid(server) }),
  ]);
  expect(machines).toHaveLength(SERVERS);
  const disputed = machines.flatMap(({ ports }) => ports).filter((each) => each.endsWith("disputed"));
  expect(disputed).toEqual([`${port(99_999)} disputed`]);
});

test("400 servers with four NICs, each booted from each of them, are 400 machines of four ports", async () => {
  const ways: Array<(server: number, nic: number) => InventoryReport> = [
    (server, nic) => fromPort(card(server, nic), { serialNumber: `A${server}` }),
    (server, nic) => listing([card(server, nic)], { serialNumber: `B${server}`, uuid: uuid(server) }),
  ];
  for (const [i, way] of ways.entries()) {
    await everybodyReports((server) => [0, 1, 2, 3].map((nic) => way(server + i * 10_000, nic)));
  }
  const { machines, conflicts } = await snapshot(database);
  expect(machines).toHaveLength(SERVERS * ways.length);
  expect(new Set(machines.map(({ ports }) => ports.length))).toEqual(new Set([4]));
  expect(conflicts).toEqual([]);
});

// In one batch, a machine that was read because of its MAC address must not stand for the hundred holders of its
// serial number that were not read.
test("a serial number of many holders takes no newcomer to the one holder that happens to be in the batch", async () => {
  const facts = { serialNumber: "SN-DEFAULT" };
  for (let server = 0; server < 5; server++) {
    await registerAll(database, [listing([card(server, 0), card(server, 1)], facts)], NOW);
  }
  await registerAll(
    database,
    [listing([card(0, 0), card(0, 1)], facts), fromPort(card(99, 0), { ...facts, assetTag: "T1" })],
    NOW,
  );
  const { machines } = await snapshot(database);
  expect(machines.map(({ ports }) => ports.length)).toEqual([2, 2, 2, 2, 2, 1]);
});

test("a serial number of many holders takes no newcomer to the holder that another weak key names", async () => {
  const facts = { serialNumber: "SN-DEFAULT" };
  for (let server = 0; server < 5; server++) {
    await registerAll(
      database,
      [listing([card(server, 0), card(server, 1)], { ...facts, assetTag: `T${server}` })],
      NOW,
    );
  }
  await registerAll(database, [fromPort(card(99, 0), { ...facts, assetTag: "T1" })], NOW);
  expect((await snapshot(database)).machines).toHaveLength(6);
});
