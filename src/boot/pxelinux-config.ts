import { InvalidInput } from "../errors.js";
import type { Installer } from "../install/plan-render.js";
import { hyphenated, type MacAddress } from "../machine/mac-address.js";
import { menuSeconds, type BootDecision } from "./decision.js";
import { DEFAULT_LOCAL_BOOT, type LocalBootMethod } from "./local-boot.js";
import { whoIs } from "./screen-text.js";

const TENTHS = 10; // TIMEOUT counts tenths of a second

/**
 * A decision as a PXELINUX configuration (pxelinux.cfg/01-MAC). `root` stands before the path of a file: nothing for
 * pxelinux.0, which loads by TFTP relative to itself, the boot plane's URL and a slash for lpxelinux.0.
 *
 * The menu is text: it needs no module, and one that is missing (menu.c32) would keep the machine at its prompt for ever.
 * PXELINUX cannot register or wait, so such a machine boots its local disk: dnsmasq sends it to iPXE first.
 */
export function printPxelinuxConfig(decision: BootDecision, mac: MacAddress, root: string): string {
  const installer = decision.action === "install" ? decision.installer : undefined;
  const localBoot = decision.action === "register" ? DEFAULT_LOCAL_BOOT : decision.localBoot;
  const local = {
    label: "local",
    words: "Boot the local disk",
    lines: [LOCAL[localBoot.BIOS].replace("IMAGES", `${root}images`)],
  };
  const entries: Entry[] = [
    ...(installer === undefined ? [] : [installEntry(installer, root)]),
    local,
    ...(decision.action === "install" || decision.action === "menu" ? moreEntries(mac, root) : []),
  ];
  const state = decision.action === "menu" ? decision.state : decision.rule;
  const who = decision.action === "register" ? "unknown machine" : whoIs(decision);
  const [first = local] = entries;
  const lines = [
    "# Written by Kickrack; a change here is overwritten.",
    `DEFAULT ${first.label}`,
    "PROMPT 1",
    `TIMEOUT ${menuSeconds(decision) * TENTHS}`,
    `SAY Kickrack: ${who}, ${state}`,
    "SAY",
    ...entries.map(({ label, words }) => `SAY   ${label.padEnd(9)} ${words}`),
    "SAY",
    `SAY Type one of these words, or wait ${menuSeconds(decision)} seconds for ${first.label}.`,
    ...entries.flatMap((entry) =>
      "include" in entry ? [] : [`LABEL ${entry.label}`, ...entry.lines.map((line) => `  ${line}`)],
    ),
    ...entries.flatMap((entry) => ("include" in entry ? [`INCLUDE ${entry.include}`] : [])),
  ];
  return `${lines.join("\n")}\n`;
}

type Entry = { readonly label: string; readonly words: string } & (
  { readonly lines: readonly string[] } | { readonly include: string }
);

function installEntry({ title, kernel, initrds, arguments: kernelLine }: Installer, root: string): Entry {
  const file = (path: string) => word(path.replace(/^\/images\//, `${root}images/`));
  const names = initrds.map(file).join(",");
  return {
    label: "install",
    words: `Install ${oneLine(title)}`,
    lines: [
      `KERNEL ${file(kernel)}`,
      `APPEND ${names === "" ? "" : `initrd=${names} `}${oneLine(kernelLine)}`,
      // Adds BOOTIF=01-MAC, by which an installer finds the port it was booted from.
      "IPAPPEND 2",
    ],
  };
}

/** What a person may want besides; PXELINUX has no shell. */
function moreEntries(mac: MacAddress, root: string): Entry[] {
  return [
    // A file with LABEL rescue. Where it is missing the other words go on working; after CONFIG they would not.
    { label: "rescue", words: "Rescue system", include: `${root}images/rescue.pxelinux` },
    { label: "facts", words: "Hardware facts", lines: ["COM32 hdt.c32"] },
    { label: "again", words: "Ask Kickrack again", lines: [`CONFIG ${root}pxelinux.cfg/01-${hyphenated(mac)}`] },
  ];
}

const LOCAL: Readonly<Record<LocalBootMethod, string>> = {
  SANBOOT: "LOCALBOOT 0",
  EXIT: "LOCALBOOT -1",
  GRUB: "PXE IMAGES/grub-local.pxe",
  REBOOT: "COM32 reboot.c32",
};

function oneLine(text: string): string {
  if (/[\x00-\x1f\x7f]/.test(text)) throw new InvalidInput(`PXELINUX takes one line, not ${JSON.stringify(text)}`);
  return text;
}

function word(text: string): string {
  if (text === "" || /[\s,]/.test(text))
    throw new InvalidInput(`PXELINUX cannot load a file named ${JSON.stringify(text)}`);
  return oneLine(text);
}
