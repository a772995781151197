import { getNamedType, isLeafType } from "graphql";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { mintToken } from "../../src/access/api-token.store.js";
import { ROLES, type Role } from "../../src/access/role.js";
import { SCOPES, type Scope } from "../../src/access/scope.js";
import { buildSchema } from "../../src/graphql/schema.js";
import { createControlPlane } from "../../src/http/control-plane.js";
import { documentOf, pathsToAllFields, type Given } from "../access/documents.js";
import { routeRules, taken } from "../access/who-may.js";
import { BY_TEST } from "../support/databases.js";
import { statementsOf } from "../support/statements.js";
import { onBothServers, type HttpAnswer } from "./test-server.js";

// The whole matrix is in test/access/matrix.test.ts; here it is met from outside.
const schema = buildSchema();
const scopes = Object.keys(SCOPES) as Scope[];
const paths = pathsToAllFields(schema);
const operations = paths
  .filter(({ steps }) => steps.length === 1)
  .map((path) => {
    const { type = "", field } = path.steps[0] ?? {};
    return { path, name: field?.name ?? "", rule: taken(type, field?.name ?? "") };
  });

onBothServers("the roles", (server) => {
  const only = {} as Record<Scope, string>;
  const allBut = {} as Record<Scope, string>;

  beforeAll(async () => {
    const { database, secretKey, now } = server().app;
    const mint = async (held: Scope[]) => {
      const values = {
        name: held.join(" ").toLowerCase(),
        role: "ADMINISTRATOR" as const,
        scopes: held,
        expiresAt: null,
      };
      return (await database.write(BY_TEST, (transaction) => mintToken(transaction, secretKey, values, now()))).text;
    };
    for (const scope of scopes) {
      only[scope] = await mint([scope]);
      allBut[scope] = await mint(scopes.filter((each) => each !== scope));
    }
  });

  const post = (query: string, token: string): Promise<HttpAnswer> => {
    const headers = { "Content-Type": "application/json" };
    return server().control("/graphql", { method: "POST", headers, body: JSON.stringify({ query }) }, token);
  };
  const codesOf = ({ body }: HttpAnswer) =>
    (JSON.parse(body) as { errors?: Array<{ extensions: { code: string } }> }).errors?.map(
      (each) => each.extensions.code,
    );

  /** Tokens that may not, and what they are told. */
  function refusedTokens([role, scope]: ReturnType<typeof taken>): Array<{ token: string; told: string }> {
    const lower = ROLES.slice(0, ROLES.indexOf(role)).map((each: Role) => {
      return { token: server().tokens[each], told: `takes the role ${role}; this token has ${each}` };
    });
    const others = scopes.filter((each) => each !== scope);
    if (scope === undefined) return lower;
    return [
      ...lower,
      { token: allBut[scope], told: `takes the scope ${scope}; this token has ${others.join(", ")}` },
      ...others.map((other) => ({ token: only[other], told: `takes the scope ${scope}; this token has ${other}` })),
    ];
  }

  describe.each(operations)("$name", ({ path, name, rule }) => {
    const query = documentOf({ ...path, steps: path.steps.slice(0, 1) });
    const [role, scope] = rule;

    test("is forbidden below its role and without its scope, and changes nothing", async () => {
      const before = await server().dump();
      for (const { token, told } of refusedTokens(rule)) {
        const answer = await post(query, token);
        expect([answer.status, codesOf(answer)], told).toEqual([403, ["FORBIDDEN"]]);
        expect(JSON.parse(answer.body)).toMatchObject({ errors: [{ message: `${name} ${told}` }] });
      }
      expect(await server().dump()).toBe(before);
    });

    test("is not forbidden from its role on, nor with its scope alone where nothing else is read", async () => {
      const enough = ROLES.slice(ROLES.indexOf(role)).map((each) => server().tokens[each]);
      const bare = query.includes("__typename") ? [] : [only[scope ?? "DHCP"]];
      for (const token of [...enough, ...bare]) {
        const { errors = [] } = await server().graphql(query, {}, token);
        for (const { message, extensions } of errors)
          expect(extensions.code, message).not.toMatch(/FORBIDDEN|INTERNAL/);
      }
    });

    test("without a token is 401 and changes nothing", async () => {
      const before = await server().dump();
      const answer = await post(query, "");
      expect([answer.status, codesOf(answer)]).toEqual([401, ["UNAUTHENTICATED"]]);
      expect(await server().dump()).toBe(before);
    });
  });

  test("a field below an operation is refused as the operation is, before anything is read", async () => {
    for (const path of paths.filter(({ steps }) => steps.length > 1)) {
      const may = path.steps.every(({ type, field }) => taken(type, field.name)[1] === undefined);
      const answer = await post(documentOf(path), only.DHCP);
      expect([answer.status, codesOf(answer)], documentOf(path)).toEqual(may ? [200, undefined] : [403, ["FORBIDDEN"]]);
    }
  });

  test("a refusal is the same, to the statement, whether or not the thing exists", async () => {
    const [machine = { serial: "", mac: "" }] = await server().register();
    await server().ask('mutation { createRack(name: "there") { userErrors { message } } }');
    await server().profile("there");
    const present: Readonly<Record<string, string>> = {
      machine: `"${machine.serial}"`,
      machines: `["${machine.serial}"]`,
      macAddress: `"${machine.mac}"`,
      serialNumber: `"${machine.serial}"`,
      rack: '"there"',
      profile: '"there"',
      name: '"there"',
      template: '"there"',
      token: '"ApiToken:1"',
    };
    const existing: Given = ({ name, type }) => (isLeafType(getNamedType(type)) ? present[name] : undefined);
    const refusable = operations.filter(({ rule }) => refusedTokens(rule).length > 0);
    expect(refusable.length).toBeGreaterThan(30);
    for (const { path, rule } of refusable) {
      const { token = "" } = refusedTokens(rule).at(-1) ?? {};
      // What the server does by the clock counts too, so until it does nothing beside.
      await vi.waitFor(
        async () => {
          const absent = await refusalOf(documentOf(path), token);
          const there = await refusalOf(documentOf(path, existing), token);
          expect(there).toEqual(absent);
          expect(there.statements).toHaveLength(1); // whose token it is
        },
        { timeout: 10_000, interval: 50 },
      );
    }
  });

  test("an id of what a token may not read is refused the same, whether or not there is one", async () => {
    for (const [id, none, token] of [
      ["ApiToken:1", "ApiToken:999999", server().tokens.PROVISIONER],
      ["Machine:1", "Machine:999999", only.RACKS],
    ] as const) {
      await vi.waitFor(async () => {
        const there = await refusalOf(`{ node(id: "${id}") { id } }`, token);
        expect(there).toEqual(await refusalOf(`{ node(id: "${none}") { id } }`, token));
        expect([there.status, there.statements.length]).toEqual([403, 1]);
      });
    }
  });

  /** All of an answer that its reader can see, without what differs between any two. */
  async function refusalOf(query: string, token: string) {
    let answer: HttpAnswer | undefined;
    const statements = await statementsOf(server().app.database.dataSource, async () => {
      answer = await post(query, token);
    });
    const { status = 0, headers = {}, body = "" } = answer ?? {};
    const errors = (JSON.parse(body) as { errors: Array<{ message: string; extensions: object }> }).errors.map(
      (error) => {
        return { ...error, locations: undefined, extensions: { ...error.extensions, requestId: undefined } };
      },
    );
    return { status, headers: { ...headers, date: "", "content-length": "", "x-request-id": "" }, errors, statements };
  }
});

onBothServers("the routes", (server) => {
  test("are these, with these rules", async () => {
    const plane = await createControlPlane(server().app, schema);
    const found = [...plane.routeRules].map(([route, rule]) => [route, rule === "public" ? rule : rule.join(" ")]);
    await plane.close();
    const expected = [...routeRules].flatMap(([route, rule]) =>
      (route.startsWith("GET ") ? [route, route.replace("GET", "HEAD")] : [route]).map((each) => [each, rule]),
    );
    expect(found.sort()).toEqual(expected.sort());
  });

  const target = (route: string, file: string) =>
    route.replace(":file", `${file}.svg`).replace(/svg$/, `svg?rack=${file}`);

  test.each([...routeRules])(
    "%s takes %s, and its refusal is the same whether or not the thing exists",
    async (route, rule) => {
      const { database, secretKey, now } = server().app;
      const [, scope] = rule.split(" ") as [Role, Scope?];
      const values = {
        name: "other",
        role: "VIEWER" as const,
        scopes: scopes.filter((each) => each !== scope),
        expiresAt: null,
      };
      const { text } = await database.write(BY_TEST, (transaction) => mintToken(transaction, secretKey, values, now()));
      await server().ask('mutation { createRack(name: "drawn") { userErrors { message } } }');
      const [method = "", path = ""] = route.split(" ");
      const ask = async (file: string, token?: string) => {
        let answer: HttpAnswer | undefined;
        const statements = await statementsOf(database.dataSource, async () => {
          answer = await server().control(target(path, file), { method }, token);
        });
        const { status, body, headers } = answer as HttpAnswer;
        const words = body.replaceAll(String(headers["x-request-id"]), "ID");
        return { status, body: words, headers: { ...headers, date: "", "x-request-id": "" }, statements };
      };
      if (scope !== undefined) {
        const drawn = await vi.waitFor(
          async () => {
            const refused = await ask("drawn", text);
            expect(refused).toEqual(await ask("missing", text));
            expect(refused.statements).toHaveLength(1);
            return refused;
          },
          { timeout: 10_000, interval: 50 },
        );
        const told = `this takes the scope ${scope}; this token has ${values.scopes.join(", ")} (request ID)\n`;
        expect([drawn.status, drawn.body]).toEqual([403, told]);
      } else {
        expect((await ask("drawn", text)).status).not.toBe(403);
      }
      for (const token of ["", "kr_AAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAA", text.slice(0, -1)]) {
        const { status, body, headers } = await ask("drawn", token);
        if (rule === "public") {
          expect([401, 403]).not.toContain(status);
          continue;
        }
        expect(status).toBe(401);
        expect(body).toContain("send a valid token as Authorization: Bearer kr_…");
        expect(headers).toHaveProperty("www-authenticate", 'Bearer realm="Kickrack"');
      }
    },
  );

  test("an unknown path is 401 without a token and 404 with one", async () => {
    for (const path of ["/", "/nothing", "/graphql/x", "/hostsfile/", "/racks"]) {
      expect((await server().control(path, {}, "")).status, path).toBe(401);
      expect((await server().control(path)).status, path).toBe(404);
    }
  });
});
