import { expect, test } from "vitest";
import { credentialsOfSwitch } from "../../src/placement/switch/switch-credentials.js";
import { Switch } from "../../src/placement/switch/switch.entity.js";
import { onBothServers, type UserError } from "../graphql/test-server.js";

interface Made {
  readonly switch: { readonly id: string; readonly snmpVersion: string | null } | null;
  readonly userErrors: UserError[];
  readonly change: { readonly id: string } | null;
}

const ANSWER = "{ switch { id name snmpVersion } userErrors { code field message } change { id } }";

onBothServers("switches", (server) => {
  const create = (name: string, more = "") =>
    server().ask<Made>(`mutation { createSwitch(name: "${name}"${more}) ${ANSWER} }`);

  test("are listed with their ports, which a person may say the role of in any spelling", async () => {
    await create("sw-a", `, managementAddress: "10.0.0.2:1161", systemName: "core-a", chassisId: "02:00:de:ad:be:00"`);
    const role = (port: string, role: string) =>
      server().ask(`mutation { updateSwitchPort(switch: "sw-a", port: "${port}", role: ${role}) { port { id } } }`);
    await role("Gi1/0/48", "UPLINK");
    await role("GigabitEthernet1/0/48", "EDGE");
    const { nodes } = await server().ask<{ nodes: unknown[] }>(
      `{ switches(filter: { systemName: { eq: "core-a" } }) { nodes { name managementAddress ports { nodes { name role switch { name } } } } } }`,
    );
    expect(nodes).toEqual([
      {
        name: "sw-a",
        managementAddress: "10.0.0.2:1161",
        ports: { nodes: [{ name: "Gi1/0/48", role: "EDGE", switch: { name: "sw-a" } }] },
      },
    ]);
  });

  test("keep their credentials sealed: neither the API nor the history, the log or the database tells them", async () => {
    await create("sw-b", `, snmp: { version: V2C, community: "correct horse" }`);
    const known = { version: "V3", user: "kickrack", authPassword: "battery staple", privacyPassword: "tr0ub4dor&3" };
    const snmp = Object.entries(known).map(([name, value]) => `${name}: ${name === "version" ? value : `"${value}"`}`);
    await server().ask(`mutation { updateSwitch(switch: "sw-b", snmp: { ${snmp.join()} }) ${ANSWER} }`);
    const told = JSON.stringify(await server().graphql("{ changes { nodes { entries { before after } } } }"));
    const everywhere = told + (await server().dump()) + server().log.join("");
    for (const secret of ["correct horse", "battery staple", "tr0ub4dor", "SHA"])
      expect(everywhere).not.toContain(secret);
    expect(told).toMatch(/credentials.{1,8}\(secret [0-9a-f]{8}\)/);
    const row = await server().app.database.manager.findOneByOrFail(Switch, { name: "sw-b" });
    expect(credentialsOfSwitch(server().app.vault, row)).toEqual({
      version: "V3",
      user: "kickrack",
      auth: { protocol: "SHA", password: "battery staple" },
      privacy: { protocol: "AES", password: "tr0ub4dor&3" },
    });
  });

  test.each([
    [`, snmp: { version: V2C }`, ["snmp", "community"]],
    [`, snmp: { version: V3 }`, ["snmp", "user"]],
    [`, snmp: { version: V3, user: "u", authPassword: "short" }`, ["snmp", "authPassword"]],
    [`, snmp: { version: V3, user: "u", privacyPassword: "long enough" }`, ["snmp", "authPassword"]],
    [`, managementAddress: "10.0.0.2; reboot"`, ["managementAddress"]],
  ])("are refused with the field that is wrong: %s", async (more, field) => {
    const { userErrors } = await create("sw-bad", more);
    expect(userErrors).toMatchObject([{ code: "BAD_USER_INPUT", field }]);
  });

  test("a name is one switch's; a deleted one comes back by undo, without its credentials", async () => {
    await create("sw-c", `, snmp: { version: V2C, community: "public" }`);
    expect((await create("sw-c")).userErrors).toMatchObject([{ code: "CONFLICT", field: ["name"] }]);
    await server().ask(`mutation { updateSwitchPort(switch: "sw-c", port: "7", role: EDGE) { port { id } } }`);
    const { change } = await server().ask<Made>(`mutation { deleteSwitch(switch: "sw-c") ${ANSWER} }`);
    const { userErrors } = await server().ask<Made>(
      `mutation { undoChange(change: "${change?.id}") { userErrors { code field message } change { id } } }`,
    );
    expect(userErrors).toEqual([]);
    const { nodes } = await server().ask<{ nodes: unknown[] }>(
      `{ switches(filter: { name: { eq: "sw-c" } }) { nodes { snmpVersion ports { nodes { name role } } } } }`,
    );
    expect(nodes).toEqual([{ snmpVersion: null, ports: { nodes: [{ name: "7", role: "EDGE" }] } }]);
  });
});
