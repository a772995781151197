import { getIntrospectionQuery } from "graphql";
import { expect, test } from "vitest";
import { onBothServers } from "./test-server.js";

const repeat = (count: number, make: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join(" ");

/** Documents that cost their sender nothing. Facts of them: the default stack runs the second for 1.7 s and overflows on the third. */
const ABUSIVE: Readonly<Record<string, string>> = {
  "3,000 levels": `${"{ a ".repeat(3_000)}${"}".repeat(3_000)}`,
  "3,000 aliases": `{ ${repeat(3_000, (i) => `a${i}: me { name }`)} }`,
  "20,000 brackets": `{ me(a: ${"[".repeat(20_000)}`,
  "900 brackets, within the tokens": `{ me(a: ${"[".repeat(900)}${"]".repeat(900)}) { name } }`,
  "fragments in a circle": "{ me { ...a } } fragment a on Me { ...b } fragment b on Me { name ...a }",
  "5,000 directives": `{ me ${"@skip(if: false) ".repeat(5_000)} { name } }`,
  "600 directives, within the tokens": `{ me ${"@x ".repeat(600)} { name } }`,
  "10,000 times the same field": `{ ${"me { name } ".repeat(10_000)} }`,
  "the schema in circles": `{ __schema { types { ${"fields { type { ".repeat(20)} name ${"} }".repeat(20)} } } }`,
  "the schema 100 times": `{ ${repeat(100, (i) => `a${i}: __schema { types { fields { name } } }`)} }`,
  "fragments that double": `{ me { ...f0 } } ${repeat(60, (i) => `fragment f${i} on Me { ...f${i + 1} ...f${i + 1} }`)} fragment f60 on Me { name }`,
  "a list of 100,000": `mutation { approveMachines(machines: [${'"a" '.repeat(100_000)}]) { userErrors { code } } }`,
  "a list of 1,001": `mutation { approveMachines(machines: [${'"a" '.repeat(1_001)}]) { userErrors { code } } }`,
  "400 fields that are not there": `{ ${repeat(400, (i) => `machinez${i}`)} }`,
  "full pages within full pages": `{ ${repeat(30, (i) => `a${i}: racks(first: 200) { nodes { shelves { occupant { ethernetInterfaces { macAddress } } } } }`)} }`,
};

onBothServers("a document that costs its sender nothing", (server) => {
  test.each(Object.entries(ABUSIVE))("%s is refused at once, and nothing is suggested", async (name, query) => {
    const begun = performance.now();
    const { status, errors = [], text } = await send(query);
    const took = performance.now() - begun;
    expect([status, errors.length > 0]).toEqual([400, true]);
    expect(text).not.toMatch(/did you mean|Maximum call stack|node_modules|\.js/i);
    for (const { extensions } of errors) {
      expect(extensions.code).toBeOneOf(["LIMIT_EXCEEDED", "GRAPHQL_VALIDATION_FAILED"]);
      expect(extensions.requestId).toMatch(/^[0-9a-f-]{36}$/);
    }
    console.log(`${name}: ${took.toFixed(1)} ms`);
    expect(took).toBeLessThan(1_000);
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
