import { execute, parse } from "graphql";
import { expect, test } from "vitest";
import { onBothDatabases } from "../../support/databases.js";
import { statementsOf } from "../../support/statements.js";
import { asking, fillTables } from "./fleet.js";
import { schema, ways } from "./ways.js";

const ROWS = 120;

test("the lists of the API are found in its schema", () => {
  const lists = ways().filter(({ isList }) => isList);
  expect(lists.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["Query.machines", "Machine.ethernetInterfaces", "Machine.installations", "Rack.shelves"]),
  );
});

onBothDatabases("the number of statements", (fresh) => {
  test("is that of the fields that lead to things, and 3 at most, whatever the rows", async () => {
    const database = await (await fresh()).open();
    await fillTables(database, ROWS);
    for (const { name, fields, document } of ways()) {
      const ask = async (first: number) => {
        let things = 0;
        const statements = await statementsOf(database.dataSource, async () => {
          const { data, errors } = await execute({
            schema,
            document: parse(document("id")),
            variableValues: { first },
            contextValue: asking(database),
          });
          expect(errors, name).toBeUndefined();
          things = JSON.stringify(data).split('"id"').length - 1;
        });
        return { things, statements };
      };
      const few = await ask(1);
      const many = await ask(100);
      expect(many.things, `${name} needs rows to count with`).toBeGreaterThan(20);
      expect(many.statements.length, name).toBe(few.statements.length);
      expect(many.statements.length, name).toBeLessThanOrEqual(fields + 3);
    }
  });
});
