import { join } from "node:path";
import { expect, test } from "vitest";
import { writeBiosDisk } from "./support/boot-disk.js";
import { installAndReport } from "./support/install.js";
import { Lab } from "./support/lab.js";
import type { Hardware } from "./support/machine.js";

const MAC = "52:54:00:77:01:01";
const LOCAL_DISK_SPEAKS = "This is the local disk of web01.";

test("a machine nobody knew is inventoried, waits, is placed and armed, installs itself and then boots its disk", async () => {
  const lab = await Lab.start({ number: 1, installer: "amd64" });
  const hardware: Hardware = {
    name: "web01",
    firmware: "bios",
    memoryMiB: 1024, // the installer unpacks itself into memory
    smbios: {
      serialNumber: "MA6S 000/1   ",
      manufacturer: "FUJITSU-SV   ",
      product: "PRIMERGY RX200/S6+ ",
      uuid: "4c4c4544-005a-3110-8058-cac04f513453",
    },
    cards: [await lab.plugIn(MAC)],
    disk: writeBiosDisk(join(lab.folder, "web01.img"), LOCAL_DISK_SPEAKS),
  };

  const machine = lab.powerOn(hardware);
  await machine.console.waitFor(/It waits here for its approval/, 90);
  expect(
    await lab.machineAs(MAC, "serialNumber manufacturer product uuid state ethernetInterfaces { macAddress }"),
  ).toEqual({
    serialNumber: "MA6S 000/1",
    manufacturer: "FUJITSU-SV",
    product: "PRIMERGY RX200/S6+",
    uuid: "4c4c4544-005a-3110-8058-cac04f513453",
    state: "DISCOVERED",
    ethernetInterfaces: [{ macAddress: MAC }],
  });

  await installAndReport(lab, MAC, "web01", "ttyS0,115200n8");
  await machine.console.waitFor(/images\/debian-12\/linux/, 15);

  expect(await machine.offWithin(300)).toEqual({ code: 0, signal: null });
  expect(
    await lab.machineAs(MAC, "state hostname installation { state events { nodes { kind } } profile { name } }"),
  ).toEqual({
    state: "INSTALLED",
    hostname: "web01",
    installation: {
      state: "DONE",
      events: { nodes: ["armed", "config", "started", "done"].map((kind) => ({ kind })) },
      profile: { name: "debian-12" },
    },
  });
  expect(machine.console.text).not.toContain(LOCAL_DISK_SPEAKS);

  // dnsmasq 2.86 to 2.90 dies of the SIGHUP after it has served a machine whose hostsfile line has a set:TAG.
  expect(lab.dnsmasq.running).toBe(true);
  const again = lab.powerOn(hardware);
  await again.console.waitFor(LOCAL_DISK_SPEAKS, 90);
  expect(again.console.text).toMatch(/Kickrack: web01/); // it was Kickrack's menu that sent it there
  expect(again.console.text).not.toMatch(/images\/debian-12\/linux/);

  const { status, body } = await lab.api.download("/racks/A07.svg");
  expect(status).toBe(200);
  expect(body).toContain("<title>web01\nPRIMERGY RX200/S6+\nU12 · Installed\nFUJITSU-SV\nS/N MA6S 000/1</title>");
});
