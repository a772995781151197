import { afterEach, expect, test, vi } from "vitest";
import { onBothServers } from "./test-server.js";

onBothServers("a fault of ours", (server) => {
  afterEach(() => void vi.restoreAllMocks());

  /** The database answers nothing but the look-up of the token. */
  function breakDatabase(): void {
    const { dataSource } = server().app.database;
    const createQueryRunner = dataSource.createQueryRunner.bind(dataSource);
    vi.spyOn(dataSource, "createQueryRunner").mockImplementation((mode) => {
      const runner = createQueryRunner(mode);
      const query = runner.query.bind(runner) as (sql: string, ...rest: unknown[]) => Promise<unknown>;
      runner.query = ((sql: string, ...rest: unknown[]) => {
        if (sql.includes("api_token")) return query(sql, ...rest);
        return Promise.reject(new Error(`disk I/O error in /var/lib/secret while doing ${sql}`));
      }) as typeof runner.query;
      return runner;
    });
  }

  test("is answered with its request id and nothing else, and the log has its cause under that id", async () => {
    breakDatabase();
    for (const query of [
      "{ machines { nodes { id } } }",
      '{ rack(name: "A") { id } }',
      'mutation { createRack(name: "A") { rack { id } userErrors { message } } }',
    ]) {
      const { errors = [] } = await server().graphql(query);
      expect(errors).toHaveLength(1);
      const [{ message, extensions } = { message: "", extensions: { code: "" } }] = errors;
      expect([message, extensions.code]).toEqual(["internal error", "INTERNAL_SERVER_ERROR"]);
      expect(Object.keys(extensions).sort()).toEqual(["code", "requestId"]);
      expect(JSON.stringify(errors)).not.toMatch(/disk|secret|SELECT|INSERT|\.ts|\.js/i);
      const line = server().log.find((each) => each.includes(String(extensions.requestId)));
      expect(line).toContain("disk I/O error");
    }
  });

  test("on a plain path is a 500 with a request id that the log has too", async () => {
    breakDatabase();
    const { status, body } = await server().control("/racks/A.svg");
    expect([status, body]).toEqual([500, expect.stringMatching(/^internal error \(request [0-9a-f-]{36}\)\n$/)]);
    const id = /[0-9a-f-]{36}/.exec(body)?.[0] ?? "";
    expect(server().log.find((line) => line.includes(id))).toContain("disk I/O error");
  });
});

onBothServers("a request that nobody can answer", (server) => {
  const post = (body: string, type = "application/json") =>
    server().control("/graphql", { method: "POST", headers: { "Content-Type": type }, body });

  test.each([
    ["no JSON", "{", 400],
    ["no query", "{}", 400],
    ["an empty body", "", 400],
    ["a syntax error", JSON.stringify({ query: "{ machines(" }), 400],
    ["a field that is not there", JSON.stringify({ query: "{ machinez { id } }" }), 400],
    [
      "a variable of another type",
      JSON.stringify({
        query: "query ($n: Int) { machines(first: $n) { pageInfo { endCursor } } }",
        variables: { n: "x" },
      }),
      400,
    ],
    ["3,000 levels", JSON.stringify({ query: "{ a ".repeat(3_000) + "}".repeat(3_000) }), 400],
    [
      "5,000 aliases",
      JSON.stringify({ query: `{ ${Array.from({ length: 5_000 }, (_, i) => `a${i}: me { name }`).join(" ")} }` }),
      400,
    ],
    ["a body of 2 MB", JSON.stringify({ query: "#".repeat(2_000_000) }), 413],
  ])("with %s is its sender's fault", async (_, body, status) => {
    const answer = await post(body);
    expect([answer.status, answer.body]).toEqual([
      status,
      expect.not.stringMatching(/node_modules|at .*\.js|<html|Did you mean/),
    ]);
  });

  test("as a form or as text, which a browser sends without asking, is refused", async () => {
    const query = 'mutation { createRack(name: "CSRF") { rack { id } } }';
    for (const [body, type] of [
      [JSON.stringify({ query }), "text/plain"],
      [`query=${encodeURIComponent(query)}`, "application/x-www-form-urlencoded"],
    ] as const) {
      expect((await post(body, type)).status).toBe(415);
    }
    expect((await server().control(`/graphql?query=${encodeURIComponent(query)}`)).status).toBe(405);
    expect(await server().ask('{ rack(name: "CSRF") { id } }')).toBeNull();
  });

  test("for a page that is none says what a page is", async () => {
    for (const [args, words] of [
      ["first: 0", "ask for 1 to 200"],
      ['after: "x"', "is no cursor of this list"],
      [`after: "${Buffer.from("id:9999999999").toString("base64url")}"`, "is no cursor of this list"],
    ] as const) {
      const { errors = [] } = await server().graphql(`{ machines(${args}) { pageInfo { endCursor } } }`);
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(["BAD_USER_INPUT"]);
      expect(errors[0]?.message).toContain(words);
    }
  });

  // PostgreSQL refuses such a text, SQLite looks and finds nothing.
  test("with a NUL in any text is its sender's fault", async () => {
    for (const query of [
      '{ rack(name: "\\u0000") { id } }',
      '{ machine(serialNumber: "\\u0000") { id } }',
      'mutation { approveMachines(machines: ["\\u0000"]) { userErrors { code } } }',
      'mutation { createToken(name: "a\\u0000", role: VIEWER) { userErrors { code } } }',
      'mutation { createProfile(name: "nul", kernel: "/images/linux", template: "debian.preseed", arguments: "\\u0000") { userErrors { code } } }',
    ]) {
      const { errors = [] } = await server().graphql(query);
      expect([query, ...errors.map(({ extensions }) => extensions.code)]).not.toContain("INTERNAL_SERVER_ERROR");
    }
  });

  test("below the role of a field gets everything else: a viewer sees profiles without their parameters", async () => {
    const query = "{ profiles(first: 1) { nodes { name parameters } } }";
    const { errors, data } = await server().graphql(query, {}, server().tokens.VIEWER);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["FORBIDDEN"]);
    expect(data).toBeUndefined();
    expect((await server().graphql(query, {}, server().tokens.PROVISIONER)).errors).toBeUndefined();
    expect(
      (await server().graphql(query.replace("parameters", ""), {}, server().tokens.VIEWER)).errors,
    ).toBeUndefined();
  });
});
