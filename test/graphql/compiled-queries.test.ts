import { execute, getOperationAST, parse, validate, type ExecutionResult } from "graphql";
import { expect, test } from "vitest";
import { CompiledQueries } from "../../src/graphql/compiled-queries.js";
import { buildSchema } from "../../src/graphql/schema.js";
import { onBothServers, type TestServer } from "./test-server.js";

const MACHINE =
  "fragment Seen on Machine { firstSeenAt state locked ports: ethernetInterfaces { macAddress disputed } }";

/** What the daily work is made of: enums, scalars, moments, aliases, fragments, variables, null, floats, pages. */
const QUERIES: ReadonlyArray<[query: string, variables?: Record<string, unknown>]> = [
  [
    "{ machines(first: 3) { nodes { id serialNumber hostname ...Seen } pageInfo { endCursor hasNextPage } } } " +
      MACHINE,
  ],
  [
    "query ($n: Int!) { machines(first: $n) { nodes { __typename id shelf { unit face rack { name heightU } } } } }",
    { n: 2 },
  ],
  [
    "query ($mac: MacAddress) { machine(macAddress: $mac) { id ... on Machine { serialNumber } } }",
    { mac: "00-26-2D-00-00-01" },
  ],
  ["query ($n: Int = 1) { a: machines(first: $n) { nodes { id } } b: machines(first: 2) { nodes { state } } }"],
  ["{ racks { nodes { name numbering usedU freeU shelves { unit heightU occupant { hostname } } } } }"],
  ['{ machine(hostname: "nobody") { id } me { role name } }'],
  ["query Two { me { role } } query One { me { name } }"],
  ["query ($with: Boolean!) { machines(first: 1) { nodes { id hostname @include(if: $with) } } }", { with: false }],
  ['{ __typename __type(name: "Machine") { fields { name type { kind ofType { name } } } } }'],
];

const FAULTY: typeof QUERIES = [
  ["query ($n: Int!) { machines(first: $n) { nodes { id } } }", { n: "many" }],
  ["query ($n: Int!) { machines(first: $n) { nodes { id } } }"],
  ["query ($mac: MacAddress) { machine(macAddress: $mac) { id } }", { mac: "no such port" }],
  ["{ machines(first: 100000) { nodes { id } } me { name } }"],
  ["{ machine { id } me { name } }"],
];

onBothServers("a compiled query", (server) => {
  test("answers what graphql-js answers, the first time and later", async () => {
    await someMachines(server());
    for (const each of QUERIES) await expectSame(server(), each, (answer) => expect(answer.errors).toBeUndefined());
  });

  test("has the faults that graphql-js has", async () => {
    for (const each of FAULTY) await expectSame(server(), each, (answer) => expect(answer.errors).toHaveLength(1));
  });

  test("is asked with the context of its own request", async () => {
    const names = [];
    for (let i = 0; i < 4; i++) {
      for (const role of ["VIEWER", "OPERATOR"] as const) {
        names.push(await server().ask("{ me { name } }", {}, server().tokens[role]));
      }
    }
    expect(new Set(names.map((name) => JSON.stringify(name))).size).toBe(2);
    expect(names[6]).toEqual({ name: "a test's viewer" });
  });
});

async function someMachines(server: TestServer): Promise<void> {
  const [first, second] = await server.register(3);
  await server.change("approveMachines", [first?.serial ?? ""]);
  await server.ask('mutation { createRack(name: "A1") { userErrors { message } } }');
  const place = `mutation ($machine: String!, $unit: Float!) {
    placeMachine(machine: $machine, rack: "A1", unit: $unit, heightU: 1.5) { userErrors { message } } }`;
  await server.ask(place, { machine: first?.serial, unit: 1 });
  await server.ask(place, { machine: second?.serial, unit: 3.5 });
}

/** Both from the same schema and database, byte for byte: the order of the fields too. */
async function expectSame(
  { app }: TestServer,
  [query, variables]: (typeof QUERIES)[number],
  also: (answer: ExecutionResult) => void,
): Promise<void> {
  const schema = buildSchema();
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const queries = new CompiledQueries(schema);
  const operationName = query.includes("query One") ? "One" : null;
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error(`no operation in ${query}`);
  const actor = { tokenId: 1, name: "test", role: "ADMINISTRATOR", scopes: [], expiresAt: null } as const;
  const context = () => ({ app, actor, requestId: "test", loaders: new Map<string, unknown>() });
  const expected = await execute({
    schema,
    document,
    operationName,
    variableValues: variables ?? null,
    contextValue: context(),
  });
  also(expected);
  for (let use = 1; use <= 5; use++) {
    const answer = await queries.execute({ document, operation, operationName, variables, context: context() });
    expect(JSON.stringify(answer), `${query}, use ${use}`).toBe(JSON.stringify(expected));
  }
}
