import { DataSource } from "typeorm";
import { expect, test } from "vitest";
import { Setting } from "../../src/db/setting.entity.js";
import { BY_TEST, onBothDatabases } from "../support/databases.js";

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** 50 transactions at once, each of them a write, a pause and a write; every fifth one fails at its end. */
async function fiftyAtOnce(dataSource: DataSource): Promise<{ acknowledged: string[]; refused: string[] }> {
  const acknowledged: string[] = [];
  const refused: string[] = [];
  await Promise.all(
    Array.from({ length: 50 }, async (_, i) => {
      const name = `t${i}`;
      try {
        await dataSource.transaction(async (manager) => {
          await manager.insert(Setting, { name, value: "first" });
          await sleep((i * 7) % 10);
          await manager.update(Setting, { name }, { value: "second" });
          if (i % 5 === 0) throw new Error("meant to fail");
        });
        acknowledged.push(name);
      } catch {
        refused.push(name);
      }
    }),
  );
  return { acknowledged, refused };
}

test("control: TypeORM's own SQLite driver loses acknowledged rows in the same run", async () => {
  // sql.js stands for all of them: TypeORM gives each of its SQLite drivers one query runner for everybody.
  const dataSource = new DataSource({ type: "sqljs", entities: [Setting], synchronize: true });
  await dataSource.initialize();
  const { acknowledged, refused } = await fiftyAtOnce(dataSource);
  const kept = new Set((await dataSource.manager.find(Setting)).map(({ name }) => name));
  const lost = acknowledged.filter((name) => !kept.has(name));
  expect(lost.length + refused.length).toBeGreaterThan(10);
});

test("control: one rollback takes another request's acknowledged row with it there", async () => {
  const dataSource = new DataSource({ type: "sqljs", entities: [Setting], synchronize: true });
  await dataSource.initialize();
  const failing = dataSource.transaction(async (manager) => {
    await manager.insert(Setting, { name: "rolled back", value: "" });
    await sleep(20);
    throw new Error("meant to fail");
  });
  await Promise.all([
    expect(failing).rejects.toThrow("meant to fail"),
    sleep(5).then(() => dataSource.manager.insert(Setting, { name: "acknowledged", value: "" })),
  ]);
  expect(await dataSource.manager.count(Setting)).toBe(0);
});

onBothDatabases("transactions", (fresh) => {
  test("50 at once, 10 of which roll back: none is lost and none leaks", async () => {
    const database = await (await fresh()).open();
    const { acknowledged, refused } = await fiftyAtOnce(database.dataSource);
    expect(acknowledged).toHaveLength(40);
    expect(refused).toHaveLength(10);
    const rows = await database.manager.find(Setting);
    expect(rows.map(({ name }) => name).sort()).toEqual(acknowledged.toSorted());
    expect(new Set(rows.map(({ value }) => value))).toEqual(new Set(["second"]));
  });

  test("a read beside a transaction sees nothing of it before its commit", async () => {
    const database = await (await fresh()).open();
    await database.dataSource.transaction(async (manager) => {
      await manager.insert(Setting, { name: "a", value: "uncommitted" });
      expect(await database.manager.count(Setting)).toBe(0);
    });
    expect(await database.manager.count(Setting)).toBe(1);
  });

  test("a plain write beside a transaction that rolls back stays", async () => {
    const database = await (await fresh()).open();
    const failing = database.dataSource.transaction(async (manager) => {
      await manager.insert(Setting, { name: "rolled back", value: "" });
      await sleep(20);
      throw new Error("meant to fail");
    });
    await Promise.all([
      expect(failing).rejects.toThrow("meant to fail"),
      sleep(5).then(() => database.manager.insert(Setting, { name: "kept", value: "" })),
    ]);
    expect((await database.manager.find(Setting)).map(({ name }) => name)).toEqual(["kept"]);
  });

  test("$2 before $1 in a statement is still the second parameter", async () => {
    const database = await (await fresh()).open();
    const rows: unknown = await database.manager.query("SELECT CAST($2 AS text) AS second, CAST($1 AS text) AS first", [
      "a",
      "b",
    ]);
    expect(rows).toEqual([{ first: "a", second: "b" }]);
  });

  test("a machine's change is announced after its commit and before the writer's answer", async () => {
    const database = await (await fresh()).open();
    const order: string[] = [];
    database.onMachinesChanged(async (ids) => {
      await sleep(5);
      order.push(`announced ${String(ids)} with ${await database.manager.count(Setting)} committed`);
    });
    await database.write(BY_TEST, async ({ manager, touch }) => {
      await manager.insert(Setting, { name: "a", value: "" });
      touch([7]);
    });
    order.push("answered");
    expect(order).toEqual(["announced 7 with 1 committed", "answered"]);
  });
});
