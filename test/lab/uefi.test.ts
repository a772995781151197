import { expect, test } from "vitest";
import { join } from "node:path";
import { writeUefiDisk } from "./support/boot-disk.js";
import { Lab } from "./support/lab.js";

const MAC = "52:54:00:77:02:01";
const LOCAL_DISK_SPEAKS = "This is the EFI system partition of db01.";

test("a UEFI machine registers, gets its menu once it is approved, and leaves it for its disk", async () => {
  const lab = await Lab.start({ number: 2 });
  const machine = lab.powerOn({
    name: "uefi",
    firmware: "uefi",
    smbios: { serialNumber: "CZJ1230ABC", manufacturer: "HPE", product: "ProLiant DL360 Gen10" },
    cards: [await lab.plugIn(MAC)],
    disk: writeUefiDisk(join(lab.folder, "disk"), LOCAL_DISK_SPEAKS),
  });

  await machine.console.waitFor(/It waits here for its approval/, 180);
  // OVMF's own PXE asked first and was given snponly.efi; the iPXE in it came back as iPXE.
  expect(lab.dnsmasq.log.text).toMatch(/vendor class: PXEClient:Arch:00007:UNDI/);
  expect(lab.dnsmasq.log.text).toMatch(/sent .*\/snponly\.efi to/);

  await lab.api.ask(`mutation {
    approveMachines(machines: ["${MAC}"]) { userErrors { code field message } }
    updateMachine(machine: "${MAC}", hostname: "db01") { userErrors { code field message } }
  }`);
  await machine.console.waitFor(/Kickrack: db01, READY/, 15);
  // iPXE has to leave with a failure: after a success EDK2 opens its setup menu instead of the next boot option.
  await machine.console.waitFor(/BdsDxe: failed to start .*PXEv4/, 30);
  // Its next options are PXEv6, HTTPv4 and HTTPv6 over the same card, one minute each as long as there is a link.
  await machine.unplug(0);
  await machine.console.waitFor(LOCAL_DISK_SPEAKS, 60);

  const answer = await lab.api.ask<{ machine: unknown }>(
    `{ machine(macAddress: "${MAC}") { serialNumber manufacturer product state platform } }`,
  );
  expect(answer.machine).toEqual({
    serialNumber: "CZJ1230ABC",
    manufacturer: "HPE",
    product: "ProLiant DL360 Gen10",
    state: "READY",
    platform: "efi",
  });
});
