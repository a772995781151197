import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { PortMap } from "../../../src/placement/floor/port-map.js";
import { readCircuitId, subOptionText } from "../../../src/placement/option82/circuit-id.js";
import { portOfOption82 } from "../../../src/placement/option82/port-of-option82.js";
import { portKey } from "../../../src/placement/switch/port-name.js";

const place = (switchId: number, port: string, unit: number) => {
  const spot = { rack: "A07", unit, column: 1, columns: 1, face: null };
  return { switchId, port, portKey: portKey(port), spot };
};
const known = (id: number, name: string, chassisId: string | null, managementAddress: string | null) => {
  return { id, name, chassisId, managementAddress, systemName: null, readAt: null };
};
const switches = [
  known(1, "sw-a07", "00:11:22:33:44:55", "10.0.0.7:1161"),
  known(2, "sw-a08", null, "[2001:db8::8]"),
  known(3, "router", null, "10.0.0.1"),
];
const told = { systemName: null, chassisId: null, portId: null, portDescription: null, portName: null };
const bytes = (hex: string) => Buffer.from(hex.replace(/[^0-9a-f]/gi, ""), "hex");

const rows = readFileSync(join(import.meta.dirname, "circuit-ids.tsv"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split("\t") as [who: string, circuit: string, has: string, meant: string]);

test.each(rows)("%s: %s", (_, circuit, has, meant) => {
  const numbers = Array.from({ length: 48 }, (_, i) => String(i + 1));
  const ports = has.split(",").flatMap((pattern) => numbers.map((n) => pattern.replace("{n}", n)));
  const map = new PortMap(
    switches,
    [],
    [...new Set(ports)].map((port, i) => place(1, port, i)),
  );
  const portId = circuit.startsWith("hex:") ? subOptionText(bytes(circuit.slice(4))) : circuit;
  const { known, port } = portOfOption82(map, { ...told, chassisId: "00:11:22:33:44:55", portId });
  expect(known?.name).toBe("sw-a07");
  expect(map.spotOf(1, portKey(port)) === null ? "-" : port).toBe(meant);
});

describe("the switch", () => {
  const map = new PortMap(switches, [], [place(1, "Gi1/0/7", 7), place(2, "swp7", 7)]);
  test.each([
    ["its MAC address, behind Cisco's header", { chassisId: "00:06:00:11:22:33:44:55" }, "sw-a07"],
    ["its MAC address in another spelling", { chassisId: "0011.2233.4455" }, "sw-a07"],
    [
      "its name, behind Cisco's header",
      { chassisId: subOptionText(bytes("0106" + Buffer.from("sw-a08").toString("hex"))) },
      "sw-a08",
    ],
    ["its name with a domain", { chassisId: "sw-a08.example.net" }, "sw-a08"],
    ["its name in the circuit id", { portId: "sw-a07:Gi1/0/7:10", systemName: "10.0.0.1" }, "sw-a07"],
    ["the relay's address, where nothing else is known", { chassisId: "who knows", systemName: "10.0.0.7" }, "sw-a07"],
    ["the relay's address in IPv6", { systemName: "2001:db8::8" }, "sw-a08"],
    [
      "the remote id before the relay, which is the router behind it",
      { chassisId: "sw-a07", systemName: "10.0.0.1" },
      "sw-a07",
    ],
    ["nobody", { chassisId: "sw-a09", systemName: "10.9.9.9" }, undefined],
  ])("is found by %s", (_, what, name) => {
    expect(portOfOption82(map, { ...told, ...what }).known?.name).toBe(name);
  });

  test("of one address twice is nobody", () => {
    const twice = new PortMap([known(1, "a", null, "10.0.0.1"), known(2, "b", null, "10.0.0.1")], [], []);
    expect(portOfOption82(twice, { ...told, systemName: "10.0.0.1" }).known).toBeUndefined();
  });
});

test("a port that dnsmasq's configuration names goes before what the relay says", () => {
  const map = new PortMap(switches, [], [place(1, "Gi1/0/7", 7), place(1, "Gi1/0/8", 8)]);
  const what = { ...told, chassisId: "sw-a07", portName: "gigabitethernet 1/0/8", portId: "Gi1/0/7" };
  expect(portOfOption82(map, what).port).toBe("Gi1/0/8");
});

test.each([
  ["47693 12f302f37", "Gi1/0/7"],
  ["0107 4769312f302f37", "01:07:47:69:31:2f:30:2f:37"],
  ["ffff", "ff:ff"],
  ["0a", "0a"],
  ["c3a9", "é"],
  ["20204769 2020", "Gi"],
  ["", null],
])("the bytes %s are kept as %s", (hex, text) => {
  expect(subOptionText(bytes(hex))).toBe(text);
});

test("any bytes are read, and no part of them is lost", () => {
  const lost = Array.from({ length: 5_000 }, (_, seed) => {
    const octets = Array.from({ length: seed % 17 }, (_, i) => (seed * (i + 7) * 2654435761) >>> (i + (seed % 24)));
    const text = subOptionText(Buffer.from(octets));
    return text === null || readCircuitId(text).words[0] === text ? [] : [text];
  });
  expect(lost.flat()).toEqual([]);
});
