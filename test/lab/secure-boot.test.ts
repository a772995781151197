import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeSignedDisk } from "./support/boot-disk.js";
import { SIGNED } from "./support/debian-packages.js";
import { installAndReport } from "./support/install.js";
import { Lab } from "./support/lab.js";
import type { Hardware } from "./support/machine.js";
import { plainGet } from "./support/plain-http.js";

const MAC = "52:54:00:77:10:01";
const LOCAL_DISK_SPEAKS = "This is the signed loader of sec01.";

test("with Secure Boot on, shim and GRUB boot Debian's installer and then the disk, and iPXE is refused", async () => {
  const lab = await Lab.start({ number: 10, installer: "amd64", settings: { KICKRACK_DNSMASQ_UEFI: "grub" } });
  const hardware: Hardware = {
    name: "sec01",
    firmware: "secure",
    memoryMiB: 1024, // the installer unpacks itself into memory
    smbios: { serialNumber: "SEC0001", manufacturer: "HPE", product: "ProLiant DL360 Gen11" },
    cards: [await lab.plugIn(MAC)],
    disk: writeSignedDisk(join(lab.folder, "disk"), LOCAL_DISK_SPEAKS),
  };

  // The control: what nobody has signed, in the place of what Microsoft has.
  const shim = join(lab.tftpRoot, "shimx64.efi");
  copyFileSync(join(lab.tftpRoot, "snponly.efi"), shim);
  const refused = lab.powerOn(hardware);
  await refused.console.waitFor(/BdsDxe: failed to load Boot\d+ "UEFI PXEv4.*: Access Denied/, 120);
  await refused.pullThePlug();
  copyFileSync(SIGNED.shim, shim);

  await plainGet(`${lab.kickrack.bootUrl}/inventory/SEC0001/${MAC}/HPE/ProLiant%20DL360%20Gen11?platform=efi`);
  const machine = lab.powerOn(hardware);
  await machine.console.waitFor(/Kickrack has no \/grub\/grub\.cfg-01-52:54:00:77:10:01 for this machine/, 120);
  await installAndReport(lab, MAC, "sec01", "ttyS0,115200n8");
  expect(await machine.offWithin(400)).toEqual({ code: 0, signal: null });
  expect(machine.console.text).toMatch(/secureboot: Secure boot enabled/);
  expect(machine.console.text).toMatch(/Kernel is locked down from EFI Secure Boot/);
  expect(await lab.machineAs(MAC, "state hostname")).toEqual({ state: "INSTALLED", hostname: "sec01" });

  const again = lab.powerOn(hardware);
  await again.console.waitFor(LOCAL_DISK_SPEAKS, 300);
  expect(again.console.text).toMatch(/sec01 in A07 U12, INSTALLED/);
});
