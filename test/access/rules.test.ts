import Fastify from "fastify";
import { buildASTSchema, extendSchema, parse } from "graphql";
import { expect, test } from "vitest";
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

test("a rule for what the API has not is found", () => {
  expect(() => rulesOf(buildASTSchema(parse("type Query { me: Int }")))).toThrow("has a rule for Query.bootMenu, ");
});

test("a route without a rule cannot be added", () => {
  const fastify = Fastify();
  guard(fastify, {} as App);
  expect(() => fastify.get("/open", () => "")).toThrow("GET /open has no rule; give it config: { rule }");
  fastify.get("/closed", { config: { rule: ["VIEWER"] } }, () => "");
});
