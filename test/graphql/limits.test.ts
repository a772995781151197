import { buildSchema as schemaOf, isObjectType, parse } from "graphql";
import { describe, expect, test } from "vitest";
import { LimitExceeded } from "../../src/errors.js";
import { LIMITS } from "../../src/graphql/limits.js";
import { countNodes } from "../../src/graphql/nodes.js";
import { buildSchema } from "../../src/graphql/schema.js";
import { onBothServers } from "./test-server.js";

describe("the nodes of an answer", () => {
  const schema = schemaOf(`
    type Query {
      lists(first: Int, last: Int): ListConnection
      one: Item
      nodes(ids: [ID!]!): [Item]
      plain: [Item!]!
    }
    type Mutation { approve(items: [String!]!): ApprovePayload! }
    type ApprovePayload { items: [Item!] userErrors: [Problem!]! }
    type Problem { code: String }
    type PageInfo { endCursor: String }
    type ListConnection { nodes: [Item!]! edges: [ItemEdge!]! pageInfo: PageInfo! }
    type ItemEdge { node: Item! cursor: String }
    type Item { name: String parts(first: Int): ListConnection next: Item plain: [Item!]! }
  `);
  const nodes = (query: string, variables = {}) => countNodes(schema, { document: parse(query), variables });

  test.each([
    ["a page", "{ lists(first: 100) { nodes { name } } }", 100],
    ["pages in a page", "{ lists(first: 100) { nodes { parts(first: 50) { nodes { name } } } } }", 100 + 100 * 50],
    ["edges as nodes", "{ lists(first: 100) { edges { node { name } } } }", 100],
    ["the last ones", "{ lists(last: 7) { nodes { name } } }", 7],
    ["a page of no stated size", "{ lists { nodes { name } } }", LIMITS.defaultPageSize],
    ["a page of which only the end is asked for", "{ lists(first: 9) { pageInfo { endCursor } } }", 9],
    ["an object in each", "{ lists(first: 10) { nodes { next { next { name } } } } }", 30],
    ["a list without pages", "{ plain { name } }", LIMITS.listEstimate],
    ["lists in a list", "{ plain { plain { name } } }", LIMITS.listEstimate * (1 + LIMITS.listEstimate)],
    ["as many as were named", '{ nodes(ids: ["a", "b", "c"]) { next { name } } }', 6],
    ["what a mutation changes", 'mutation { approve(items: ["a", "b", "c"]) { items { next { name } } } }', 3 + 3 * 2],
    ["two fields", "{ a: lists(first: 5) { nodes { name } } b: lists(first: 6) { nodes { name } } }", 11],
    ["a fragment", "{ ...q } fragment q on Query { lists(first: 5) { nodes { name } } }", 5],
    ["what is left out", "{ lists(first: 5) @skip(if: true) { nodes { name } } one { name } }", 1],
    ["the schema", "{ __schema { types { fields { name } } } }", 0],
  ])("of %s", (_, query, expected) => {
    expect(nodes(query)).toBe(expected);
  });

  test("come from variables too", () => {
    const query = "query ($n: Int = 20) { lists(first: $n) { nodes { name } } }";
    expect([nodes(query), nodes(query, { n: 30 })]).toEqual([20, 30]);
  });

  test("are too many just above the limit", () => {
    const query = (inner: number) => `{ lists(first: 125) { nodes { parts(first: ${inner}) { nodes { name } } } } }`;
    expect(nodes(query(199))).toBe(LIMITS.nodes);
    expect(() => nodes(query(200))).toThrow(LimitExceeded);
  });

  test("cannot be hidden behind an argument that has no value", () => {
    const query =
      "query ($n: [ID!]! = null) { lists(first: 200) { nodes { parts(first: 200) { nodes { name } } } } nodes(ids: $n) { name } }";
    expect(() => nodes(query, {})).toThrow();
  });
});

test("what is dear to make counts for more than an object", () => {
  const nodes = (query: string) => countNodes(buildSchema(), { document: parse(query) });
  expect(nodes("{ racks(first: 200) { nodes { diagram } } }")).toBe(200 * (1 + 100));
  expect(() => nodes(`{ ${Array.from({ length: 6 }, (_, i) => `a${i}: hostsfile`).join(" ")} }`)).toThrow(
    LimitExceeded,
  );
});

test("the lists of the API have the names that the count relies on", () => {
  const types = Object.values(buildSchema().getTypeMap());
  const withPages = types.filter((type) => isObjectType(type) && "pageInfo" in type.getFields());
  expect(withPages.length).toBeGreaterThan(5);
  expect(withPages.filter(({ name }) => !name.endsWith("Connection"))).toEqual([]);
});

onBothServers("a request beyond a limit", (server) => {
  const repeat = (count: number, text: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => text(i)).join(" ");

  test.each<[keyof typeof LIMITS, string, object, number | undefined]>([
    ["tokens", `{ ${repeat(1_000, () => "me { name }")} }`, {}, undefined],
    ["nesting", `{ me(a: ${"[".repeat(64)}`, {}, undefined],
    ["depth", `{ machine { ${"installation { machine { ".repeat(10)} id ${"} }".repeat(10)} } }`, {}, 22],
    ["aliases", `{ ${repeat(31, (i) => `a${i}: me { name }`)} }`, {}, 31],
    [
      "selections",
      `{ ${repeat(3, () => "...a")} } fragment a on Query { ${repeat(200, () => "me { name }")} }`,
      {},
      1_203,
    ],
    ["pageSize", "{ machines(first: 201) { nodes { id } } }", {}, 201],
    [
      "inputList",
      "mutation ($m: [String!]!) { lockMachines(machines: $m) { userErrors { code } } }",
      { m: Array(1_001).fill("a") },
      1_001,
    ],
  ])(
    "of %s is refused, and says which, how much is allowed and how much it was",
    async (limit, query, variables, requested) => {
      const { status, data, errors } = await server().graphql(query, variables);
      const [{ message, extensions } = { message: "", extensions: {} }] = errors ?? [];
      expect([status, data]).toEqual([400, undefined]);
      expect(extensions).toEqual({
        code: "LIMIT_EXCEEDED",
        limit,
        allowed: LIMITS[limit],
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
        ...(requested === undefined ? {} : { requested }),
      });
      expect(message).toMatch(/; .*(ask|give|split|walk)/);
    },
  );

  test("of nodes does not run", async () => {
    const inner =
      "shelves { occupant { ethernetInterfaces { macAddress } sightings(first: 10) { nodes { source } } } }";
    const { status, errors } = await server().graphql(`{ racks(first: 200) { nodes { ${inner} } } }`);
    expect([status, errors?.[0]?.extensions]).toMatchObject([
      400,
      { code: "LIMIT_EXCEEDED", limit: "nodes", allowed: 25_000 },
    ]);
    expect((await server().graphql(`{ racks(first: 20) { nodes { ${inner} } } }`)).errors).toBeUndefined();
  });

  test("could have been seen before: the limits can be asked for, and every answer says what it cost", async () => {
    const limits = { ...LIMITS, seconds: 10 };
    const fields = Object.keys(limits);
    const { body } = await server().control("/graphql", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ query: `{ limits { ${fields.join(" ")} } machines(first: 3) { nodes { id } } }` }),
    });
    expect(JSON.parse(body)).toEqual({
      data: { limits, machines: { nodes: [] } },
      extensions: { cost: { nodes: 4 } },
    });
  });
});
