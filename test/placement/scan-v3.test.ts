import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OID } from "../../src/placement/snmp/oids.js";
import { readSwitch } from "../../src/placement/snmp/read-switch.js";
import { ASK_LIMITS, ReadingAllowance } from "../../src/placement/snmp/reading-allowance.js";
import { credentialsOf, type GivenCredentials } from "../../src/placement/switch/switch-credentials.js";
import { recordsOf } from "./support/simulated-switch.js";
import { Snmpd } from "./support/snmpd.js";
import { SnmpSimulator, type Recorded } from "./support/snmpsim.js";

const mac = (i: number) => `00:26:2d:ac:00:${i.toString(16).padStart(2, "0")}`;
const USERS = [
  "createUser sha SHA authpass123 AES privpass123",
  "createUser sha512 SHA-512 authpass123 AES privpass123",
  "createUser md5 MD5 authpass123 AES privpass123",
  "createUser noprivacy SHA authpass123",
  ...["sha", "sha512", "md5", "noprivacy"].map((user) => `group all usm ${user}`),
  "view all included .1",
];
const ports = [{ ifIndex: 901, name: "Gi1/0/1", macs: [mac(1)] }];

let agent: Snmpd;
let cisco: Snmpd;
let vlans: SnmpSimulator;
beforeAll(async () => {
  agent = await Snmpd.start(recordsOf({ name: "sw-v3", ports, vlan: 20 }), [
    ...USERS,
    'access all "" usm auth exact all none none',
  ]);
  // A Catalyst as snmpd can be one: the context of each VLAN is an agent of its own, behind it.
  vlans = await SnmpSimulator.start({
    vlan20: recordsOf({ name: "cat", ports, vlan: null }),
    vlan1: recordsOf({ name: "cat", ports: [], vlan: null }),
  });
  const base: Recorded[] = [
    ...recordsOf({ name: "cat-v3", ports: [{ ifIndex: 901, name: "Gi1/0/1" }], vlan: null }).filter(
      ([oid]) => !oid.startsWith(OID.dot1dBasePortIfIndex),
    ),
    [OID.sysObjectId, "6", "1.3.6.1.4.1.9.1.516"],
    ...[1, 20, 1002].map((vlan): Recorded => [`${OID.vtpVlanState}.1.${vlan}`, "2", 1]),
  ];
  cisco = await Snmpd.start(base, [
    ...USERS,
    'access all "" usm priv prefix all none none',
    ...["vlan1", "vlan20"].map(
      (community) =>
        `proxy -Cn ${community.replace("vlan", "vlan-")} -v 2c -c ${community} ${vlans.address} .1.3.6.1.2.1.17`,
    ),
  ]);
}, 60_000);
afterAll(() => Promise.all([agent.stop(), cisco.stop(), vlans.stop()]));

const SHA = { version: "V3", user: "sha", authPassword: "authpass123", privacyPassword: "privpass123" } as const;
const ask = (given: GivenCredentials, address = agent.address) =>
  readSwitch(address, credentialsOf(given), new ReadingAllowance({ ...ASK_LIMITS, timeoutMs: 1_000 }));

describe("net-snmp's own agent, by SNMP v3", () => {
  test.each<[string, GivenCredentials]>([
    ["SHA and AES", SHA],
    ["SHA-512 and AES", { ...SHA, user: "sha512", authProtocol: "SHA512" }],
    ["MD5 and AES", { ...SHA, user: "md5", authProtocol: "MD5" }],
    ["authentication alone", { ...SHA, user: "noprivacy", privacyPassword: null }],
  ])("is read with %s", async (_, given) => {
    const { systemName, entries } = await ask(given);
    expect([systemName, entries]).toEqual(["sw-v3", [{ macAddress: mac(1), port: "Gi1/0/1", vlan: 20 }]]);
  });

  test.each<[string, GivenCredentials, RegExp]>([
    ["a wrong password", { ...SHA, authPassword: "wrongpass123" }, /password/i],
    ["a wrong password of its encryption", { ...SHA, privacyPassword: "wrongpass123" }, /encrypt|password|answer/i],
    ["an unknown user", { ...SHA, user: "nobody" }, /user/i],
    [
      "DES, which OpenSSL has put away",
      { ...SHA, privacyProtocol: "DES" },
      /DES is too old for this Node; have the switch use AES/,
    ],
    ["less than the agent wants", { ...SHA, authPassword: null, privacyPassword: null }, /level|author|read/i],
  ])("says what is wrong of %s, and never the password", async (_, given, says) => {
    const fault = await ask(given).catch((error: unknown) => error as Error);
    expect(fault).toMatchObject({ name: "ScanFault", message: expect.stringMatching(says) as string });
    expect((fault as Error).message).not.toMatch(/(auth|priv|wrong)pass/);
  });
});

test("Cisco's VLANs are read in the context of each, by SNMP v3", async () => {
  expect((await ask(SHA, cisco.address)).entries).toEqual([{ macAddress: mac(1), port: "Gi1/0/1", vlan: 20 }]);
});
