import { execute, parse } from "graphql";
import { expect, test } from "vitest";
import { buildSchema } from "../../../src/graphql/schema.js";
import { onBothDatabases } from "../../support/databases.js";
import { statementsOf } from "../../support/statements.js";
import { asking, fillTables } from "./fleet.js";

const schema = buildSchema();
const KINDS = schema.getImplementations(schema.getType("Node") as never).objects.map(({ name }) => name);

onBothDatabases("nodes", (fresh) => {
  test("are found by their ids, of whatever kind, in the order asked for and with one statement", async () => {
    const database = await (await fresh()).open();
    await fillTables(database, 9);
    const ids = [
      ...KINDS.map((kind) => `${kind}:1`),
      ...KINDS.map((kind) => `${kind}:7`),
      "Machine:10",
      "Machine:x",
      "?",
    ];
    const ask = async (asked: readonly string[]) => {
      const document = parse(
        "query ($ids: [ID!]!, $id: ID!) { nodes(ids: $ids) { __typename id } node(id: $id) { id } }",
      );
      const variableValues = { ids: asked, id: asked[0] };
      return execute({ schema, document, variableValues, contextValue: asking(database) });
    };
    const { data, errors } = await ask(ids);
    expect(errors).toBeUndefined();
    const expected = ids.map((id) => (/:[17]$/.test(id) ? { __typename: id.split(":")[0], id } : null));
    expect(data).toEqual({ nodes: expected, node: { id: ids[0] } });
    expect(await statementsOf(database.dataSource, () => ask(ids))).toHaveLength(1);
  });
});
