import { expect, test } from "vitest";
import { portKey } from "../../src/placement/switch/port-name.js";

test.each([
  ["Gi1/0/7", "GigabitEthernet1/0/7", "gi1/0/7", "GigabitEthernet 1/0/7", "GE1/0/7", " Gig 1/0/7 "],
  ["Fa0/1", "FastEthernet0/1"],
  ["Te1/1", "TenGigabitEthernet1/1", "Ten-GigabitEthernet1/1", "XGE1/1", "XGigabitEthernet1/1", "10GE1/1"],
  ["Tw1/0/1", "TwoGigabitEthernet1/0/1"],
  ["Fi1/0/1", "FiveGigabitEthernet1/0/1"],
  ["Twe1/0/1", "TwentyFiveGigE1/0/1", "Twenty-FiveGigE1/0/1", "25GE1/0/1"],
  ["Fo1/0/1", "FortyGigabitEthernet1/0/1", "fortyGigE 1/0/1", "40GE1/0/1"],
  ["Hu1/0/1", "HundredGigE1/0/1", "100GE1/0/1"],
  ["Eth1/7", "Ethernet1/7", "Et1/7", "ethernet 1/7"],
  ["Eth1/1/7:1", "ethernet1/1/7:1"],
  ["Po1", "port-channel1", "Port-channel 1"],
  ["BAGG1", "Bridge-Aggregation1"],
  ["xe-0/0/7", "xe-0/0/7.0", "XE-0/0/7"],
  ["xe-0/0/7:1", "xe-0/0/7:1.0"],
  ["ae3", "ae3.0"],
  ["swp7", "SWP7"],
])("%s is the same port in every spelling", (name, ...others) => {
  for (const other of others) expect(portKey(other), other).toBe(portKey(name));
});

test("ports that differ have keys that differ", () => {
  const names = [
    ...["Gi1/0/7", "Gi1/0/17", "Gi1/7", "Te1/0/7", "Twe1/0/7", "Tw1/0/7", "Fo1/0/7", "Fou1/0/7", "Hu1/0/7", "Eth1/7"],
    ...[
      "xe-0/0/7",
      "xe-0/0/7.100",
      "ge-0/0/7",
      "et-0/0/7",
      "Gi1/0/7.100",
      "swp7",
      "swp7s0",
      "ether7",
      "7",
      "1/7",
      "A7",
    ],
    ...["Po7", "ae7", "bond7", "sfp-sfpplus7", "1", "", "Slot: 0 Port: 7"],
  ];
  expect(new Set(names.map(portKey)).size).toBe(names.length);
});

test("a key is its own key", () => {
  for (const name of ["GigabitEthernet1/0/7", "25GE1/0/1", "xe-0/0/7.0", "Trk1", "sfp-sfpplus1"]) {
    expect(portKey(portKey(name))).toBe(portKey(name));
  }
});
