import { getIntrospectionQuery } from "graphql";
import { expect, test } from "vitest";
import { ABUSIVE } from "./abusive-documents.js";
import { onBothServers } from "./test-server.js";

onBothServers("a document that costs its sender nothing", (server) => {
  test.each(Object.entries(ABUSIVE))("%s is refused at once, and nothing is suggested", async (_name, query) => {
    const { status, errors = [], text } = await send(query);
    expect([status, errors.length > 0]).toEqual([400, true]);
    expect(text).not.toMatch(/did you mean|Maximum call stack|node_modules|\.js/i);
    for (const { extensions } of errors) {
      expect(extensions.code).toBeOneOf(["LIMIT_EXCEEDED", "GRAPHQL_VALIDATION_FAILED"]);
      expect(extensions.requestId).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  test("does not keep a large answer from whoever asks as people do", async () => {
    const { status, errors } = await send(getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }));
    expect([status, errors], server().log.join("\n")).toEqual([200, undefined]);
  });

  test("is not in the variables either", async () => {
    const query = 'mutation ($p: JSONObject) { updateProfile(profile: "x", parameters: $p) { userErrors { code } } }';
    const deep = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
    const { status, errors } = await post(`{"query":${JSON.stringify(query)},"variables":{"p":${deep}}}`);
    expect([status, errors?.[0]?.extensions]).toMatchObject([400, { code: "LIMIT_EXCEEDED", limit: "nesting" }]);
    const many = JSON.stringify(Array.from({ length: 1_001 }, () => "a"));
    const list = "mutation ($m: [String!]!) { approveMachines(machines: $m) { userErrors { code } } }";
    const long = await post(`{"query":${JSON.stringify(list)},"variables":{"m":${many}}}`);
    expect([long.status, long.errors?.[0]?.extensions]).toMatchObject([
      400,
      { code: "LIMIT_EXCEEDED", limit: "inputList", allowed: 1_000, requested: 1_001 },
    ]);
  });

  interface Answer {
    readonly status: number;
    readonly text: string;
    readonly errors?: ReadonlyArray<{ message: string; extensions: Record<string, unknown> }>;
  }

  async function post(body: string): Promise<Answer> {
    const asked = { method: "POST", headers: { "Content-Type": "application/json" }, body };
    const { status, body: text } = await server().control("/graphql", asked, server().tokens.ADMINISTRATOR);
    return { status, text, ...(JSON.parse(text) as object) };
  }

  function send(query: string): Promise<Answer> {
    return post(JSON.stringify({ query }));
  }
});
