import { Option } from "commander";
import { expect, test } from "vitest";
import { tokenCommand } from "../../src/access/token-cli.js";
import { onBothServers } from "../graphql/test-server.js";

onBothServers("kickrack token", (server) => {
  const run = async (...args: string[]): Promise<string> => {
    let printed = "";
    const command = tokenCommand(
      new Option("-c, --config <file>"),
      () => server().config,
      (text) => (printed += text),
    );
    for (const each of command.commands) each.exitOverride().configureOutput({ writeErr: () => undefined });
    await command.parseAsync(args, { from: "user" });
    return printed;
  };
  const list = async () => JSON.parse(await run("list", "-o", "json")) as Array<Record<string, unknown>>;

  test("create prints the token alone, which is what was asked for", async () => {
    const printed = await run("create", "ci", "-r", "operator", "--scope", "racks", "-s", "machines", "--days", "2");
    expect(printed).toMatch(/^kr_\S+\.\S+\n$/);
    const { data } = await server().graphql("{ me { name role scopes expiresAt } }", {}, printed.trim());
    expect(data).toEqual({
      me: {
        name: "ci",
        role: "OPERATOR",
        scopes: ["RACKS", "MACHINES"],
        expiresAt: expect.stringMatching(/Z$/) as string,
      },
    });
    const days = (Date.parse(data["me"]?.["expiresAt"] ?? "") - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(1.9);
    expect(days).toBeLessThanOrEqual(2);
  });

  test("create without more is a viewer's, of all scopes, for ever; as JSON it says so", async () => {
    const created = JSON.parse(await run("create", "plain", "-o", "json")) as Record<string, string>;
    expect(created).toMatchObject({ name: "plain", role: "viewer", scopes: [], state: "valid", expiresAt: null });
    expect((await server().control("/hostsfile", {}, created["token"])).status).toBe(200);
    expect(await list()).toContainEqual(Object.fromEntries(Object.entries(created).filter(([key]) => key !== "token")));
  });

  test("revoke ends a token for the running server at once, named by its id or by its part before the dot", async () => {
    for (const nameOf of [(token: string) => token.split(".")[0] ?? "", (_: string, id: string) => id]) {
      const { id = "", token = "" } = JSON.parse(await run("create", "gone", "-o", "json")) as Record<string, string>;
      expect((await server().control("/hostsfile", {}, token)).status).toBe(200);
      expect(await run("revoke", nameOf(token, id))).toBe(`${id} (gone) is revoked.\n`);
      expect((await server().control("/hostsfile", {}, token)).status).toBe(401);
      expect((await list()).find((each) => each["id"] === id)).toMatchObject({ state: "revoked" });
    }
  });

  test("list shows the last use, in a table that fits a terminal", async () => {
    const token = (await run("create", "seen", "-s", "dhcp")).trim();
    await server().control("/hostsfile", {}, token);
    await server().app.tokenUses.write();
    const [header, ...rows] = (await run("list")).split("\n");
    expect(header).toMatch(/^ID +NAME +ROLE +SCOPES +STATE +EXPIRES +LAST USED +FROM$/);
    const row = rows.find((each) => each.includes(" seen "));
    expect(row).toMatch(/^ApiToken:\d+ +seen +viewer +dhcp +valid +never +\d{4}-\d\d-\d\dT\d\d:\d\dZ +127\.0\.0\.1$/);
  });

  test.each([
    [["create", "x", "--scope", "everything"], "Allowed scopes are machines, racks,"],
    [["create", "x", "--role", "root"], "Allowed choices are viewer, operator, provisioner, administrator"],
    [["create", "x", "--days", "soon"], "It is a whole number of days"],
    [["create", "x", "--days", "0"], "1 to 3650 days"],
    [["create", "x\ny"], "a token's name has letters"],
    [["revoke", "kr_nobody.secret"], "no such token; `kickrack token list` shows the ids"],
    [["revoke", "ApiToken:0"], "no such token"],
    [["revoke", "Machine:1"], "no such token"],
  ])("%j is refused and changes nothing", async (args, message) => {
    const before = await server().dump();
    await expect(run(...args)).rejects.toThrow(message);
    expect(await server().dump()).toBe(before);
  });
});
