import { join } from "node:path";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { BOOT_PLATFORMS } from "../../src/boot/boot-format.js";
import { decideBoot, type BootDecision } from "../../src/boot/decision.js";
import { printGrubConfig } from "../../src/boot/grub-config.js";
import { printIpxeScript } from "../../src/boot/ipxe-script.js";
import { DEFAULT_LOCAL_BOOT, hasComeBack, LOCAL_BOOT_METHODS, nextLocalBoot } from "../../src/boot/local-boot.js";
import { printPxelinuxConfig } from "../../src/boot/pxelinux-config.js";
import { MACHINE_STATES } from "../../src/machine/machine-state.js";
import { parseMacAddress } from "../../src/machine/mac-address.js";
import { onBothServers, TestServer } from "../graphql/test-server.js";

const MAC = parseMacAddress("00:26:2d:01:01:01");
const BASE = "http://10.0.0.1:9393";
const localBoots = LOCAL_BOOT_METHODS.flatMap((BIOS) => LOCAL_BOOT_METHODS.map((EFI) => ({ BIOS, EFI })));
const printed = (decision: BootDecision) => [
  printIpxeScript(decision, MAC, BASE),
  printPxelinuxConfig(decision, MAC, `${BASE}/`),
  printGrubConfig(decision, "10.0.0.1:9393"),
];

test("whatever was tried, by whatever iPXE, the next is a local boot, never a reboot, and all there are get their turn", () => {
  for (const platform of BOOT_PLATFORMS) {
    for (const version of [null, "", "1.0.0+git-20190125", "1.21.1+", "2.0.0+", "10.1", "\0"]) {
      for (const first of LOCAL_BOOT_METHODS) {
        const tried = [first];
        for (let i = 0; i < 12; i++) tried.push(nextLocalBoot(platform, version, tried.at(-1) ?? first));
        const isNew = platform === "BIOS" || /^(2|10)\./.test(version ?? "");
        const all = isNew ? ["EXIT", "GRUB", "SANBOOT"] : ["EXIT", "GRUB"];
        expect([...new Set(tried.slice(1))].toSorted(), `${platform} ${version}`).toEqual(all);
      }
    }
  }
});

test("how a machine boots its disk never makes it anything else: no state and no method prints an installer", () => {
  for (const state of MACHINE_STATES) {
    for (const localBoot of localBoots) {
      for (const locked of [false, true]) {
        const machine = { hostname: "web01", serialNumber: null, state, locked, disputed: false };
        const usual = decideBoot(machine, undefined, 1, { installerBoots: 3 });
        const decision = decideBoot({ ...machine, localBoot }, undefined, 1, { installerBoots: 3 });
        expect([decision.action, decision.rule]).toEqual([usual.action, usual.rule]);
        for (const text of printed(decision)) {
          expect(text).not.toMatch(/^\s*(kernel|linux|initrd|KERNEL|APPEND)\b|:install\b|LABEL install/m);
        }
      }
    }
  }
});

test("a machine has come back when it asks between ten seconds and a minute after it was sent away", () => {
  expect([0, 9_999, 10_000, 60_000, 60_001].map(hasComeBack)).toEqual([false, false, true, true, false]);
});

test.each(localBoots.map((localBoot) => [`${localBoot.BIOS} ${localBoot.EFI}`, localBoot] as const))(
  "the menu with %s fits a screen of 80 by 25, tells who it is and where, and every item has its place",
  (_, localBoot) => {
    const who = { name: "x".repeat(60), place: "y".repeat(60), localBoot };
    const installer = { title: "Debian 12", kernel: "/images/linux", initrds: [], arguments: "" };
    for (const decision of [
      { action: "menu", rule: "NOT_ARMED", ...who, state: "INSTALLED" },
      { action: "install", rule: "INSTALLING", ...who, installer },
    ] as const) {
      const script = printIpxeScript(decision, MAC, BASE);
      const [, title = ""] = /^menu (.*)$/m.exec(script) ?? [];
      expect(title.length).toBeLessThan(80);
      expect(title).toMatch(/^Kickrack: x+ in y+, (INSTALLED|INSTALLING)$/);
      const items = [...script.matchAll(/^item --key (.) (\w+) (.*)$/gm)];
      expect(items.length).toBe(decision.action === "menu" ? 5 : 6);
      expect(new Set(items.map(([, key]) => key)).size).toBe(items.length);
      for (const [, , label, words = ""] of items) {
        expect(script).toContain(`\n:${label}\n`);
        expect(words.length).toBeLessThan(70);
      }
      for (const [, target] of script.matchAll(/goto (\w+)$/gm)) expect(script).toContain(`\n:${target}\n`);
    }
  },
);

onBothServers("a machine that comes back from its disk", (server) => {
  afterEach(() => void vi.useRealTimers());
  const pass = (seconds: number) => void vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1_000 });
  const boot = async (mac: string, query = "", agent = "iPXE/1.21.1+", at = server()) => {
    const { body } = await at.boot(`/boot/${mac}${query}`, { headers: { "User-Agent": agent } });
    return /booting the local disk \((.*)\)/.exec(body)?.[1];
  };
  const ready = async (platform: string) => {
    const [machine = { serial: "", mac: "" }] = await server().register();
    await server().boot(
      `/inventory/${machine.serial}/${machine.mac}/Dell%20Inc./PowerEdge%20R640?platform=${platform}&version=1.21.1%2B`,
    );
    expect(await server().change("approveMachines", [machine.serial])).toEqual([]);
    return machine;
  };

  test("after a power cut is one of many, which are moved on together", async () => {
    const machines = await server().register(40);
    for (const { serial, mac } of machines) {
      await server().boot(`/inventory/${serial}/${mac}/Dell%20Inc./PowerEdge%20R640?platform=efi&version=2.0.0`);
    }
    const serials = machines.map(({ serial }) => serial);
    expect(await server().change("approveMachines", serials)).toEqual([]);
    const bootAll = async () => new Set(await Promise.all(machines.map(({ mac }) => boot(mac))));
    expect(await bootAll()).toEqual(new Set(["UEFI EXIT, BIOS SANBOOT"]));
    pass(20);
    const changes = async () => {
      const { totalCount } = await server().ask<{ totalCount: number }>(
        '{ changes(filter: { operation: { eq: "localBoot" } }) { totalCount } }',
      );
      return totalCount;
    };
    const before = await changes();
    expect(await bootAll()).toEqual(new Set(["UEFI SANBOOT, BIOS SANBOOT"]));
    expect((await changes()) - before).toBeLessThan(10);
    pass(20);
    expect(await bootAll()).toEqual(new Set(["UEFI GRUB, BIOS SANBOOT"]));
  });

  test("tries the next method, keeps the one that works, and explainBoot tells which", async () => {
    const { mac } = await ready("pcbios");
    expect(await boot(mac)).toBe("UEFI EXIT, BIOS SANBOOT");
    pass(20);
    expect(await boot(mac)).toBe("UEFI EXIT, BIOS EXIT");
    pass(20);
    expect(await boot(mac)).toBe("UEFI EXIT, BIOS GRUB");
    pass(3_600);
    await server().stop();
    await server().start();
    expect(await boot(mac)).toBe("UEFI EXIT, BIOS GRUB");
    const { reason } = await server().ask<{ reason: string }>(`{ explainBoot(macAddress: "${mac}") { reason } }`);
    expect(reason).toContain("(GRUB: the GRUB in grub-local.pxe of the images starts the disk)");
    pass(20);
    expect(await boot(mac)).toBe("UEFI EXIT, BIOS SANBOOT"); // around again
  });

  test("is known also to a Kickrack that was restarted meanwhile, and to another one on the same database", async () => {
    const { mac } = await ready("pcbios");
    expect(await boot(mac)).toBe("UEFI EXIT, BIOS SANBOOT");
    await server().stop();
    pass(20);
    await server().start();
    expect(await boot(mac)).toBe("UEFI EXIT, BIOS EXIT");
    await server().app.bootRequests.settle();

    const { databaseUrl, data } = server().config;
    if (databaseUrl.startsWith("sqlite:")) return; // which has one Kickrack at a time
    const secret = { KICKRACK_SECRET_KEY_FILE: join(data, "secret.key") };
    const other = await TestServer.start(databaseUrl, secret);
    onTestFinished(() => other.remove());
    pass(20);
    expect(await boot(mac, "", "iPXE/1.21.1+", other)).toBe("UEFI EXIT, BIOS GRUB");
    await other.app.bootRequests.settle();
    pass(15);
    // What it asked there without leaving iPXE is no coming back here.
    expect(await boot(mac, "?again", "iPXE/1.21.1+", other)).toBe("UEFI EXIT, BIOS GRUB");
    await other.app.bootRequests.settle();
    pass(15);
    expect(await boot(mac)).toBe("UEFI EXIT, BIOS GRUB");
  });

  test("is not one that asks again because it found no system, that is slow, or that is looked at by a person", async () => {
    const { mac } = await ready("efi");
    const usual = "UEFI EXIT, BIOS SANBOOT";
    expect(await boot(mac)).toBe(usual);
    pass(15);
    expect(await boot(mac, "?again")).toBe(usual);
    pass(15);
    expect(await boot(mac)).toBe(usual);
    pass(70);
    expect(await boot(mac)).toBe(usual);
    for (let i = 0; i < 3; i++) {
      pass(20);
      expect(await boot(mac, "", "curl/8")).toBe(usual);
    }
    pass(20);
    for (let i = 0; i < 5; i++) expect(await boot(mac)).toBe(usual);
    pass(20);
    expect(await boot(mac)).toBe("UEFI GRUB, BIOS SANBOOT"); // 1.21.1 has no sanboot on UEFI
  });

  test("reads in its menu where it stands, also after the rack was named anew", async () => {
    const { mac, serial } = await ready("efi");
    const title = async () => /^menu (.*)$/m.exec((await server().boot(`/boot/${mac}`)).body)?.[1];
    expect(await title()).toBe(`Kickrack: ${serial.toLowerCase()}, READY`);
    await server().ask(`mutation { createRack(name: "L1") { userErrors { message } } }`);
    await server().ask(
      `mutation { placeMachine(machine: "${serial}", rack: "L1", unit: 7) { userErrors { message } } }`,
    );
    expect(await title()).toBe(`Kickrack: ${serial.toLowerCase()} in L1 U7, READY`);
    await server().ask(`mutation { updateRack(rack: "L1", name: "L2") { userErrors { message } } }`);
    expect(await title()).toBe(`Kickrack: ${serial.toLowerCase()} in L2 U7, READY`);
    await server().ask(`mutation { unplaceMachine(machine: "${serial}") { userErrors { message } } }`);
    expect(await title()).toBe(`Kickrack: ${serial.toLowerCase()}, READY`);
    await server().ask(`mutation { deleteRack(rack: "L2") { userErrors { message } } }`);
  });

  test("keeps what a person has chosen, until that is taken back", async () => {
    const { mac, serial } = await ready("efi");
    const choose = (method: string) =>
      server().change("chooseLocalBoot", [serial], `, platform: EFI, method: ${method}`);
    expect(await choose("REBOOT")).toEqual([]);
    for (let i = 0; i < 3; i++) {
      pass(20);
      expect(await boot(mac)).toBe("UEFI REBOOT, BIOS SANBOOT");
    }
    pass(100);
    expect(await choose("null")).toEqual([]);
    expect(await boot(mac)).toBe("UEFI EXIT, BIOS SANBOOT");
    expect(DEFAULT_LOCAL_BOOT.EFI).toBe("EXIT");
  });
});
