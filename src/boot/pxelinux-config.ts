import { InvalidInput } from "../errors.js";
import { menuSeconds, type BootDecision } from "./decision.js";
import { DEFAULT_LOCAL_BOOT, type LocalBootMethod } from "./local-boot.js";
import { whoIs } from "./screen-text.js";

const TENTHS = 10; // TIMEOUT counts tenths of a second

/**
 * A decision as a PXELINUX configuration (pxelinux.cfg/01-MAC). `images` stands before a path under /images/: a folder
 * below the TFTP root for pxelinux.0, an http URL for lpxelinux.0.
 *
 * PXELINUX cannot register or wait, so such a machine boots its local disk: dnsmasq sends it to iPXE first.
 */
export function printPxelinuxConfig(decision: BootDecision, images: string): string {
  const installer = decision.action === "install" ? decision.installer : undefined;
  const lines = [
    "# Written by Kickrack; a change here is overwritten.",
    `DEFAULT ${installer === undefined ? "local" : "install"}`,
    "PROMPT 1",
    `TIMEOUT ${menuSeconds(decision) * TENTHS}`,
    `SAY Kickrack: ${decision.action === "register" ? "unknown machine" : whoIs(decision)} (${decision.action === "menu" ? decision.state : decision.rule})`,
  ];
  if (installer !== undefined) {
    const file = (path: string) => word(path.replace(/^\/images\//, `${images}/`));
    const initrds = installer.initrds.map(file).join(",");
    lines.push(
      "SAY install: start the installation   local: boot the local disk",
      "LABEL install",
      `  KERNEL ${file(installer.kernel)}`,
      `  APPEND ${initrds === "" ? "" : `initrd=${initrds} `}${oneLine(installer.arguments)}`,
      // Adds BOOTIF=01-MAC, by which an installer finds the port it was booted from.
      "  IPAPPEND 2",
    );
  }
  const { BIOS } = decision.action === "register" ? DEFAULT_LOCAL_BOOT : decision.localBoot;
  lines.push("LABEL local", `  ${LOCAL[BIOS].replace("IMAGES", images)}`);
  return `${lines.join("\n")}\n`;
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
