import { expect, test } from "vitest";
import { Lab } from "./support/lab.js";

const MAC = "52:54:00:77:08:01";

test("UEFI HTTP Boot fetches iPXE from Kickrack, and no TFTP is asked", async () => {
  const lab = await Lab.start({ number: 8 });
  const machine = lab.powerOn({
    name: "http01",
    firmware: "uefi",
    httpBoot: true,
    memoryMiB: 1024,
    smbios: { serialNumber: "HTTP0001", manufacturer: "HPE", product: "ProLiant DL360 Gen11" },
    cards: [await lab.plugIn(MAC)],
  });

  await machine.console.waitFor(/It waits here for its approval/, 180);
  expect(lab.dnsmasq.log.text).toMatch(/vendor class: HTTPClient:Arch:00016/);
  expect(lab.dnsmasq.log.text).not.toMatch(/ sent \S+ to /);
  expect(await lab.machineAs(MAC, "serialNumber platform state")).toEqual({
    serialNumber: "HTTP0001",
    platform: "efi",
    state: "DISCOVERED",
  });
});
