import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readConfig } from "../../src/config.js";
import { ERROR_STATUS, type ErrorCode } from "../../src/errors.js";
import { LIMITS } from "../../src/graphql/limits.js";
import { packageRoot } from "../../src/package-root.js";
import { onBothServers, type Asked } from "./test-server.js";

const page = readFileSync(join(packageRoot, "docs/api.md"), "utf8");

/** The first two cells of each row of the table under a heading of docs/api.md. */
function table(heading: string): Array<readonly [string, string]> {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  return [...section.matchAll(/^\| `(\w+)` \| ([^|]*) \|/gm)].map(([, name = "", value = ""]) => [name, value]);
}

describe("docs/api.md", () => {
  test("has every code with its status, and no other", () => {
    expect(table("Codes")).toEqual(Object.entries(ERROR_STATUS).map(([code, status]) => [code, String(status)]));
  });

  test("has the limits as they are", () => {
    const limits = { ...LIMITS, seconds: readConfig({}).querySeconds };
    for (const [name, allowed] of table("Limits")) {
      expect([name, allowed.replaceAll(",", "")]).toEqual([name, String(limits[name as keyof typeof limits])]);
    }
    expect(table("Limits").length).toBeGreaterThan(8);
  });
});

const REQUEST_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

onBothServers("a fault has its code, its status and the id of its request:", (server) => {
  const json = { "Content-Type": "application/json" };
  const post = (body: object | string, headers: Record<string, string> = json): Asked => ({
    method: "POST",
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const query = "{ me { name } }";

  test.each<[ErrorCode, number, string, Asked]>([
    ["GRAPHQL_PARSE_FAILED", 400, "a syntax error", post({ query: "{ me {" })],
    ["GRAPHQL_VALIDATION_FAILED", 400, "a field that is not there", post({ query: "{ mee { name } }" })],
    [
      "OPERATION_RESOLUTION_FAILURE",
      400,
      "two operations",
      post({ query: "query a { me { name } } query b { me { name } }" }),
    ],
    [
      "PERSISTED_QUERY_NOT_SUPPORTED",
      200,
      "a hash",
      post({ extensions: { persistedQuery: { version: 1, sha256Hash: "a" } } }),
    ],
    [
      "BAD_USER_INPUT",
      400,
      "a variable of another type",
      post({ query: "query ($n: Int) { machines(first: $n) { nodes { id } } }", variables: { n: "x" } }),
    ],
    [
      "BAD_USER_INPUT",
      400,
      "no value for an argument",
      post({ query: 'query ($n: String! = "") { rack(name: $n) { id } }', variables: { n: null } }),
    ],
    ["FORBIDDEN", 403, "an administrator's field", post({ query: "{ tokens { nodes { name } } }" })],
    ["LIMIT_EXCEEDED", 400, "too large a page", post({ query: "{ machines(first: 1000) { nodes { id } } }" })],
    ["LIMIT_EXCEEDED", 413, "a body of 2 MB", post({ query: "#".repeat(2_000_000) })],
    ["BAD_REQUEST", 400, "no JSON", post("{")],
    ["BAD_REQUEST", 400, "an empty body", post("")],
    ["BAD_REQUEST", 400, "no query", post({})],
    ["BAD_REQUEST", 400, "a list of operations", post([{ query }])],
    ["BAD_REQUEST", 400, "a list that is none", post([])],
    ["BAD_REQUEST", 400, "a number", post("7")],
    ["BAD_REQUEST", 400, "null", post("null")],
    ["BAD_REQUEST", 400, "a query that is no text", post({ query: 7 })],
    ["BAD_REQUEST", 400, "variables that are a text", post({ query, variables: "{}" })],
    ["BAD_REQUEST", 400, "a prototype", post(`{"query":"${query}","__proto__":{"a":1}}`)],
    [
      "BAD_REQUEST",
      400,
      "compressed JSON, unpacked by nobody",
      post("\u001f\u008b\b", { ...json, "Content-Encoding": "gzip" }),
    ],
    ["BAD_REQUEST", 405, "GET", {}],
    ["BAD_REQUEST", 405, "PUT", { ...post({ query }), method: "PUT" }],
    ["BAD_REQUEST", 406, "an answer in XML", post({ query }, { ...json, Accept: "application/xml" })],
    ["BAD_REQUEST", 415, "text", post({ query }, { "Content-Type": "text/plain" })],
    ["BAD_REQUEST", 415, "a form", post("query=%7Bme%7D", { "Content-Type": "application/x-www-form-urlencoded" })],
    ["BAD_REQUEST", 415, "no media type at all", post({ query }, {})],
    ["BAD_REQUEST", 415, "a media type that is none", post({ query }, { "Content-Type": "json" })],
    ["BAD_REQUEST", 415, "UTF-16", post({ query }, { "Content-Type": "application/json; charset=utf-16le" })],
    ["BAD_REQUEST", 415, "an exotic charset", post({ query }, { "Content-Type": 'application/json;charset="ibm037"' })],
  ])("%s, %i, for %s", async (code, status, _, asked) => {
    const { status: answered, headers, body } = await server().control("/graphql", asked);
    const { errors, data } = JSON.parse(body) as { errors: object[]; data?: unknown };
    const requestId = headers["x-request-id"];
    expect(requestId).toMatch(REQUEST_ID);
    expect([answered, data, errors[0]]).toMatchObject([status, undefined, { extensions: { code, requestId } }]);
    expect(headers["content-type"]).toMatch(/^application\/(graphql-response\+)?json/);
    expect(body).not.toMatch(/<html|node_modules|\.js|did you mean/i);
  });

  test("UNAUTHENTICATED, 401, as JSON and as text", async () => {
    const { status, headers, body } = await server().control("/graphql", post({ query }), "");
    expect([status, JSON.parse(body)]).toMatchObject([
      401,
      { errors: [{ extensions: { code: "UNAUTHENTICATED", requestId: headers["x-request-id"] } }] },
    ]);
    const text = await server().control("/hostsfile", {}, "");
    expect([text.status, text.body]).toEqual([
      401,
      expect.stringContaining(`(request ${String(text.headers["x-request-id"])})\n`),
    ]);
  });

  test("NOT_FOUND and CONFLICT, in userErrors and on plain paths", async () => {
    const codes = async (mutation: string) => {
      const { userErrors } = await server().ask<{ userErrors: Array<{ code: string }> }>(
        `mutation { ${mutation} { userErrors { code } } }`,
      );
      return userErrors.map(({ code }) => code);
    };
    expect(await codes('createRack(name: "C1")')).toEqual([]);
    expect(await codes('createRack(name: "C1")')).toEqual(["CONFLICT"]);
    expect(await codes('deleteRack(rack: "none")')).toEqual(["NOT_FOUND"]);
    for (const path of ["/racks/none.svg", "/nothing"]) {
      const { status, headers, body } = await server().control(path);
      expect([status, body]).toEqual([404, expect.stringContaining(`(request ${String(headers["x-request-id"])})\n`)]);
    }
  });
});
