import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { readConfig } from "../../src/config.js";
import { createLog } from "../../src/log.js";
import { openApp } from "../../src/server.js";
import { onBothDatabases } from "../support/databases.js";
import { onBothServers, TestServer, type UserError } from "../graphql/test-server.js";

interface Minted {
  token: { id: string; role: string; expiresAt: string | null };
  secret: string;
  userErrors: UserError[];
}

const CREATE = `mutation ($name: String!, $role: Role!, $days: Int) {
  createToken(name: $name, role: $role, days: $days) {
    token { id role expiresAt } secret userErrors { code field message }
  }
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
      expect([status, body]).toEqual([401, "send a valid token as Authorization: Bearer kr_…\n"]);
      expect(headers["www-authenticate"]).toBe('Bearer realm="Kickrack"');
    }
  });

  test("every path but /healthz takes a token, also one that is not there", async () => {
    expect((await server().control("/healthz", {}, "")).status).toBe(200);
    for (const path of [
      "/graphql",
      "/readyz",
      "/hostsfile",
      "/dnsmasq.conf",
      "/racks/A.svg",
      "/racks.svg",
      "/nothing",
    ]) {
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
    expect((await server.graphql("{ me { role } }", {}, first).catch(() => undefined))?.status).toBeUndefined();
    expect((await server.control("/hostsfile", {}, first)).status).toBe(401);
    expect(statSync(join(server.config.data, "secret.key")).mode & 0o777).toBe(0o600);
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
