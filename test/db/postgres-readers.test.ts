import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Database } from "../../src/db/database.js";
import { freshPostgres } from "../support/databases.js";

let database: Database;
let drop: () => Promise<void>;

beforeAll(async () => {
  const fresh = await freshPostgres();
  database = await Database.open(fresh.url);
  drop = fresh.drop;
});

afterAll(async () => {
  await database.close();
  await drop();
});

async function backend(): Promise<number> {
  const [row] = await database.manager.query<[{ pid: number }]>("SELECT pg_backend_pid() AS pid");
  return row.pid;
}

test("statements outside of transactions share a connection", async () => {
  const pids = await Promise.all(Array.from({ length: 20 }, backend));
  expect(new Set(pids).size).toBe(1);
});

test("a slow statement keeps none that comes after a while", async () => {
  const order: string[] = [];
  const slow = database.manager.query("SELECT pg_sleep(2)").then(() => order.push("slow"));
  await sleep(100);
  const pids = await Promise.all(Array.from({ length: 5 }, backend));
  order.push("quick");
  await slow;
  expect(order).toEqual(["quick", "slow"]);
  expect(new Set(pids).size).toBe(1);
});

test("what fails is told to whoever asked for it, and to nobody behind it", async () => {
  const [failed, next] = await Promise.allSettled([database.manager.query("SELECT 1 / 0"), backend()]);
  expect(failed).toMatchObject({ status: "rejected", reason: { message: expect.stringContaining("zero") as string } });
  expect(next.status).toBe("fulfilled");
});

test("a connection that is lost is made again, and what had gone out over it is asked again", async () => {
  const lost = await backend();
  const asked = database.manager.query<[{ pid: number }]>("SELECT pg_sleep(0.5), pg_backend_pid() AS pid");
  await database.dataSource.transaction((manager) => manager.query("SELECT pg_terminate_backend($1)", [lost]));
  const next = await backend();
  const [row] = await asked;
  expect(new Set([lost, next, row.pid]).size).toBe(2);
});

test("a server that is not there is told, and asked again by whoever comes next", async () => {
  const other = await freshPostgres();
  const second = await Database.open(other.url);
  await second.manager.query("SELECT 1");
  const name = new URL(other.url).pathname.slice(1);
  const allow = (is: boolean) =>
    database.dataSource.transaction(async (manager) => {
      await manager.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS ${is}`);
      if (!is) await manager.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [name]);
    });
  await allow(false);
  await expect(second.manager.query("SELECT 1")).rejects.toThrow(/not currently accepting/);
  await allow(true);
  expect(await second.manager.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  await second.close();
  await other.drop();
});

test("what is read outside sees what a transaction has committed, and nothing before", async () => {
  const count = async () =>
    (await database.manager.query<unknown[]>("SELECT name FROM setting WHERE name = 'r'")).length;
  await database.dataSource.transaction(async (manager) => {
    await manager.query("INSERT INTO setting (name, value) VALUES ('r', '')");
    expect(await count()).toBe(0);
  });
  expect(await count()).toBe(1);
});
