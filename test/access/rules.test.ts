import Fastify from "fastify";
import { buildASTSchema, extendSchema, getOperationAST, parse, type OperationDefinitionNode } from "graphql";
import { expect, test } from "vitest";
import type { Actor } from "../../src/access/api-token.store.js";
import { refuseForbidden } from "../../src/access/refuse.js";
import { RULES } from "../../src/access/rules.js";
import { rulesOf } from "../../src/access/rules-of.js";
import { buildSchema } from "../../src/graphql/schema.js";
import { guard } from "../../src/http/guard.js";
import type { App } from "../../src/context.js";

const schema = buildSchema();
const extended = (text: string) => extendSchema(schema, parse(text));

test.each([
  ["extend type Query { wipe: Int }", "Query.wipe"],
  ["extend type Mutation { wipe: Int }", "Mutation.wipe"],
  ["type Lost { a: Int b: Int } extend type Machine { lost: Lost }", "Lost.a, Lost.b"],
  ["type Lost { a: Int } type LostPage { nodes: [Lost] } extend type Machine { lost: LostPage }", "LostPage.nodes"],
  ["interface Named { name: String }", "Named.name"],
  ["union Thing = Machine | Rack", "Thing.__typename"],
])("%s: the server does not start, and is told that %s has no rule", (text, missing) => {
  expect(() => rulesOf(extended(text))).toThrow(`no rule for`);
  expect(() => rulesOf(extended(text))).toThrow(missing);
});

test("a connection and its edges take what their nodes take, a payload nothing more than its mutation", () => {
  const rules = rulesOf(
    extended(`
      type LentRackEdge { cursor: String node: Rack }
      type LentRackConnection { edges: [LentRackEdge] nodes: [Rack] pageInfo: PageInfo totalCount: Int }
      extend type Machine { lentRacks: LentRackConnection }
    `),
  );
  for (const field of ["edges", "nodes", "pageInfo", "totalCount", "__typename"]) {
    expect(rules.get(`LentRackConnection.${field}`), field).toEqual(["VIEWER", "RACKS"]);
  }
  expect(rules.get("LentRackEdge.cursor")).toEqual(["VIEWER", "RACKS"]);
  expect(rules.get("ApiTokenEdge.cursor")).toEqual(["ADMINISTRATOR", "ACCESS"]);
  expect(rules.get("TokenPayload.secret")).toEqual(["VIEWER"]);
  expect(rules.get("Profile.name")).toEqual(["VIEWER", "INSTALLATIONS"]);
  expect(rules.get("Profile.parameters")).toEqual(["PROVISIONER", "SECRETS"]);
});

const withIds = extended(`
  interface Thing { id: ID! }
  extend type ApiToken implements Thing
  extend type Machine implements Thing
  extend type Rack implements Thing
  extend type Query { thing(id: ID!): Thing things(ids: [ID!]!): [Thing] }
`);
rulesOf(withIds, { ...RULES, "Query.thing": ["VIEWER"], "Query.things": ["VIEWER"], Thing: ["VIEWER"] });

test.each([
  ['{ thing(id: "Rack:1") { id } }', {}, undefined],
  ['{ thing(id: "Machine:1") { id } }', {}, "thing takes the scope MACHINES; this token has RACKS"],
  ["query ($id: ID!) { thing(id: $id) { __typename } }", { id: "Machine:1" }, "thing takes the scope MACHINES"],
  ['query ($id: ID = "Machine:1") { thing(id: $id) { id } }', {}, "thing takes the scope MACHINES"],
  [
    '{ things(ids: ["Rack:1", "ApiToken:1"]) { id } }',
    {},
    "things takes the role ADMINISTRATOR; this token has OPERATOR",
  ],
  [
    "query ($ids: [ID!]!) { things(ids: $ids) { id } }",
    { ids: ["Rack:1", "Machine:2"] },
    "things takes the scope MACHINES",
  ],
  ["query ($ids: [ID!]!) { things(ids: $ids) { id } }", { ids: "Machine:2" }, "things takes the scope MACHINES"],
  ['{ ...All } fragment All on Query { t: thing(id: "Machine:1") { id } }', {}, "thing takes the scope MACHINES"],
  ['{ thing(id: "Rack:1") { ... on Machine { hostname } } }', {}, "hostname takes the scope MACHINES"],
  ['{ thing(id: "Nothing:1") { id } }', {}, undefined],
  ["query ($id: ID!) { thing(id: $id) { id } }", {}, undefined],
])("an id says its kind, whose rule is asked for: %s %j", (text, variables, refused) => {
  const document = parse(text);
  const operation = getOperationAST(document) as OperationDefinitionNode;
  const actor: Actor = { tokenId: 1, name: "racks", role: "OPERATOR", scopes: ["RACKS"], expiresAt: null };
  const look = () => refuseForbidden(withIds, { document, operation, variables }, actor);
  if (refused === undefined) expect(look).not.toThrow();
  else expect(look).toThrow(refused);
});

test("a rule for what the API has not is found", () => {
  expect(() => rulesOf(buildASTSchema(parse("type Query { me: Int }")))).toThrow("has a rule for Query.bootMenu, ");
});

test("a route without a rule cannot be added", () => {
  const fastify = Fastify();
  guard(fastify, {} as App);
  expect(() => fastify.get("/open", () => "")).toThrow("GET /open has no rule; give it config: { rule }");
  fastify.get("/closed", { config: { rule: ["VIEWER"] } }, () => "");
});
