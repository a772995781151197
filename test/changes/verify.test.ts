import { expect, test } from "vitest";
import { verifyChanges } from "../../src/changes/verify.js";
import type { Database } from "../../src/db/database.js";
import { createRack, updateRack } from "../../src/rack/rack.store.js";
import { BY_TEST, onBothDatabases } from "../support/databases.js";
import { PLAIN_RACK } from "../support/plain-rack.js";

onBothDatabases("the journal", (fresh) => {
  /** Five changes, and a way to edit them as somebody would who may do anything with the database. */
  const written = async () => {
    const { kind, ...files } = await fresh();
    const database = await files.open();
    for (const name of ["A", "B", "C", "D"]) {
      await database.write(BY_TEST, (transaction) => createRack(transaction, { ...PLAIN_RACK, name }));
    }
    await database.write(BY_TEST, (transaction) =>
      updateRack(database, transaction, "A", { site: '日本 \\ "x" 0.1' }, new Date()),
    );
    const edit = async (sql: string) => {
      for (const table of ["change", "change_entry"]) {
        for (const verb of ["update", "delete"]) {
          const on = kind === "PostgreSQL" ? ` ON ${table}` : "";
          await database.manager.query(`DROP TRIGGER IF EXISTS ${table}_no_${verb}${on}`);
        }
      }
      await database.manager.query(sql);
    };
    return { database, edit };
  };

  test("is whole when nobody has touched it, and its head can be noted", async () => {
    const { database } = await written();
    const { head, broken } = await verifyChanges(database.manager);
    expect([head.id, broken]).toEqual([5, undefined]);
    expect((await verifyChanges(database.manager, head)).broken).toBeUndefined();
    expect((await verifyChanges(database.manager, { id: 6, digest: head.digest })).broken).toContain(
      "ends at Change:5",
    );
    expect((await verifyChanges(database.manager, { id: 2, digest: head.digest })).broken).toContain("written anew");
  });

  test("refuses to be rewritten", async () => {
    const { database } = await written();
    const statements = [
      "UPDATE change SET actor = 'nobody'",
      "DELETE FROM change_entry",
      "UPDATE change_entry SET after_facts = NULL",
    ];
    for (const sql of statements)
      await expect(database.manager.query(sql)).rejects.toThrow("changes are only ever added");
  });

  test.each([
    ["another actor", "UPDATE change SET actor = 'nobody' WHERE id = 3", "Change:3"],
    ["another time", "UPDATE change SET at = '2001-01-01T00:00:00.000Z' WHERE id = 2", "Change:2"],
    ["another value", `UPDATE change_entry SET after_facts = '{"site":"elsewhere"}' WHERE change_id = 5`, "Change:5"],
    ["an entry that is gone", "DELETE FROM change_entry WHERE change_id = 4", "Change:4"],
    ["a change that is gone", "DELETE FROM change WHERE id = 3", "Change:3"],
    ["another object", "UPDATE change_entry SET object_id = 99 WHERE change_id = 1", "Change:1"],
  ])("says where %s stands in it", async (_, sql, where) => {
    const { database, edit } = await written();
    if (sql.startsWith("DELETE FROM change ")) await edit("DELETE FROM change_entry WHERE change_id = 3");
    await edit(sql);
    const { head, broken } = await verifyChanges(database.manager);
    expect(broken).toContain(where);
    expect(head.id).toBe(Number(where.slice("Change:".length)) - 1);
  });

  test("has no gap and no branch where 50 write at once, some of whom fail", async () => {
    const { database } = await written();
    await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) =>
        database.write(BY_TEST, async (transaction) => {
          await createRack(transaction, { ...PLAIN_RACK, name: `N${i}` });
          if (i % 5 === 0) throw new Error("taken back");
        }),
      ),
    );
    expect(await verifyChanges(database.manager)).toMatchObject({ head: { id: 45 }, broken: undefined });
    expect(await entriesWithout(database)).toBe(0);
  });
});

async function entriesWithout(database: Database): Promise<number> {
  const rows: unknown[] = await database.manager.query(
    "SELECT change.id FROM change LEFT JOIN change_entry ON change_id = change.id WHERE change_entry.id IS NULL",
  );
  return rows.length;
}
