import { expect, test } from "vitest";
import { Database } from "../../src/db/database.js";
import { Setting } from "../../src/db/setting.entity.js";
import { freshPostgres } from "../support/databases.js";

const INSERT = "INSERT INTO setting (name, value) VALUES ($1, $2)";

/** A transaction of which nothing is waited for but its end. */
async function unawaited(names: readonly string[]): Promise<{ ended: string[]; kept: string[] }> {
  const { url, drop } = await freshPostgres();
  const database = await Database.open(url);
  try {
    const runner = database.dataSource.createQueryRunner();
    await runner.startTransaction();
    const inserted = names.map((name) => runner.query(INSERT, [name, ""]));
    const ended = await Promise.allSettled([...inserted, runner.commitTransaction()]);
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    await runner.release();
    const kept = (await database.manager.find(Setting)).map(({ name }) => name).sort();
    return { ended: ended.map(({ status }) => status), kept };
  } finally {
    await database.close();
    await drop();
  }
}

test("statements that go out together, with their commit, arrive in the order of the calls", async () => {
  const { ended, kept } = await unawaited(["a", "b", "c"]);
  expect(ended).toEqual(["fulfilled", "fulfilled", "fulfilled", "fulfilled"]);
  expect(kept).toEqual(["a", "b", "c"]);
});

test("a commit that went out behind a statement that fails keeps nothing, and says so", async () => {
  const { ended, kept } = await unawaited(["a", "a", "c"]);
  expect(ended).toEqual(["fulfilled", "rejected", "rejected", "rejected"]);
  expect(kept).toEqual([]);
});
