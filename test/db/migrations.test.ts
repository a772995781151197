import type { DataSource } from "typeorm";
import { expect, test } from "vitest";
import { Shelf } from "../../src/rack/shelf.entity.js";
import { onBothDatabases } from "../support/databases.js";

/** Takes back this migration and all that came after it. */
async function undoTo(dataSource: DataSource, migration: string): Promise<void> {
  for (let undone = ""; !undone.startsWith(migration);) {
    const [last] = await dataSource.query<Array<{ name: string }>>(
      "SELECT name FROM migration ORDER BY id DESC LIMIT 1",
    );
    await dataSource.undoLastMigration();
    undone = last?.name ?? migration;
  }
}

onBothDatabases("migrations", (fresh) => {
  test("leave nothing for TypeORM to change: the tables are what the entities say", async () => {
    const database = await (await fresh()).open();
    const { upQueries } = await database.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  test("can be taken back", async () => {
    const database = await (await fresh()).open();
    await database.dataSource.undoLastMigration();
    expect(await database.dataSource.showMigrations()).toBe(true);
  });

  test("leave what stood in a rack when only machines could", async () => {
    const database = await (await fresh()).open();
    const { dataSource } = database;
    await undoTo(dataSource, "RackContents");
    const now = new Date().toISOString();
    await dataSource.query(
      `INSERT INTO machine (id, state, locked, first_seen_at, last_seen_at) VALUES (1, 'READY', FALSE, '${now}', '${now}')`,
    );
    await dataSource.query("INSERT INTO rack (id, name, height_half_u, numbering) VALUES (1, 'A', 84, 'FROM_BOTTOM')");
    await dataSource.query(
      `INSERT INTO shelf (rack_id, unit_half_u, height_half_u, face, column_number, column_count, machine_id)
       VALUES (1, 14, 2, 'FULL', 1, 1, 1)`,
    );
    await dataSource.runMigrations();
    const [shelf] = await dataSource.getRepository(Shelf).find({ relations: { rack: true } });
    expect(shelf).toMatchObject({ kind: "MACHINE", unit: 7, machineId: 1, strip: null, rack: { firstUnit: 1 } });
    await undoTo(dataSource, "RackContents");
    expect(await dataSource.query("SELECT machine_id FROM shelf")).toEqual([{ machine_id: 1 }]);
  });
});
