import { execute, getNamedType, isLeafType, isRequiredArgument, parse, type GraphQLField } from "graphql";
import { expect, test } from "vitest";
import { onBothDatabases } from "../../support/databases.js";
import { statementsOf } from "../../support/statements.js";
import { asking, fillTables } from "./fleet.js";
import { schema, ways } from "./ways.js";

interface Asked {
  readonly data: unknown;
  readonly faults: readonly string[];
}

onBothDatabases("what is asked of a thing", (fresh) => {
  test("each of its fields alone has the value that it has among all the others", { timeout: 60_000 }, async () => {
    const database = await (await fresh()).open();
    await fillTables(database, 10);
    const ask = async (document: string): Promise<Asked> => {
      const values = { schema, document: parse(document), variableValues: { first: 2 } };
      const { data, errors = [] } = await execute({ ...values, contextValue: asking(database) });
      return { data, faults: errors.map(({ message }) => message) };
    };
    let compared = 0;
    for (const { name, thing, document } of ways()) {
      const fields = Object.values(thing.getFields()).filter(({ args }) => !args.some(isRequiredArgument));
      const selectionOf = ({ name, type }: GraphQLField<unknown, unknown>) =>
        `asked_${name}: ${name} ${isLeafType(getNamedType(type)) ? "" : "{ __typename }"}`;
      const alone = new Map<string, Asked>();
      for (const field of fields) alone.set(field.name, await ask(document(selectionOf(field))));
      // What asks the server for more than its database has nobody to ask here, and says something else.
      for (const fault of [...alone.values()].flatMap(({ faults }) => faults))
        expect(fault).not.toContain("is not read");
      const answered = fields.filter((field) => alone.get(field.name)?.faults.length === 0);
      const whole = await ask(document(answered.map(selectionOf).join(" ")));
      expect(whole.faults, name).toEqual([]);
      for (const { name: field } of answered) {
        const values = valuesOf(whole.data, `asked_${field}`);
        expect(valuesOf(alone.get(field)?.data, `asked_${field}`), `${name} ${field}`).toEqual(values);
        compared += values.length;
      }
    }
    expect(compared).toBeGreaterThan(500);
  });

  test("is read with what orders it, though that is a variable and the document the same", async () => {
    const database = await (await fresh()).open();
    await fillTables(database, 10);
    const document = parse(
      "query ($by: MachineOrderBy) { machines(first: 2, orderBy: $by) { pageInfo { endCursor } } }",
    );
    for (const by of ["HOSTNAME_ASC", "SERIAL_NUMBER_DESC", "STATE_ASC"]) {
      const values = { schema, document, variableValues: { by } };
      const { data, errors } = await execute({ ...values, contextValue: asking(database) });
      expect(errors).toBeUndefined();
      const [cursor] = valuesOf(data, "endCursor");
      expect(Buffer.from(String(cursor), "base64url").toString()).toContain(`"${by}",`);
    }
  });

  test("is all that is read, with its key and what orders it", async () => {
    const database = await (await fresh()).open();
    await fillTables(database, 10);
    const document = parse(
      `{ machines(first: 2, orderBy: SERIAL_NUMBER_ASC) { edges { node { ...Named shelf { unit rack { name } } } } } }
       fragment Named on Machine { hostname }`,
    );
    const read = await statementsOf(database.dataSource, async () => {
      await execute({ schema, document, contextValue: asking(database) });
    });
    expect(read.map((statement) => [...statement.matchAll(/answer\."(\w+)"/g)].map(([, column]) => column))).toEqual([
      ["id", "serial_number", "hostname"],
      ["id", "rack_id", "unit_half_u", "machine_id"],
      ["id", "name"],
    ]);
  });
});

/** Everything that an answer has under this name, wherever. */
function valuesOf(value: unknown, name: string): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) =>
    key === name ? [inner] : valuesOf(inner, name),
  );
}
