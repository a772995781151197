import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { EntityManager } from "typeorm";
import { Database } from "../../src/db/database.js";
import { Change, ChangeEntry } from "../../src/changes/change.entity.js";
import { verifyChanges } from "../../src/changes/verify.js";
import { createRack } from "../../src/rack/rack.store.js";
import { Setting } from "../../src/db/setting.entity.js";
import { SharedTransaction } from "../../src/db/shared-transaction.js";
import { Sqlite3Connection } from "../../src/db/sqlite3-connection.js";
import { BY_TEST, freshFile } from "../support/databases.js";

const cleanups: Array<() => Promise<void> | void> = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function openFresh(): Promise<Database> {
  // However slow the machine is.
  vi.spyOn(SharedTransaction.prototype, "hasRoom", "get").mockReturnValue(true);
  const { url, drop } = freshFile();
  const database = await Database.open(url);
  cleanups.push(drop, () => database.close());
  return database;
}

const names = (count: number) => Array.from({ length: count }, (_, i) => `t${i}`);

/** Each writes its name, all at once. @returns how each ended, and the names that are kept */
async function writeAll(
  database: Database,
  all: readonly string[],
  more?: (name: string, manager: EntityManager) => Promise<void> | void,
) {
  const ended = await Promise.allSettled(
    all.map((name) =>
      database.write(BY_TEST, async ({ manager }) => {
        await manager.insert(Setting, { name, value: "" });
        await more?.(name, manager);
      }),
    ),
  );
  const kept = (await database.manager.find(Setting)).map(({ name }) => name).filter((name) => all.includes(name));
  return { ended: ended.map(({ status }) => status), kept };
}

/** Does `before` when SQLite is about to run `statement`. */
function watchStatement(statement: string, before: () => Promise<void> | void): void {
  const real = Object.getOwnPropertyDescriptor(Sqlite3Connection.prototype, "exec")?.value as (
    sql: string,
  ) => Promise<void>;
  vi.spyOn(Sqlite3Connection.prototype, "exec").mockImplementation(async function (this: Sqlite3Connection, sql) {
    if (sql === statement) await before();
    return real.call(this, sql);
  });
}

/** How many of 20 writers were told of their success before the first commit, which is that of all of them, had begun. */
async function earlyAnswers(database: Database): Promise<number> {
  let answered = 0;
  let early: number | undefined;
  watchStatement("COMMIT", async () => {
    await sleep(20);
    early ??= answered;
  });
  await Promise.all(
    names(20).map((name) =>
      database.write(BY_TEST, ({ manager }) => manager.insert(Setting, { name, value: "" })).then(() => answered++),
    ),
  );
  return early ?? Number.NaN;
}

const NOWHERE = { site: null, room: null, row: null, position: null, description: null } as const;
const LIMITS = { firstUnit: 1, capacityWatts: null, capacityKilograms: null } as const;
const RACK = { heightU: 42, numbering: "FROM_BOTTOM", ...NOWHERE, ...LIMITS } as const;

describe("writers that wait for each other", () => {
  test("commit together: 50 take fewer than ten commits, and all is kept", async () => {
    const database = await openFresh();
    let commits = 0;
    watchStatement("COMMIT", () => void commits++);
    const { ended, kept } = await writeAll(database, names(50));
    expect(new Set(ended)).toEqual(new Set(["fulfilled"]));
    expect(kept.sort()).toEqual(names(50).sort());
    expect(commits).toBeLessThan(10);
  });

  test("are told after the commit that keeps what they wrote", async () => {
    expect(await earlyAnswers(await openFresh())).toBe(0);
  });

  test("control: the same check catches answers before the commit", async () => {
    const begin = SharedTransaction.begin.bind(SharedTransaction);
    vi.spyOn(SharedTransaction, "begin").mockImplementation(async (writer) =>
      Object.defineProperty(await begin(writer), "settled", { value: Promise.resolve() }),
    );
    expect(await earlyAnswers(await openFresh())).toBeGreaterThan(0);
  });

  test("do not lose what they wrote by another's failure, and nothing of that is kept", async () => {
    const database = await openFresh();
    const fails = (name: string) => {
      if (Number(name.slice(1)) % 3 === 1) throw new Error("meant to fail");
    };
    const { ended, kept } = await writeAll(database, names(30), fails);
    const good = names(30).filter((_, i) => i % 3 !== 1);
    expect(ended).toEqual(names(30).map((_, i) => (i % 3 === 1 ? "rejected" : "fulfilled")));
    expect(kept.sort()).toEqual(good.sort());
  });

  test("all hear of it when the commit fails, also who wrote nothing, and nothing is kept", async () => {
    const database = await openFresh();
    watchStatement("COMMIT", () => Promise.reject(new Error("disk I/O error")));
    const looker = (name: string) => database.write(BY_TEST, ({ manager }) => manager.findOneBy(Setting, { name }));
    const [{ ended, kept }, looked] = await Promise.all([
      writeAll(database, names(10)),
      Promise.allSettled([looker("t1"), looker("t2")]),
    ]);
    expect([...ended, ...looked.map(({ status }) => status)]).toEqual(Array(12).fill("rejected"));
    expect(kept).toEqual([]);
    vi.restoreAllMocks();
    expect((await writeAll(database, ["later"])).kept).toEqual(["later"]);
  });

  test("all hear of it when a savepoint fails, and the next begin anew", async () => {
    const database = await openFresh();
    let failed = false;
    watchStatement("SAVEPOINT member", () => {
      if (failed) return;
      failed = true;
      throw new Error("disk I/O error");
    });
    const { ended, kept } = await writeAll(database, names(10));
    expect(ended.slice(0, 2)).toEqual(["rejected", "rejected"]);
    expect(kept.sort()).toEqual(names(10).filter((_, i) => ended[i] === "fulfilled"));
    expect(kept.length).toBeGreaterThan(0);
  });

  test("all hear of it when the disk is full for one of them, who can write nothing more either", async () => {
    const database = await openFresh();
    const [{ page_count: pages }] = await database.manager.query<[{ page_count: number }]>("PRAGMA page_count");
    await database.manager.query(`PRAGMA max_page_count = ${pages + 2}`);
    const { ended, kept } = await writeAll(database, names(6), async (name, manager) => {
      if (name !== "t2") return;
      await manager.insert(Setting, { name: "large", value: "x".repeat(100_000) }).catch(() => undefined);
      await manager.insert(Setting, { name: "by itself", value: "" });
    });
    expect(ended).toEqual(["rejected", "rejected", "rejected", "fulfilled", "fulfilled", "fulfilled"]);
    expect(kept.sort()).toEqual(["t3", "t4", "t5"]);
    expect(await database.manager.countBy(Setting, { name: "by itself" })).toBe(0);
  });

  test("share the history: what one has left for the end is read by the next, and is not lost with that one", async () => {
    const database = await openFresh();
    const inserts: string[] = [];
    const run = Object.getOwnPropertyDescriptor(Sqlite3Connection.prototype, "run")?.value as Sqlite3Connection["run"];
    vi.spyOn(Sqlite3Connection.prototype, "run").mockImplementation(async function (this: Sqlite3Connection, ...args) {
      if (args[0].includes("INTO change ")) inserts.push(args[0]);
      return run.apply(this, args);
    });
    const racks = names(12);
    const ended = await Promise.allSettled(
      racks.map((name, i) =>
        database.write(BY_TEST, async (transaction) => {
          if (i % 4 === 1) {
            // It has the rows of those before it written, under its own savepoint, and then fails.
            expect(await transaction.manager.countBy(Change, {})).toBe(i - (i - 1) / 4);
            throw new Error("meant to fail");
          }
          await createRack(transaction, { ...RACK, name });
        }),
      ),
    );
    expect(ended.map(({ status }) => status)).toEqual(racks.map((_, i) => (i % 4 === 1 ? "rejected" : "fulfilled")));
    expect(await database.manager.countBy(Change, {})).toBe(9);
    expect(await verifyChanges(database.manager)).toMatchObject({ head: { id: 9 }, broken: undefined });
    expect((await database.manager.find(ChangeEntry)).map(({ after }) => after?.name)).toEqual(
      racks.filter((_, i) => i % 4 !== 1),
    );
    expect(inserts.length).toBeLessThan(9);
  });
});
