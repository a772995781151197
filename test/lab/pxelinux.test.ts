import { join } from "node:path";
import { expect, test } from "vitest";
import { writeBiosDisk } from "./support/boot-disk.js";
import { Lab } from "./support/lab.js";
import type { Hardware } from "./support/machine.js";

const MAC = "52:54:00:77:03:01";
const LOCAL_DISK_SPEAKS = "This is the local disk of old01.";

test("as in the article, an unknown machine gets iPXE and, once approved, PXELINUX from the same dnsmasq", async () => {
  const lab = await Lab.start({ number: 3, settings: { KICKRACK_DNSMASQ_MODE: "pxelinux" } });
  const hardware: Hardware = {
    name: "old01",
    firmware: "bios",
    smbios: { serialNumber: "MA6S000000", manufacturer: "FUJITSU-SV", product: "PRIMERGY RX200 S6" },
    cards: [await lab.plugIn(MAC)],
    disk: writeBiosDisk(join(lab.folder, "old01.img"), LOCAL_DISK_SPEAKS),
  };
  const pid = lab.dnsmasq.pid;

  const unknown = lab.powerOn(hardware);
  await unknown.console.waitFor(/It waits here for its approval/, 90);
  expect(unknown.console.text).toMatch(/SNreg\.ipxe/);
  await unknown.pullThePlug();

  await lab.handOver(
    () =>
      lab.api.ask(`mutation {
        approveMachines(machines: ["${MAC}"]) { userErrors { code field message } }
        updateMachine(machine: "${MAC}", hostname: "old01") { userErrors { code field message } }
      }`),
    new RegExp(`^${MAC},old01$`, "m"),
  );

  const known = lab.powerOn(hardware);
  await known.console.waitFor(/PXELINUX \d/, 90);
  await known.console.waitFor(/Kickrack: old01/, 30);
  await known.console.waitFor(LOCAL_DISK_SPEAKS, 30);
  expect(known.console.text).not.toMatch(/SNreg\.ipxe/);
  // QEMU's boot ROM is an iPXE itself: its option 175 must not win over its being known.
  expect(lab.dnsmasq.log.text).toMatch(/tags: (?=.*\bknown\b)(?=.*\bipxe\b)/);
  expect(lab.dnsmasq.log.text).toContain(`sent ${lab.folder}/exports/tftpboot/pxelinux.cfg/01-52-54-00-77-03-01 to`);

  expect(lab.dnsmasq.running).toBe(true);
  expect(lab.dnsmasq.pid).toBe(pid);
});
