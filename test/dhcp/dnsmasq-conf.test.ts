import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import { afterAll, describe, expect, test } from "vitest";
import { readConfig } from "../../src/config.js";
import { dnsmasqCommand } from "../../src/dhcp/dnsmasq-cli.js";
import { DHCP_ROLES, DIALECTS, HAND_OVERS, UEFI_LOADERS } from "../../src/dhcp/dnsmasq-conf.js";
import { dnsmasqFault } from "./dnsmasq.js";
import { matchesGolden } from "../support/golden.js";

const folder = mkdtempSync(join(tmpdir(), "kickrack-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const CASES = DIALECTS.flatMap((dialect) =>
  HAND_OVERS.flatMap((mode) =>
    UEFI_LOADERS.flatMap((uefi) => DHCP_ROLES.map((dhcp) => ({ dialect, mode, uefi, dhcp }))),
  ),
);

/** As `kickrack dnsmasq …` prints it. */
async function printed(settings: Record<string, string>, ...args: string[]): Promise<string> {
  let text = "";
  const config = () => readConfig({ KICKRACK_DATA: folder, KICKRACK_EXPORTS: "/srv/kickrack", ...settings });
  const command = dnsmasqCommand(new Option("-c, --config <file>"), config, (each) => (text += each));
  await new Command("kickrack").addCommand(command).parseAsync(["dnsmasq", ...args], { from: "user" });
  return text;
}

const ADDRESS = { KICKRACK_BOOT_LISTEN: "10.0.0.1:9393" };

describe.each(CASES)("dialect $dialect, BIOS by $mode, UEFI by $uefi, $dhcp DHCP", (choice) => {
  const args = Object.entries(choice).flatMap(([name, value]) => [`--${name}`, value]);

  test("is printed as expected, and dnsmasq takes it with the site's own part", async () => {
    const text = await printed(ADDRESS, ...args);
    if (choice.dialect === "2.53") matchesGolden(`dnsmasq/${choice.mode}-${choice.uefi}-${choice.dhcp}.conf`, text);
    expect(/set:|tag:/.test(text)).toBe(choice.dialect === "2.53");
    const site = `dhcp-range=10.0.0.${choice.dhcp === "own" ? "100,10.0.0.250" : "0,proxy"}`;
    const conf = join(folder, "kickrack.conf");
    const fault = (written: string) => {
      writeFileSync(conf, `${site}\n${written}`);
      return dnsmasqFault(`--conf-file=${conf}`);
    };
    expect(fault(text)).toBeUndefined();
    for (const option of new Set(text.match(/^[a-z-]+(?==)/gm))) {
      expect(fault(text.replace(`${option}=`, `${option}x=`)), option).toContain("bad option");
    }
  });
});

test("the settings are what is not chosen, and the choice comes before them", async () => {
  const settings = {
    ...ADDRESS,
    KICKRACK_DNSMASQ_UEFI: "grub",
    KICKRACK_DNSMASQ_DHCP: "proxy",
    KICKRACK_DNSMASQ_MODE: "pxelinux",
  };
  const chosen = ["--uefi", "grub", "--dhcp", "proxy", "--mode", "pxelinux"];
  expect(await printed(settings)).toBe(await printed(ADDRESS, ...chosen));
  expect(await printed(settings, "--uefi", "ipxe", "--dhcp", "own", "--mode", "ipxe")).toBe(await printed(ADDRESS));
});

test.each(["new", "all"])("of %s leases dnsmasq tells a script, which it takes", async (events) => {
  const text = await printed({ ...ADDRESS, KICKRACK_DNSMASQ_EVENTS: events });
  expect(text).toBe(await printed(ADDRESS, "--events", events));
  const lines = text.replace(await printed(ADDRESS), "");
  expect(lines).toContain("dhcp-script=/srv/kickrack/dnsmasq/dhcp-event\n");
  expect(lines.includes("script-on-renewal"), "which is of 2.81").toBe(events === "all");
  const conf = join(folder, "events.conf");
  writeFileSync(conf, text);
  expect(dnsmasqFault(`--conf-file=${conf}`)).toBeUndefined();
});

test("a dnsmasq that tells scripts nothing of relays is asked for nothing", async () => {
  await expect(printed(ADDRESS, "--dialect", "2.52", "--events", "new")).rejects.toThrow(
    "with dialect 2.52 write events off",
  );
  expect(() => readConfig({ KICKRACK_DNSMASQ_DIALECT: "2.52", KICKRACK_DNSMASQ_EVENTS: "all" })).toThrow(
    "from 2.66 on",
  );
});
