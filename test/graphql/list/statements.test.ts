import {
  execute,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  isRequiredArgument,
  parse,
  type GraphQLObjectType,
} from "graphql";
import { expect, test } from "vitest";
import { buildSchema } from "../../../src/graphql/schema.js";
import { onBothDatabases } from "../../support/databases.js";
import { statementsOf } from "../../support/statements.js";
import { asking, fillTables } from "./fleet.js";

const ROWS = 120;
const schema = buildSchema();

/** A field that leads to things with an id, by the way that leads there; `$first` is the size of the outermost list. */
interface Way {
  readonly name: string;
  readonly isList: boolean;
  readonly fields: number;
  readonly document: (selection: string) => string;
}

/** Every field of every type that leads to things, found from the API's root lists on. */
function ways(): Way[] {
  const found: Way[] = [];
  const known = new Set<GraphQLObjectType>();
  const follow = (type: GraphQLObjectType, outer: (selection: string) => string, fields: number): void => {
    const isRoot = type === schema.getQueryType();
    for (const field of Object.values(type.getFields())) {
      if (field.args.some(isRequiredArgument)) continue;
      const answer = getNamedType(field.type);
      if (!isObjectType(answer)) continue;
      const nodes = answer.getFields().nodes;
      if (isRoot && nodes === undefined) continue;
      const thing = nodes ? getNamedType(nodes.type) : answer;
      if (!isObjectType(thing) || !thing.getInterfaces().some(({ name }) => name === "Node")) continue;
      const args = isRoot ? "(first: $first)" : nodes ? "(first: 3)" : "";
      const inner = (selection: string) =>
        outer(`${field.name}${args} { ${nodes ? `nodes { ${selection} } pageInfo { hasNextPage }` : selection} }`);
      const isList = nodes !== undefined || isListType(getNullableType(field.type));
      found.push({ name: `${type.name}.${field.name}`, isList, fields: fields + 1, document: inner });
      if (!known.has(thing)) {
        known.add(thing);
        follow(thing, inner, fields + 1);
      }
    }
  };
  follow(schema.getQueryType() as GraphQLObjectType, (selection) => `query ($first: Int!) { ${selection} }`, 0);
  return found;
}

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
