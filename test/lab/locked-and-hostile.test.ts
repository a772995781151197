import { join } from "node:path";
import { expect, test } from "vitest";
import { writeBiosDisk } from "./support/boot-disk.js";
import { Lab } from "./support/lab.js";
import { plainGet } from "./support/plain-http.js";

const LOCAL_DISK_SPEAKS = "This is the disk of a locked machine.";

test("a locked machine is ignored by dnsmasq, gets no address and starts from its disk", async () => {
  const lab = await Lab.start({ number: 4 });
  const macAddress = "52:54:00:77:04:01";
  const smbios = { serialNumber: "LOCKED01", manufacturer: "HPE", product: "ProLiant DL360 Gen10" };
  await plainGet(`${lab.kickrack.bootUrl}/inventory/LOCKED01/${macAddress}/HPE/ProLiant%20DL360%20Gen10`);

  await lab.handOver(
    () =>
      lab.api.ask(`mutation {
        approveMachines(machines: ["LOCKED01"]) { userErrors { message } }
        lockMachines(machines: ["LOCKED01"]) { userErrors { message } }
      }`),
    new RegExp(`^${macAddress},.*ignore$`, "m"),
  );
  const machine = lab.powerOn({
    name: "locked",
    firmware: "bios",
    smbios,
    cards: [await lab.plugIn(macAddress)],
    disk: writeBiosDisk(join(lab.folder, "locked.img"), LOCAL_DISK_SPEAKS),
  });

  await lab.dnsmasq.log.waitFor(`${macAddress} ignored`, 30);
  await machine.console.waitFor(LOCAL_DISK_SPEAKS, 90);
  expect(lab.dnsmasq.log.text).not.toMatch(/DHCPOFFER/);
  expect(machine.console.text).not.toMatch(/10\.77\.4\./);
});

/**
 * Who sits at a machine chooses what its SMBIOS says. `registered` is what Kickrack must have understood where iPXE
 * sends something else.
 */
const HOSTILE: ReadonlyArray<{ what: string; serialNumber: string; registered?: string }> = [
  { what: "quotes", serialNumber: `Q"1'2\`;$(id)` },
  { what: "slashes", serialNumber: "../../etc/passwd" },
  // iPXE expands what a setting's value holds, again until no ${ is left: the machine's own MAC address arrives.
  { what: "a setting of iPXE", serialNumber: "X${mac}Y", registered: "X52:54:00:77:04:12Y" },
  { what: "nothing but its MAC address", serialNumber: "${mac}", registered: "52:54:00:77:04:13" },
  { what: "twelve digits", serialNumber: "210235123456" },
  { what: "percent escapes", serialNumber: "A%0aB%00C" },
  { what: "200 characters", serialNumber: "L".repeat(200) },
  { what: "Japanese", serialNumber: "型番-日本-01" },
  { what: "words of a hostsfile", serialNumber: "a,set:install,ignore # 12h" },
];

test("hostile SMBIOS strings register as they are and break nothing for the machines after them", async () => {
  const lab = await Lab.start({ number: 4 });
  const cards = await Promise.all(HOSTILE.map((_, i) => lab.plugIn(`52:54:00:77:04:1${i}`)));

  for (const [i, card] of cards.entries()) {
    const { what, serialNumber } = HOSTILE[i]!;
    // A slash in the maker's name would be ambiguous: iPXE before 2021-11 does not escape it.
    const smbios = { serialNumber, manufacturer: "ACME", product: `Model ${serialNumber}` };
    const machine = lab.powerOn({ name: what, firmware: "bios", smbios, cards: [card] });
    await lab.kickrack.log.waitFor(new RegExp(`msg=registration .*mac=${card.macAddress}`), 60);
    await machine.pullThePlug();
  }

  for (const [i, { serialNumber, registered = serialNumber }] of HOSTILE.entries()) {
    const { machine } = await lab.api.ask<{ machine: unknown }>(
      "query ($mac: MacAddress) { machine(macAddress: $mac) { serialNumber manufacturer product } }",
      { mac: cards[i]?.macAddress },
    );
    expect(machine).toEqual({ serialNumber: registered, manufacturer: "ACME", product: `Model ${registered}` });
  }

  // Each of them known, named and in dnsmasq's hands: no name, tag or line of theirs may be a wrong one.
  const macs = cards.map(({ macAddress }) => macAddress);
  await lab.handOver(
    () =>
      lab.api.ask("mutation ($macs: [String!]!) { approveMachines(machines: $macs) { userErrors { message } } }", {
        macs,
      }),
    new RegExp(`^${macs.at(-1)},`, "m"),
  );
  expect(lab.hostsfile.trim().split("\n").sort()).toEqual(
    macs.map((mac) => expect.stringMatching(new RegExp(`^${mac},[a-z0-9][a-z0-9-]*$`)) as unknown),
  );
  expect(lab.dnsmasq.log.text).not.toMatch(/bad DHCP|duplicate|error/);
});
