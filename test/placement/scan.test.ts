import { createSocket } from "node:dgram";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OID } from "../../src/placement/snmp/oids.js";
import { readSwitch } from "../../src/placement/snmp/read-switch.js";
import { ASK_LIMITS, ReadingAllowance } from "../../src/placement/snmp/reading-allowance.js";
import { SnmpAgent } from "../../src/placement/snmp/snmp-agent.js";
import { onBothServers } from "../graphql/test-server.js";
import { freePort, SnmpSimulator, type Recorded } from "./support/snmpsim.js";
import { recordsOf } from "./support/simulated-switch.js";

const mac = (i: number) => `00:26:2d:aa:00:${i.toString(16).padStart(2, "0")}`;

const ports = [
  { ifIndex: 1, name: "Gi1/0/1", alias: "rack A01 U1", macs: [mac(1)] },
  { ifIndex: 2, name: "Gi1/0/2", macs: [mac(2)], neighbour: ["host-2", 0x01] as const },
  { ifIndex: 3, name: "Gi1/0/3", aggregate: 10 },
  { ifIndex: 4, name: "Gi1/0/4", aggregate: 10 },
  { ifIndex: 5, name: "Te1/1/1", aggregate: 11, neighbour: ["core-1", 0x28] as const },
  { ifIndex: 10, name: "Po1", macs: [mac(3)] },
  { ifIndex: 11, name: "Po2", macs: [mac(4), mac(5)] },
];
const cisco: Recorded[] = [
  ...recordsOf({ name: "cat-1", ports: [{ ifIndex: 1, name: "Gi0/1" }], vlan: null }),
  [OID.sysObjectId, "6", "1.3.6.1.4.1.9.1.516"],
  ...[1, 20, 1002].map((vlan): Recorded => [`${OID.vtpVlanState}.1.${vlan}`, "2", 1]),
];
const rows = (count: number): Recorded[] =>
  Array.from({ length: count }, (_, i) => [
    `${OID.dot1qTpFdbPort}.1.0.${i >> 16}.${(i >> 8) & 255}.${i & 255}.0.2`,
    "2",
    1,
  ]);

let simulator: SnmpSimulator;
beforeAll(async () => {
  simulator = await SnmpSimulator.start({
    qbridge: recordsOf({ name: "sw-q", ports, own: [mac(250)], vlan: 20 }),
    bridge: recordsOf({ name: "sw-b", ports, vlan: null }),
    cat: cisco,
    "cat@1": recordsOf({ name: "cat-1", ports: [], vlan: null }),
    "cat@20": recordsOf({ name: "cat-1", ports: [{ ifIndex: 1, name: "Gi0/1", macs: [mac(9)] }], vlan: null }),
    half: recordsOf({ name: "half", ports, vlan: 20 }).filter(([oid]) => !oid.startsWith(OID.dot1dBasePortIfIndex)),
    many: rows(2_000),
  });
}, 60_000);
afterAll(() => simulator.stop());

const ask = (community: string, limits = ASK_LIMITS, address = simulator.address) =>
  readSwitch(address, { version: "V2C", community }, new ReadingAllowance(limits));

describe("a switch that is asked by SNMP", () => {
  test.each([
    ["qbridge", "sw-q", 20],
    ["bridge", "sw-b", null],
  ])("of %s tells which address is behind which port", async (community, systemName, vlan) => {
    const reading = await ask(community);
    expect(reading.systemName).toBe(systemName);
    expect(reading.entries.map(({ macAddress, port, vlan }) => [macAddress, port, vlan])).toEqual([
      [mac(1), "Gi1/0/1", vlan],
      [mac(2), "Gi1/0/2", vlan],
      [mac(3), "Po1", vlan],
      [mac(4), "Po2", vlan],
      [mac(5), "Po2", vlan],
    ]);
    const told = new Map(reading.ports.map(({ name, ...facts }) => [name, facts]));
    expect(told.get("Gi1/0/1")).toEqual({ alias: "rack A01 U1", aggregate: null, neighbour: null });
    expect(told.get("Gi1/0/2")?.neighbour, "a station is no switch").toBeNull();
    expect(told.get("Gi1/0/4")?.aggregate).toBe("Po1");
    expect(told.get("Po2")?.neighbour, "a member's neighbour is the link's").toBe("core-1");
  });

  test("of Cisco's is asked for each VLAN by itself", async () => {
    expect((await ask("cat")).entries).toEqual([{ macAddress: mac(9), port: "Gi0/1", vlan: 20 }]);
  });

  test("and answers half is told what is missing", async () => {
    await expect(ask("half")).rejects.toThrow("it tells addresses and not dot1dBasePortIfIndex");
  });

  test("and has more rows than a switch of machines is left", async () => {
    await expect(ask("many", { ...ASK_LIMITS, rows: 500 })).rejects.toThrow("more than 500 rows of dot1qTpFdbPort");
  });

  test("and does not answer is given up, at once or in the middle", async () => {
    const nobody = `127.0.0.1:${await freePort()}`;
    await expect(ask("qbridge", { ...ASK_LIMITS, timeoutMs: 50 }, nobody)).rejects.toThrow("it does not answer");
    await expect(ask("qbridge", { ...ASK_LIMITS, deadlineMs: -1 })).rejects.toThrow("it takes longer than");
  });

  test("and goes round in circles is found out", async () => {
    const socket = createSocket("udp4");
    // It answers each question with the same row twice: an agent whose OIDs do not increase.
    socket.on("message", (message, { port, address }) => socket.send(answered(message), port, address));
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
    const address = `127.0.0.1:${socket.address().port}`;
    const agent = new SnmpAgent(address, { version: "V2C", community: "loops" }, new ReadingAllowance());
    await expect(agent.column("ifName", OID.ifName)).rejects.toThrow("it goes round in circles in ifName");
    agent.close();
    socket.close();
  });
});

/** A question's bytes as a response: ifName.1 for whatever is asked. Short BER lengths throughout. */
function answered(message: Buffer): Buffer {
  const community = message.subarray(5, 7 + (message[6] ?? 0));
  const pduAt = 7 + (message[6] ?? 0);
  const id = message.subarray(pduAt + 2, pduAt + 4 + (message[pduAt + 3] ?? 0));
  const ber = (tag: number, ...parts: Buffer[]) => {
    const content = Buffer.concat(parts);
    return Buffer.concat([Buffer.from([tag, content.length]), content]);
  };
  const zero = Buffer.from([2, 1, 0]);
  const oid = Buffer.from([6, 11, 0x2b, 6, 1, 2, 1, 31, 1, 1, 1, 1, 1]);
  const row = ber(0x30, oid, ber(4, Buffer.from("lo")));
  return ber(0x30, message.subarray(2, 5), community, ber(0xa2, id, zero, zero, ber(0x30, row, row)));
}

onBothServers("scans", (server) => {
  test("record what a switch says, and why it could not be asked", async () => {
    const [machine] = await server().register(1);
    const agent = await SnmpSimulator.start({
      live: recordsOf({
        name: "live",
        vlan: 30,
        ports: [...ports, { ifIndex: 7, name: "Gi1/0/7", macs: [machine?.mac ?? ""] }],
      }),
    });
    const create = (name: string, community: string, address = agent.address) =>
      server().ask(
        `mutation { createSwitch(name: "${name}", managementAddress: "${address}", snmp: { version: V2C, community: "${community}" }) { userErrors { message } } }`,
      );
    await create("live", "live");
    await create("bare", "live", "");
    await server().ask(`mutation { scanSwitches(switches: ["live", "bare"]) { userErrors { message } } }`);
    await server().app.switchScans.settle();
    await agent.stop();
    const { nodes } = await server().ask<{ nodes: unknown[] }>(
      `{ sightings { nodes { source port vlan switch { name systemName scanError } machine { serialNumber } } } }`,
    );
    expect(nodes).toEqual([
      {
        source: "snmp",
        port: "Gi1/0/7",
        vlan: 30,
        switch: { name: "live", systemName: "live", scanError: null },
        machine: { serialNumber: machine?.serial },
      },
    ]);
    const bare = await server().ask<{ nodes: unknown[] }>(
      `{ switches(filter: { name: { eq: "bare" } }) { nodes { scannedAt scanError } } }`,
    );
    expect(bare.nodes).toMatchObject([
      { scannedAt: null, scanError: expect.stringContaining("no management address") as string },
    ]);
  });
});
