import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { dhcpHosts, parseDhcpHost, printDhcpHost, type KnownHost } from "../../src/dhcp/hostsfile.js";
import { hostnameCandidates, hostnameFault } from "../../src/machine/hostname.js";
import type { MacAddress } from "../../src/machine/mac-address.js";
import { MACHINE_STATES } from "../../src/machine/machine-state.js";
import { HOSTILE_LABELS, randomNumbers, seed } from "../rack/drawing/random-racks.js";
import { Dnsmasq, dnsmasqFault } from "./dnsmasq.js";

const mac = (i: number) =>
  `52:54:00:ab:${(i >> 8).toString(16).padStart(2, "0")}:${(i & 255).toString(16).padStart(2, "0")}` as MacAddress;
const machine = (change: Partial<KnownHost> = {}): KnownHost => {
  return { state: "READY", locked: false, hostname: "web01", macAddresses: [mac(1)], ...change };
};
const lines = (change: Partial<KnownHost>) => dhcpHosts(machine(change)).map(printDhcpHost);

/** Names that dnsmasq reads as something else, or not at all. */
const NO_NAMES = [
  ...[
    "ignore",
    "infinite",
    "12",
    "12h",
    "1s",
    "5m",
    "7d",
    "2w",
    "0",
    "IGNORE",
    "web01.example.net",
    "-a",
    "a-",
    "",
    " ",
  ],
  ...[
    "a b",
    "a,ignore",
    "a,set:x",
    "set:x",
    "tag:x",
    "id:01",
    "net:x",
    "a\nb",
    "a\0b",
    "a#b",
    "# a",
    "*",
    "a".repeat(64),
    "ä",
  ],
  ...["10.0.0.1", "52:54:00:00:00:01", "[::1]", "a_b", "a/b", "${a}", "option:12", ...HOSTILE_LABELS],
];
/** Odd ones that it takes. */
const NAMES = [
  "a",
  "7up",
  "12x",
  "1h2m",
  "h12",
  "12-h",
  "0x1f",
  "infinite1",
  "ignored",
  "web-01",
  "xn--a",
  "a".repeat(63),
  "9".repeat(62) + "x",
];

describe("the lines of a machine", () => {
  test.each([
    ["DISCOVERED", false, []],
    ["READY", false, [`${mac(1)},web01`]],
    ["ARMED", false, [`${mac(1)},web01`]],
    ["INSTALLING", false, [`${mac(1)},web01`]],
    ["INSTALLED", false, [`${mac(1)},web01`]],
    ["FAILED", false, [`${mac(1)},web01`]],
    ["RETIRED", false, [`${mac(1)},ignore`]],
    ...MACHINE_STATES.map((state) => [state, true, [`${mac(1)},ignore`]] as const),
  ] as const)("%s, locked %s: %j", (state, locked, expected) => {
    expect(lines({ state, locked })).toEqual(expected);
  });

  test("one line has 40 ports at most, and fits dnsmasq's 1,024 characters with the longest name", () => {
    const macAddresses = Array.from({ length: 81 }, (_, i) => mac(i));
    const printed = lines({ macAddresses, hostname: "x".repeat(63) });
    expect(printed.map((line) => line.split(",").length - 1)).toEqual([40, 40, 1]);
    for (const line of printed) expect(line.length).toBeLessThan(1_024);
    expect(
      lines({ macAddresses, locked: true })
        .join(",")
        .match(/ignore/g),
    ).toHaveLength(3);
    expect(lines({ macAddresses: [] })).toEqual([]);
    expect(lines({ macAddresses: [], locked: true })).toEqual([]);
  });

  test.each(NO_NAMES.map((name) => [name]))("the name %j stays out, and the machine stays known", (hostname) => {
    expect(lines({ hostname })).toEqual([mac(1)]);
    expect(lines({ hostname, locked: true })).toEqual([`${mac(1)},ignore`]);
  });
});

test("what is printed reads back as what was meant, for any machine", () => {
  const random = randomNumbers(seed);
  for (let i = 0; i < 5_000; i++) {
    const names = [...NO_NAMES, ...NAMES];
    const hosts = dhcpHosts({
      state: MACHINE_STATES[random(MACHINE_STATES.length)] ?? "READY",
      locked: random(4) === 0,
      hostname: random(5) === 0 ? null : (names[random(names.length)] ?? null),
      macAddresses: Array.from({ length: random(90) }, () => mac(random(65_536))),
    });
    for (const host of hosts) expect(parseDhcpHost(printDhcpHost(host)), `KICKRACK_TEST_SEED=${seed}`).toEqual(host);
  }
});

test.each([
  "",
  "web01",
  "ignore",
  ",",
  `${mac(1)},`,
  `${mac(1)},12h`,
  `${mac(1)},infinite`,
  `${mac(1)},set:install,web01`,
  `${mac(1)},10.0.0.1`,
  `${mac(1)} web01`,
  ` ${mac(1)}`,
  `${mac(1).replaceAll(":", "-")}`,
  `${mac(1).toUpperCase()},web01`,
  "52:54:00:*:*:*,web01",
  "# a comment",
  `${mac(1)},web01 # a comment`,
])("%j is not read back", (line) => {
  expect(() => parseDhcpHost(line)).toThrow(/dnsmasq would not read|no MAC address/);
});

describe("the real dnsmasq", () => {
  const stops: Array<() => Promise<void>> = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  test("takes every line that is printed, and refuses what the control has in it", () => {
    const printed = [...NAMES, ...NO_NAMES].flatMap((hostname) => [
      ...lines({ hostname }),
      ...lines({ hostname, locked: true }),
    ]);
    for (const line of new Set(printed)) expect([line, dnsmasqFault(`--dhcp-host=${line}`)]).toEqual([line, undefined]);
    for (const name of NAMES) expect([name, hostnameFault(name)]).toEqual([name, undefined]);
    expect(dnsmasqFault(`--dhcp-host=${mac(1)},-a`)).toMatch(/bad/);
  });

  test("loads a whole hostsfile, and again on SIGHUP, without a word against a line", async () => {
    const folder = mkdtempSync(join(tmpdir(), "kickrack-test-"));
    const file = join(folder, "hostsfile");
    const hosts = [...NAMES, ...NO_NAMES].flatMap((hostname, i) => {
      const macAddresses = Array.from({ length: 1 + (i % 90) }, (_, port) => mac(i * 100 + port));
      return [...lines({ hostname, macAddresses }), ...lines({ macAddresses: [mac(50_000 + i)], locked: true })];
    });
    writeFileSync(file, hosts.map((line) => `${line}\n`).join(""));
    const dnsmasq = new Dnsmasq(file);
    stops.push(
      () => dnsmasq.stop(),
      () => Promise.resolve(rmSync(folder, { recursive: true })),
    );
    await dnsmasq.read(1);
    process.kill(dnsmasq.pid, "SIGHUP");
    await dnsmasq.read(2);
    expect(dnsmasq.complaints).toEqual([]);
    // The control: it does complain.
    writeFileSync(file, `${mac(1)},-a\n`);
    process.kill(dnsmasq.pid, "SIGHUP");
    await dnsmasq.read(3);
    expect(dnsmasq.complaints).toEqual([expect.stringContaining("bad DHCP host name at line 1")]);
  });
});

test("a name that a machine's serial number becomes is one that dnsmasq takes for a name", () => {
  for (const serialNumber of [...NO_NAMES, ...NAMES]) {
    for (const name of hostnameCandidates({ id: 7, serialNumber, macAddresses: [mac(1)] })) {
      expect([serialNumber, name, dnsmasqFault(`--dhcp-host=${mac(1)},${name}`)]).toEqual([
        serialNumber,
        name,
        undefined,
      ]);
      expect(parseDhcpHost(`${mac(1)},${name}`).hostname).toBe(name);
    }
  }
});
