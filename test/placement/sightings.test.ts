import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Sighting } from "../../src/machine/sighting.entity.js";
import { SwitchPort } from "../../src/placement/switch/switch.entity.js";
import { onBothServers, type UserError } from "../graphql/test-server.js";

interface Recorded {
  readonly table: Record<string, unknown> | null;
  readonly userErrors: UserError[];
}

interface Seen {
  readonly nodes: unknown[];
}

const ANSWER =
  "{ table { switch { name } dialect recorded leftOut uplinks notUnderstood { line text } } userErrors { code field message } }";

onBothServers("sightings", (server) => {
  const record = (switchName: string, what: object) =>
    server().ask<Recorded>(
      `mutation($switch: String!, $entries: [ForwardingEntryInput!], $text: String) {
         recordForwardingTable(switch: $switch, entries: $entries, text: $text) ${ANSWER} }`,
      { switch: switchName, ...what },
    );
  const createSwitch = (name: string) =>
    server().ask(`mutation { createSwitch(name: "${name}") { userErrors { message } } }`);
  const seen = async (mac: string) =>
    (
      await server().ask<Seen>(
        `{ sightings(filter: { macAddress: { eq: "${mac}" } }) {
           nodes { source port vlan direct switch { name } machine { serialNumber } } } }`,
      )
    ).nodes;

  test("a switch's own text says where a machine is, once for each address, and again after it has moved", async () => {
    await createSwitch("ios-1");
    const [machine] = await server().register(1);
    const { mac = "", serial } = machine ?? {};
    const text = readFileSync(join(import.meta.dirname, "tables/cisco-ios.txt"), "utf8");
    const bare = mac.replaceAll(":", "");
    const at = (port: string) =>
      `${text}\n  10    ${bare.slice(0, 4)}.${bare.slice(4, 8)}.${bare.slice(8)}    DYNAMIC     ${port}\n!!`;
    expect(await record("ios-1", { text: at("Gi1/0/9") })).toEqual({
      table: {
        switch: { name: "ios-1" },
        dialect: "Cisco IOS",
        recorded: 5,
        leftOut: 2,
        uplinks: [],
        notUnderstood: [{ line: 17, text: "!!" }],
      },
      userErrors: [],
    });
    const sighting = (port: string) => [
      { source: "text", port, vlan: 10, direct: false, switch: { name: "ios-1" }, machine: { serialNumber: serial } },
    ];
    expect(await seen(mac)).toEqual(sighting("Gi1/0/9"));
    await record("ios-1", { text: at("Gi1/0/11") });
    expect(await seen(mac)).toEqual(sighting("Gi1/0/11"));
    const { nodes } = await server().ask<Seen>(
      `{ machines(filter: { sightings: { some: { port: { eq: "Gi1/0/11" }, switch: { name: { eq: "ios-1" } } } } }) { nodes { serialNumber } } }`,
    );
    expect(nodes).toEqual([{ serialNumber: serial }]);
  });

  test("what was seen before its machine registered becomes its machine's", async () => {
    await createSwitch("early");
    const mac = "00:26:2d:0e:00:01";
    await record("early", { entries: [{ macAddress: mac, port: "Eth1/7", vlan: 20 }] });
    expect(await seen(mac)).toEqual([]);
    expect(await server().app.database.manager.findOneBy(Sighting, { macAddress: mac as never })).toMatchObject({
      machineId: null,
      portKey: "eth1/7",
    });
    await server().boot(`/inventory/EARLY-1/${mac}/Dell%20Inc./PowerEdge%20R640`);
    expect(await seen(mac)).toMatchObject([{ port: "Eth1/7", vlan: 20, machine: { serialNumber: "EARLY-1" } }]);
  });

  test("what is heard behind another switch is no place; of two ports the one with fewer addresses is", async () => {
    await createSwitch("core");
    const entries = Array.from({ length: 30 }, (_, i) => {
      const macAddress = `00:26:2d:0f:00:${(16 + i).toString(16)}`;
      return { macAddress, port: "Te1/1/1" };
    });
    const near = { macAddress: entries[0]?.macAddress, port: "Gi1/0/1" };
    const { table } = await record("core", { entries: [...entries, near] });
    expect(table).toMatchObject({ recorded: 1, uplinks: ["Te1/1/1"], leftOut: 0 });
    const { manager } = server().app.database;
    const ports = await manager.find(SwitchPort, { where: { switch: { name: "core" } }, order: { name: "ASC" } });
    expect(ports.map(({ name, macCount }) => [name, macCount])).toEqual([
      ["Gi1/0/1", 1],
      ["Te1/1/1", 30],
    ]);
    const role = (role: string) =>
      server().ask(
        `mutation { updateSwitchPort(switch: "core", port: "TenGigabitEthernet1/1/1", role: ${role}) { port { id } } }`,
      );
    await role("EDGE");
    expect((await record("core", { entries })).table).toMatchObject({ recorded: 30, uplinks: [] });
  });

  test.each([
    [{}, ["text"], "either entries or a text"],
    [{ text: "hello" }, ["text"], "no line is a row of a forwarding table"],
    [{ entries: [{ macAddress: "00:26:2d:01:01:01", port: " " }] }, ["entries", "0", "port"], "a port has a name"],
  ])("%j is refused with what would be right", async (what, field, message) => {
    await server().ask(`mutation { createSwitch(name: "wrong") { userErrors { message } } }`);
    const { userErrors } = await record("wrong", what);
    expect(userErrors).toMatchObject([{ field, message: expect.stringContaining(message) as string }]);
  });
});
