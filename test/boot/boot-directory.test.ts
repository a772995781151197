import pg from "pg";
import { expect, test, vi } from "vitest";
import { BootDirectory } from "../../src/boot/boot-directory.js";
import type { Database } from "../../src/db/database.js";
import { sqliteDialect } from "../../src/db/dialect.js";
import { createLog } from "../../src/log.js";
import { EthernetInterface, Machine } from "../../src/machine/machine.entity.js";
import { registerAll } from "../support/register.js";
import { fromPort, listing, port } from "../machine/reports.js";
import { BY_TEST, onBothDatabases } from "../support/databases.js";

const NOW = new Date("2026-11-23T03:00:00.000Z");
const silent = createLog(() => undefined);
const lock = (database: Database, locked: boolean) =>
  database.write(BY_TEST, async ({ manager, touch }) => {
    const machines = await manager.find(Machine);
    for (const { id } of machines) await manager.update(Machine, { id }, { locked });
    touch(machines.map(({ id }) => id));
  });

onBothDatabases("the boot directory", (fresh) => {
  test("knows what the database held when it was loaded", async () => {
    const database = await (await fresh()).open();
    await registerAll(database, [listing([port(1), port(2)], { serialNumber: "S1" })], NOW);
    const directory = await BootDirectory.load(database, silent);
    expect(directory.bootMachine(port(2))).toMatchObject({ serialNumber: "S1", disputed: false, locked: false });
    expect(directory.bootMachine(port(3))).toBeUndefined();
    expect(directory.size).toBe(1);
  });

  test("keeps its order when a machine changes, so that the hostsfile's lines keep theirs", async () => {
    const database = await (await fresh()).open();
    const directory = await BootDirectory.load(database, silent);
    for (let i = 1; i <= 3; i++) await registerAll(database, [fromPort(port(i), { serialNumber: `S${i}` })], NOW);
    const order = () => [...directory.entries()].map(({ serialNumber }) => serialNumber);
    expect(order()).toEqual(["S1", "S2", "S3"]);
    await registerAll(database, [fromPort(port(1), { serialNumber: "S1", assetTag: "A1" })], NOW);
    expect(order()).toEqual(["S1", "S2", "S3"]);
    await database.write(BY_TEST, async ({ manager, touch }) => {
      const { id } = await manager.findOneByOrFail(Machine, { serialNumber: "S2" });
      await manager.update(Machine, { id }, { locked: true });
      touch([id]);
    });
    expect(order()).toEqual(["S1", "S2", "S3"]);
  });

  test("knows a write before the writer is answered", async () => {
    const database = await (await fresh()).open();
    const directory = await BootDirectory.load(database, silent);
    for (let i = 1; i <= 20; i++) {
      await registerAll(database, [fromPort(port(i), { serialNumber: `S${i}` })], NOW);
      expect(directory.bootMachine(port(i))).toMatchObject({ serialNumber: `S${i}` });
      await lock(database, i % 2 === 0);
      expect(directory.bootMachine(port(i))?.locked).toBe(i % 2 === 0);
    }
  });

  test("knows a port's dispute, its end, its move and its machine's end", async () => {
    const database = await (await fresh()).open();
    const directory = await BootDirectory.load(database, silent);
    const [a, b] = await registerAll(database, [fromPort(port(1)), fromPort(port(2))], NOW);
    const change = (changes: object) =>
      database.write(BY_TEST, async ({ manager, touch }) => {
        await manager.update(EthernetInterface, { macAddress: port(1) }, changes);
        touch([a?.machineId ?? 0, b?.machineId ?? 0]);
      });
    await change({ disputed: true });
    expect(directory.bootMachine(port(1))).toMatchObject({ id: a?.machineId, disputed: true });
    await change({ disputed: false, machineId: b?.machineId });
    expect(directory.bootMachine(port(1))).toMatchObject({ id: b?.machineId, disputed: false });
    await database.write(BY_TEST, async ({ manager, touch }) => {
      await manager.delete(Machine, { id: b?.machineId ?? 0 });
      touch([b?.machineId ?? 0]);
    });
    expect(directory.bootMachine(port(1))).toBeUndefined();
    expect(directory.bootMachine(port(2))).toBeUndefined();
  });

  test("hears of another process' writes, also after its listening connection was killed", async () => {
    const database = await fresh();
    if (database.kind === "SQLite") return; // one process
    const [here, there] = [await database.open(), await database.open()];
    const directory = await BootDirectory.load(here, silent);
    await registerAll(there, [fromPort(port(1))], NOW);
    await vi.waitFor(() => expect(directory.bootMachine(port(1))).toMatchObject({ locked: false }), 5_000);

    expect(await killListeners(database.url)).toBe(2);
    await registerAll(there, [fromPort(port(2))], NOW);
    await lock(there, true);
    for (const mac of [port(1), port(2)]) {
      await vi.waitFor(() => expect(directory.bootMachine(mac)).toMatchObject({ locked: true }), 10_000);
    }
    await lock(there, false);
    await vi.waitFor(() => expect(directory.bootMachine(port(1))).toMatchObject({ locked: false }), 5_000);
  });
});

async function killListeners(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rowCount } = await client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'",
  );
  await client.end();
  return rowCount ?? 0;
}

/** A database whose answers the test gives, one query at a time. */
class HeldDatabase {
  readonly dialect = sqliteDialect;
  readonly queries: Array<{ answer: (rows: unknown[]) => void; fail: () => void }> = [];
  changed: (ids: readonly number[] | "all") => Promise<void> = () => Promise.resolve();

  readonly manager = {
    query: () =>
      new Promise<unknown[]>((resolve, reject) => {
        const answer = (rows: unknown[]) => resolve([{ rows: JSON.stringify(rows) }]);
        this.queries.push({ answer, fail: () => reject(new Error("meant to fail")) });
      }),
  };

  onMachinesChanged(listener: HeldDatabase["changed"]): void {
    this.changed = listener;
  }

  async nextQuery() {
    await vi.waitFor(() => expect(this.queries.length).toBeGreaterThan(0), { interval: 1 });
    return this.queries.shift() as (typeof this.queries)[number];
  }

  async load(log = silent): Promise<BootDirectory> {
    const loading = BootDirectory.load(this as unknown as Database, log);
    (await this.nextQuery()).answer([]);
    return loading;
  }
}

const row = (locked: boolean) => [1, null, "S1", "READY", locked, ...Array<null>(6).fill(null), port(1)];

test("what changes while everything is read again is not overwritten by what was read before it", async () => {
  const database = new HeldDatabase();
  const directory = await database.load();
  const all = database.changed("all");
  const before = await database.nextQuery();
  const one = database.changed([1]);
  before.answer([row(false)]);
  (await database.nextQuery()).answer([]);
  (await database.nextQuery()).answer([row(true)]);
  await Promise.all([all, one]);
  expect(directory.bootMachine(port(1))).toMatchObject({ locked: true });
});

test.each([["all" as const], [[1]]])(
  "a change (%j) that cannot be read is logged, and read a second later",
  async (ids) => {
    const lines: string[] = [];
    const database = new HeldDatabase();
    const directory = await database.load(createLog((line) => lines.push(line)));
    const changed = database.changed(ids);
    (await database.nextQuery()).fail();
    await changed;
    expect(lines.join("")).toMatch(/level=error msg="cannot read changed machines/);
    await vi.waitFor(() => expect(database.queries.length).toBeGreaterThan(0), 3_000);
    (await database.nextQuery()).answer([row(true)]);
    if (ids === "all") (await database.nextQuery()).answer([]);
    await vi.waitFor(() => expect(directory.bootMachine(port(1))).toMatchObject({ locked: true }));
  },
);
