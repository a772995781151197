import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { validTokenIds } from "../../src/access/api-token.store.js";
import { TokenUses } from "../../src/access/token-uses.js";
import { readConfig } from "../../src/config.js";
import { Setting } from "../../src/db/setting.entity.js";
import { createLog } from "../../src/log.js";
import { openApp } from "../../src/open-app.js";
import { onBothDatabases } from "../support/databases.js";
import { onBothServers, TestServer, type UserError } from "../graphql/test-server.js";

interface Minted {
  token: { id: string; role: string; expiresAt: string | null };
  secret: string;
  userErrors: UserError[];
}

const CREATE = `mutation ($name: String!, $role: Role!, $days: Int, $scopes: [Scope!]) {
  createToken(name: $name, role: $role, days: $days, scopes: $scopes) {
    token { id role expiresAt } secret userErrors { code field message }
  }
}`;

const MINT_ONLY = `mutation ($scopes: [Scope!]!) {
  createToken(name: "minted", role: VIEWER, scopes: $scopes) { secret userErrors { code field message } }
}`;

onBothServers("tokens", (server) => {
  afterEach(() => void vi.useRealTimers());

  const create = (variables: object) => server().ask<Minted>(CREATE, variables);
  const me = (token: string) => server().graphql("{ me { name role } }", {}, token);

  test("a new token is its name and role from then on", async () => {
    const { secret, userErrors } = await create({ name: "ci", role: "OPERATOR" });
    expect(userErrors).toEqual([]);
    expect((await me(secret)).data).toEqual({ me: { name: "ci", role: "OPERATOR" } });
  });

  test("me tells the role, the scopes and the end of the token that asks", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2031-05-06T07:08:09.000Z") });
    const { secret } = await create({ name: "scoped", role: "OPERATOR", days: 2, scopes: ["RACKS", "DHCP", "RACKS"] });
    const { data } = await server().graphql("{ me { name role scopes expiresAt } }", {}, secret);
    expect(data).toEqual({
      me: { name: "scoped", role: "OPERATOR", scopes: ["RACKS", "DHCP"], expiresAt: "2031-05-08T07:08:09.000Z" },
    });
  });

  test("a token with scopes gives away no other scopes, and not none, which would be all", async () => {
    const { secret } = await create({ name: "minter", role: "ADMINISTRATOR", scopes: ["ACCESS", "RACKS"] });
    const mint = (scopes: string[]) => server().ask<Minted>(MINT_ONLY, { scopes }, secret);
    for (const scopes of [[], ["SECRETS"], ["RACKS", "SECRETS"]]) {
      expect(await mint(scopes)).toEqual({
        secret: null,
        userErrors: [
          {
            code: "BAD_USER_INPUT",
            field: ["scopes"],
            message: "this token may give no other scopes than its own: ACCESS, RACKS",
          },
        ],
      });
    }
    expect((await mint(["RACKS"])).userErrors).toEqual([]);
  });

  test("which tokens are still valid can be asked at any time, for answers that outlive their request", async () => {
    const tokens = [];
    for (const days of [undefined, 1, undefined]) {
      tokens.push((await create({ name: "stream", role: "VIEWER", days })).token.id);
    }
    const ids = tokens.map((id) => Number(id.split(":")[1]));
    const [lasting, , revoked] = ids;
    const { database } = server().app;
    expect(await validTokenIds(database.manager, [...ids, 999_999], new Date())).toEqual(new Set(ids));
    await server().ask(`mutation { revokeToken(token: "ApiToken:${revoked}") { userErrors { message } } }`);
    const tomorrow = new Date(Date.now() + 86_400_001);
    expect(await validTokenIds(database.manager, ids, tomorrow)).toEqual(new Set([lasting]));
  });

  test("a token's last use is written once in a while, and never moved back by another process", async () => {
    const { token, secret } = await create({ name: "used", role: "VIEWER" });
    const lastUse = async () => {
      const rows: Array<Record<string, unknown>> = await server().app.database.manager.query(
        "SELECT last_used_at, last_used_from FROM api_token WHERE id = $1",
        [Number(token.id.split(":")[1])],
      );
      return rows[0];
    };
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2032-01-01T00:00:00.000Z") });
    for (let i = 0; i < 3; i++) await me(secret);
    expect(await lastUse()).toEqual({ last_used_at: null, last_used_from: null });
    await server().app.tokenUses.write();
    const noted = { last_used_at: "2032-01-01T00:00:00.000Z", last_used_from: "127.0.0.1" };
    expect(await lastUse()).toEqual(noted);
    const another = new TokenUses(server().app.database);
    another.record(Number(token.id.split(":")[1]), new Date("2031-12-31T23:59:59.000Z"), "192.0.2.1");
    await another.write();
    expect(await lastUse()).toEqual(noted);
  });

  test("unknown, misspelled, expired and revoked tokens are answered alike", async () => {
    const { secret } = await create({ name: "gone", role: "VIEWER" });
    const { secret: revoked, token } = await create({ name: "revoked", role: "VIEWER" });
    const { secret: expired, token: short } = await create({ name: "expired", role: "VIEWER", days: 1 });
    expect(Date.parse(short.expiresAt ?? "") - Date.now()).toBeGreaterThan(86_000_000);
    expect((await me(revoked)).status).toBe(200);
    await server().ask(`mutation { revokeToken(token: "${token.id}") { userErrors { message } } }`);
    const dot = secret.indexOf(".");
    const bad = [
      secret.slice(0, -1) + (secret.endsWith("A") ? "B" : "A"),
      secret.slice(0, dot + 1),
      `kr_AAAAAAAA${secret.slice(dot)}`,
      secret.toUpperCase(),
      `${secret}A`,
      "kr_",
      "null",
      "undefined",
      revoked,
      expired,
    ];
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 86_400_001 });
    expect((await me(secret)).status).toBe(200);
    const headers = { Authorization: `Basic ${Buffer.from(`a:${secret}`).toString("base64")}` };
    const answers = [await server().control("/hostsfile", { headers }, "")];
    for (const token of bad) answers.push(await server().control("/hostsfile", {}, token));
    answers.push(await server().control("/hostsfile", {}, ""));
    for (const { status, body, headers } of answers) {
      const words = `send a valid token as Authorization: Bearer kr_… (request ${String(headers["x-request-id"])})\n`;
      expect([status, body]).toEqual([401, words]);
      expect(headers["www-authenticate"]).toBe('Bearer realm="Kickrack"');
    }
  });

  test("every path but /healthz and the IDE's page takes a token, also one that is not there", async () => {
    expect((await server().control("/healthz", {}, "")).status).toBe(200);
    expect((await server().control("/graphql", { method: "POST" }, "")).status).toBe(401);
    for (const path of ["/readyz", "/hostsfile", "/dnsmasq.conf", "/racks/A.svg", "/racks.svg", "/nothing"]) {
      expect((await server().control(path, {}, "")).status, path).toBe(401);
      expect((await server().control(path)).status, path).not.toBe(401);
    }
  });

  test("a revoked token stays revoked at its first time, and an unknown one is said to be unknown", async () => {
    const { token } = await create({ name: "twice", role: "VIEWER" });
    const revoke = `mutation ($id: ID!) { revokeToken(token: $id) { token { revokedAt } userErrors { code field message } } }`;
    const first = await server().ask(revoke, { id: token.id });
    expect(await server().ask(revoke, { id: token.id })).toEqual(first);
    expect(await server().ask(revoke, { id: "ApiToken:999999" })).toEqual({
      token: null,
      userErrors: [{ code: "NOT_FOUND", field: ["token"], message: "no token ApiToken:999999" }],
    });
    const { userErrors } = await server().ask<Minted>(revoke, { id: "Machine:1" });
    expect(userErrors).toMatchObject([{ code: "BAD_USER_INPUT", field: ["token"] }]);
  });

  test.each([
    [{ name: "", role: "VIEWER" }, "name"],
    [{ name: "a\nb", role: "VIEWER" }, "name"],
    [{ name: "x".repeat(65), role: "VIEWER" }, "name"],
    [{ name: "x", role: "VIEWER", days: 0 }, "days"],
    [{ name: "x", role: "VIEWER", days: -1 }, "days"],
    [{ name: "x", role: "VIEWER", days: 100_000 }, "days"],
  ])("%j is refused, and says that it is the %s", async (variables, field) => {
    const { token, secret, userErrors } = await create(variables);
    expect({ token, secret, field: userErrors.map((error) => error.field) }).toEqual({
      token: null,
      secret: null,
      field: [[field]],
    });
  });

  test("the database holds no secret, and neither does the log", async () => {
    const { secret } = await create({ name: "dumped", role: "VIEWER" });
    await me(secret);
    const [, half = ""] = secret.split(".");
    expect(half.length).toBeGreaterThan(40);
    expect((await server().dump()) + server().log.join("")).not.toContain(half);
  });
});

onBothDatabases("the first start", (fresh) => {
  const servers: TestServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.remove();
  });
  const start = async (...args: Parameters<typeof TestServer.start>) => {
    const server = await TestServer.start(...args);
    servers.push(server);
    return server;
  };

  test("mints an administrator's token once; later starts have none, also when all are revoked", async () => {
    const server = await start((await fresh()).url);
    const first = server.running.firstToken ?? "";
    expect((await server.graphql("{ me { role } }", {}, first)).data).toEqual({ me: { role: "ADMINISTRATOR" } });
    await server.ask('mutation { revokeToken(token: "ApiToken:1") { userErrors { message } } }');
    await server.stop();
    await server.start();
    expect(server.running.firstToken).toBeUndefined();
    expect((await server.graphql("{ me { role } }", {}, first)).status).toBe(401);
    expect((await server.control("/hostsfile", {}, first)).status).toBe(401);
    expect(statSync(join(server.config.data, "secret.key")).mode & 0o777).toBe(0o600);
  });

  test("mints none again where the tokens' rows are gone, nor where a token was made before the first start", async () => {
    const database = await fresh();
    const server = await start(database.url);
    await server.app.database.manager.query("DELETE FROM api_token");
    await server.stop();
    await server.start();
    expect(server.running.firstToken).toBeUndefined();
    const { manager } = server.app.database;
    await manager.query("DELETE FROM setting WHERE name = 'first_token_minted_at'"); // as before this was remembered
    await server.stop();
    await server.start();
    expect(server.running.firstToken).toBeUndefined();
    expect(await server.app.database.manager.existsBy(Setting, { name: "first_token_minted_at" })).toBe(true);
  });

  test("of two processes at once on one empty database mints one token", async () => {
    const { kind, url } = await fresh();
    if (kind === "SQLite") return; // one process is all that SQLite's file is for
    const settings = { KICKRACK_SECRET_KEY: "a key that both processes have, long enough" };
    const both = await Promise.all([start(url, settings), start(url, settings)]);
    const minted = both.flatMap(({ running }) => running.firstToken ?? []);
    expect(minted).toHaveLength(1);
    for (const server of both) {
      expect((await server.graphql("{ me { role } }", {}, minted[0])).data).toEqual({ me: { role: "ADMINISTRATOR" } });
    }
    const [one, another] = both;
    await one?.ask('mutation { revokeToken(token: "ApiToken:1") { userErrors { message } } }');
    expect((await another?.control("/hostsfile", {}, minted[0]))?.status).toBe(401);
  });

  test("with another secret key than the database was begun with is refused, and says which setting to mend", async () => {
    const { url } = await fresh();
    const server = await start(url);
    await server.stop();
    const folder = mkdtempSync(join(tmpdir(), "kickrack-test-"));
    const config = readConfig({ KICKRACK_DATABASE_URL: url, KICKRACK_DATA: folder, KICKRACK_EXPORTS: folder });
    await expect(
      openApp(
        config,
        createLog(() => undefined),
      ),
    ).rejects.toThrow(
      /the secret key is not the one this database was begun with; set KICKRACK_SECRET_KEY or KICKRACK_SECRET_KEY_FILE/,
    );
    rmSync(folder, { recursive: true });
    await server.start();
    expect((await server.graphql("{ me { name } }")).status).toBe(200);
  });
});
