import { expect, test } from "vitest";
import { installAndReport } from "./support/install.js";
import { Lab } from "./support/lab.js";

const MAC = "52:54:00:77:07:01";

test("an arm64 machine registers by GRUB and begins its installation", async () => {
  const lab = await Lab.start({ number: 7, installer: "arm64" });
  const machine = lab.powerOn({
    name: "arm01",
    firmware: "arm64",
    memoryMiB: 1024,
    smbios: { serialNumber: "ARM0001", manufacturer: "Ampere", product: "Mt. Jade" },
    cards: [await lab.plugIn(MAC)],
  });

  await machine.console.waitFor(/It waits here for its approval/, 240);
  expect(lab.dnsmasq.log.text).toMatch(/sent .*\/shimaa64\.efi to/);
  expect(await lab.machineAs(MAC, "serialNumber manufacturer product platform state")).toEqual({
    serialNumber: "ARM0001",
    manufacturer: "Ampere",
    product: "Mt. Jade",
    platform: "efi",
    state: "DISCOVERED",
  });

  await installAndReport(lab, MAC, "arm01", "ttyAMA0");
  expect(await machine.offWithin(300)).toEqual({ code: 0, signal: null });
  expect(await lab.machineAs(MAC, "state hostname")).toEqual({ state: "INSTALLED", hostname: "arm01" });
});
