import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { writeUefiDisk } from "./support/boot-disk.js";
import { installAndReport } from "./support/install.js";
import { Lab } from "./support/lab.js";
import type { Hardware } from "./support/machine.js";

const MAC = "52:54:00:77:02:01";
const LOCAL_DISK_SPEAKS = "This is the EFI system partition of db01.";

test("a UEFI machine is installed, and then boots its disk by the method that brings it there, which is remembered", async () => {
  const lab = await Lab.start({ number: 2, installer: "amd64" });
  lab.kickrackCommand("image", "grub-local");
  const hardware: Hardware = {
    name: "uefi",
    firmware: "uefi",
    memoryMiB: 1024, // the installer unpacks itself into memory
    smbios: { serialNumber: "CZJ1230ABC", manufacturer: "HPE", product: "ProLiant DL360 Gen10" },
    cards: [await lab.plugIn(MAC)],
    // As after the loss of the firmware's variables: nothing but a boot loader that no boot option names.
    disk: writeUefiDisk(join(lab.folder, "disk"), "EFI/debian/shimx64.efi", LOCAL_DISK_SPEAKS),
  };

  const machine = lab.powerOn(hardware);
  await machine.console.waitFor(/It waits here for its approval/, 180);
  // OVMF's own PXE asked first and was given snponly.efi; the iPXE in it came back as iPXE.
  expect(lab.dnsmasq.log.text).toMatch(/vendor class: PXEClient:Arch:00007:UNDI/);
  expect(lab.dnsmasq.log.text).toMatch(/sent .*\/snponly\.efi to/);

  await installAndReport(lab, MAC, "db01", "ttyS0,115200n8");
  expect(await machine.offWithin(400)).toEqual({ code: 0, signal: null });
  expect(await lab.machineAs(MAC, "serialNumber manufacturer product state platform hostname")).toEqual({
    serialNumber: "CZJ1230ABC",
    manufacturer: "HPE",
    product: "ProLiant DL360 Gen10",
    state: "INSTALLED",
    platform: "efi",
    hostname: "db01",
  });

  // After PXE this firmware goes on with HTTP Boot over the same card, and so to Kickrack again.
  const again = lab.powerOn(hardware);
  await again.console.waitFor(/Kickrack: db01 in A07 U12, INSTALLED/, 120);
  await again.console.waitFor(/booting the local disk \(UEFI EXIT/, 30);
  // iPXE has to leave with a failure: after a success EDK2 opens its setup menu instead of the next boot option.
  await again.console.waitFor(/BdsDxe: failed to start .*PXEv4/, 30);
  await again.console.waitFor(/booting the local disk \(UEFI GRUB/, 120);
  await again.console.waitFor(LOCAL_DISK_SPEAKS, 90);
  await again.pullThePlug();
  // Who asks within a minute is taken for one that its disk has sent back, and a quick firmware asks within eight seconds.
  await setTimeout(61_000);

  const remembered = lab.powerOn(hardware);
  await remembered.console.waitFor(LOCAL_DISK_SPEAKS, 180);
  expect(remembered.console.text.match(/booting the local disk \(UEFI \w+/g)).toEqual([
    "booting the local disk (UEFI GRUB",
  ]);
});
