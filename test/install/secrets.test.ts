import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Vault } from "../../src/install/vault.js";
import { onBothServers } from "../graphql/test-server.js";

const PASSWORD = "correct-horse-7c41";
const LICENCE = "AAAAA-licence-9d02";
const TEXT = `d-i passwd/root-password-crypted password {{ parameters.rootPassword | crypt }}
d-i a/licence string {{ parameters.licence }}
`;

onBothServers("secrets", (server) => {
  const armed = async () => {
    await server().profile("secretive", "d-i a/b string c\n");
    await server().ask(
      'mutation ($p: JSONObject!) { updateProfile(profile: "secretive", parameters: $p, idempotencyKey: "a-key") { userErrors { message } } }',
      { p: { rootPassword: PASSWORD, licence: { secret: LICENCE } } },
    );
    await server().profile("secretive", TEXT);
    return server().armed("secretive");
  };
  const config = async (token: string) => (await server().boot(`/install/preseed.cfg?token=${token}`)).body;
  const hashIn = (text: string) => /\$6\$[./0-9A-Za-z]+\$[./0-9A-Za-z]+/.exec(text)?.[0] ?? "none";

  test("a password reaches each installer as a hash of its own, the same at every fetch, and it is that password's", async () => {
    const [one, two] = [await armed(), await armed()];
    const [first, again, other] = [await config(one.token), await config(one.token), await config(two.token)];
    expect(again).toBe(first);
    expect(first).toContain(LICENCE);
    expect(hashIn(other)).not.toBe(hashIn(first));
    for (const text of [first, other]) {
      const [, , salt = ""] = hashIn(text).split("$");
      expect(execFileSync("openssl", ["passwd", "-6", "-salt", salt, PASSWORD], { encoding: "utf8" }).trim()).toBe(
        hashIn(text),
      );
    }
  });

  test("are shown to whom may read them, which is kept, and as a word to everybody else", async () => {
    const { serial, mac } = await armed();
    const query = `{ explainConfig(machine: "${serial}", profile: "secretive") { text parameters { name value source from isSecret } } }`;
    const readings = async () =>
      (
        await server().ask<{ nodes: Array<{ actor: string; entries: unknown[] }> }>(
          '{ changes(last: 1, filter: {operation: {in: ["explainConfig", "renderConfig", "bootMenu"]}}) { nodes { actor entries { kind after } } } }',
        )
      ).nodes;
    expect(await readings()).toEqual([]);
    for (const asked of [
      query,
      `{ renderConfig(machine: "${serial}", profile: "secretive") }`,
      `{ bootMenu(macAddress: "${mac}") }`,
    ]) {
      const { data } = await server().graphql(asked, {}, server().tokens.VIEWER);
      expect(JSON.stringify(data)).not.toMatch(new RegExp(`${PASSWORD}|${LICENCE}|token=[A-Za-z0-9_-]{43}`));
    }
    expect(
      await server().ask(`{ renderConfig(machine: "${serial}", profile: "secretive", secrets: false) }`),
    ).not.toContain(LICENCE);
    expect(await readings()).toEqual([]);
    expect(await server().ask(query, {}, server().tokens.PROVISIONER)).toMatchObject({
      text: expect.stringContaining(LICENCE) as string,
      parameters: [
        { name: "licence", value: LICENCE, source: "PROFILE", from: "secretive", isSecret: true },
        { name: "rootPassword", value: PASSWORD, source: "PROFILE", from: "secretive", isSecret: true },
      ],
    });
    expect(await readings()).toMatchObject([
      {
        actor: "a test's provisioner",
        entries: [{ kind: "SecretReading", after: { secrets: ["licence", "rootPassword"] } }],
      },
    ]);
  });

  test("stand nowhere in the clear: no table, no file, no log, no change, no answer, no error", async () => {
    const { serial, token } = await armed();
    await config(token);
    const set = (parameters: object) =>
      server().graphql(
        "mutation ($m: String!, $p: JSONObject!) { setMachineParameters(machine: $m, parameters: $p) { userErrors { message } changed { before after } machine { parameters } } }",
        { m: serial, p: parameters },
      );
    const answers = [
      await set({ userPassword: PASSWORD }),
      await set({ userPassword: `${PASSWORD}\n` }),
      await set({ licence: { secret: { wrong: LICENCE } } }),
      await server().graphql(
        'mutation ($p: JSONObject) { updateProfile(profile: "secretive", arguments: "x={{ parameters.licence }}", parameters: $p) { userErrors { message } } }',
        { p: { rootPassword: PASSWORD } },
      ),
      await server().graphql("{ changes(last: 100) { nodes { entries { before after } } } }"),
      await server().graphql('{ profile(name: "secretive") { parameters versions { nodes { content diff } } } }'),
      await server().graphql(`{ machine(serialNumber: "${serial}") { parameters } }`),
    ];
    expect(answers[3]?.data).toMatchObject({
      updateProfile: { userErrors: [{ message: expect.stringContaining("is a secret") as string }] },
    });
    const hidden = new RegExp(`${PASSWORD}|${LICENCE}`);
    expect(JSON.stringify(answers)).not.toMatch(hidden);
    expect(server().log.join("")).not.toMatch(hidden);
    expect(await server().dump()).not.toMatch(hidden);
    const files = [...filesBelow(server().folder), ...filesOfDatabase(server().config.databaseUrl)];
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) expect([file, hidden.test(readFileSync(file, "latin1"))]).toEqual([file, false]);
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}

/** The file, its write-ahead log and its index. */
function filesOfDatabase(url: string): string[] {
  if (!url.startsWith("sqlite:")) return [];
  return filesBelow(join(url.slice("sqlite:".length), ".."));
}

test("a secret opens only under its own name and key, and not when a bit of it is another", () => {
  const vault = new Vault("k".repeat(64));
  const sealed = vault.seal("rootPassword", ["a", "b"]);
  expect(vault.open("rootPassword", sealed)).toEqual(["a", "b"]);
  expect(vault.seal("rootPassword", ["a", "b"])).not.toEqual(sealed);
  expect(() => vault.open("userPassword", sealed)).toThrow();
  expect(() => new Vault("l".repeat(64)).open("rootPassword", sealed)).toThrow();
  const bytes = Buffer.from(sealed.sealed, "base64url");
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  expect(() => vault.open("rootPassword", { sealed: bytes.toString("base64url") })).toThrow();
});
