import { expect, test } from "vitest";
import { onBothDatabases } from "../support/databases.js";

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
});
