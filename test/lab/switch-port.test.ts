import { expect, onTestFinished, test } from "vitest";
import { OID } from "../../src/placement/snmp/oids.js";
import { recordsOf } from "../placement/support/simulated-switch.js";
import { SnmpSimulator, type Recorded } from "../placement/support/snmpsim.js";
import { Lab } from "./support/lab.js";
import { eventually, run } from "./support/program.js";

const MAC = "52:54:00:77:13:01";
const OTHER = "52:54:00:77:13:02";

/** What an agent on a Linux bridge would tell: its ports, and which address it has learned behind which. */
async function bridgeTable(bridge: string): Promise<Recorded[]> {
  const rows = JSON.parse(await run("bridge", "-json", "fdb", "show", "br", bridge, "dynamic")) as {
    mac: string;
    ifname: string;
  }[];
  const links = JSON.parse(await run("ip", "-json", "link", "show", "master", bridge)) as {
    ifindex: number;
    ifname: string;
  }[];
  const ports = links.map(({ ifindex, ifname }) => {
    const macs = rows.filter((row) => row.ifname === ifname).map(({ mac }) => mac);
    return { ifIndex: ifindex, name: ifname, macs };
  });
  return [...recordsOf({ name: bridge, ports, vlan: 1 }), [OID.sysObjectId, "6", "1.3.6.1.4.1.8072.3.2.10"]];
}

test("a machine that is plugged into a switch's port is in its rack within 10 s of its first request", async () => {
  // Nobody asks the switch by the clock: that the machine registers has to do.
  const lab = await Lab.start({ number: 13, settings: { KICKRACK_SWITCH_SCAN_SECONDS: "0" } });
  const { name } = lab.bridge;
  const card = await lab.plugIn(MAC);
  await lab.plugIn(OTHER);
  const agent = await SnmpSimulator.start({ lab: await bridgeTable(name) });
  const learn = setInterval(() => void bridgeTable(name).then((records) => agent.change("lab", records)), 500);
  onTestFinished(async () => {
    clearInterval(learn);
    await agent.stop();
  });
  await lab.api.ask(`mutation {
    createRack(name: "A07") { userErrors { message } }
    createSwitch(name: "${name}", managementAddress: "${agent.address}", snmp: { version: V2C, community: "lab" }) { userErrors { message } }
    createPlacementRule(name: "a07", switch: "${name}", rack: "A07", pattern: { pattern: "${name}t{n}", from: 0, to: 9, firstUnit: 12 }) { userErrors { message } }
    expectMachine(rack: "A07", unit: 12, hostname: "web12", manufacturer: "Dell Inc.", product: "PowerEdge R640") { userErrors { message } }
  }`);

  const machine = lab.powerOn({
    name: "web12",
    firmware: "bios",
    smbios: { serialNumber: "PLUGGED1", manufacturer: "Dell Inc.", product: "PowerEdge R640" },
    cards: [card],
  });
  await lab.dnsmasq.log.waitFor(new RegExp(`DHCPDISCOVER.*${MAC}`), 60);
  const began = performance.now();
  await eventually("it has its place, and dnsmasq its name", 30, async () => {
    if (!lab.hostsfile.includes(`${MAC},web12`)) return false;
    const is = await lab.machineAs(MAC, "hostname state shelf { unit rack { name } } place { agreement }");
    expect(is).toEqual({
      hostname: "web12",
      state: "READY",
      shelf: { unit: 12, rack: { name: "A07" } },
      place: { agreement: "AGREES" },
    });
    return true;
  });
  expect((performance.now() - began) / 1_000).toBeLessThan(10);
  await machine.console.waitFor(/Kickrack: web12 in A07 U12, READY/, 30);
});
