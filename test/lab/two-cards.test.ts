import { expect, test } from "vitest";
import { Lab } from "./support/lab.js";

const FIRST = "52:54:00:77:05:01";
const SECOND = "52:54:00:77:05:02";

test("a machine that boots from one card and then from the other is one machine with two interfaces", async () => {
  const lab = await Lab.start({ number: 5 });
  const hardware = {
    name: "two-cards",
    firmware: "bios",
    smbios: { serialNumber: "2CARDS01", manufacturer: "Dell Inc.", product: "PowerEdge R640" },
    cards: [await lab.plugIn(FIRST), await lab.plugIn(SECOND)],
  } as const;

  for (const [bootCard, macAddress] of [FIRST, SECOND].entries()) {
    const machine = lab.powerOn({ ...hardware, bootCard });
    await lab.kickrack.log.waitFor(new RegExp(`msg=registration .*mac=${macAddress}`), 60);
    await machine.pullThePlug();
  }

  const { machine, other, conflicts } = await lab.api.ask<{
    machine: { id: string; ethernetInterfaces: { macAddress: string }[] };
    other: { id: string };
    conflicts: { nodes: unknown[] };
  }>(`{
    machine(macAddress: "${FIRST}") { id ethernetInterfaces { macAddress } }
    other: machine(macAddress: "${SECOND}") { id }
    conflicts(filter: {resolvedAt: {isNull: true}}) { nodes { id } }
  }`);
  expect(other.id).toBe(machine.id);
  expect(machine.ethernetInterfaces.map(({ macAddress }) => macAddress).sort()).toEqual([FIRST, SECOND]);
  expect(conflicts.nodes).toEqual([]);
});
