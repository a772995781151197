import { expect, test } from "vitest";
import { Lab } from "./support/lab.js";

const BIOS = "52:54:00:77:09:01";
const UEFI = "52:54:00:77:09:02";

test("beside a foreign DHCP server, whose address they take, a BIOS and a UEFI machine boot what Kickrack offers", async () => {
  const lab = await Lab.start({ number: 9, settings: { KICKRACK_DNSMASQ_DHCP: "proxy" } });
  const made = { manufacturer: "HPE", product: "ProLiant DL360 Gen10" };
  const bios = lab.powerOn({
    name: "proxy-bios",
    firmware: "bios",
    smbios: { ...made, serialNumber: "PROXY1" },
    cards: [await lab.plugIn(BIOS)],
  });
  const uefi = lab.powerOn({
    name: "proxy-uefi",
    firmware: "uefi",
    smbios: { ...made, serialNumber: "PROXY2" },
    cards: [await lab.plugIn(UEFI)],
  });

  for (const machine of [bios, uefi]) await machine.console.waitFor(/It waits here for its approval/, 180);
  for (const mac of [BIOS, UEFI]) {
    expect(lab.foreign.log.text).toMatch(new RegExp(`DHCPACK\\(\\S+\\) 10\\.77\\.9\\.\\d+ ${mac}`));
    expect(await lab.machineAs(mac, "state")).toEqual({ state: "DISCOVERED" });
  }
  expect(lab.dnsmasq.log.text).not.toMatch(/DHCPACK/);
  expect(lab.dnsmasq.log.text).toMatch(/sent .*\/snponly\.efi to/);

  await lab.api.ask(`mutation {
    approveMachines(machines: ["${BIOS}", "${UEFI}"]) { userErrors { message } }
  }`);
  for (const machine of [bios, uefi]) await machine.console.waitFor(/Kickrack: proxy\d, READY/, 30);
});
