import { InvalidInput } from "../errors.js";
import type { BootPlatform } from "./boot-format.js";
import { menuSeconds, type BootDecision } from "./decision.js";
import { DEFAULT_LOCAL_BOOT, type LocalBootMethod } from "./local-boot.js";
import { whoIs } from "./screen-text.js";

/**
 * A decision as a GRUB configuration. `server` is HOST:PORT for GRUB's http device; files are fetched by HTTP also
 * when GRUB itself came by TFTP. `exit` hands over to the firmware's next boot option: the local disk.
 */
export function printGrubConfig(decision: BootDecision, server: string): string {
  const who = decision.action === "register" ? "unknown machine" : whoIs(decision);
  const state = decision.action === "menu" ? decision.state : decision.rule;
  const localBoot = decision.action === "register" ? DEFAULT_LOCAL_BOOT : decision.localBoot;
  const local = `menuentry ${quoted(`${who} (${state}): boot the local disk`)} --id local {
  if [ "$grub_platform" = efi ]; then
${LOCAL.EFI[localBoot.EFI]}
  else
${LOCAL.BIOS[localBoot.BIOS]}
  fi
}
`;
  const head = (entry: string) => `set timeout=${menuSeconds(decision)}\nset default=${entry}\n`;
  if (decision.action !== "install") return `${head("local")}${local}`;
  const { installer } = decision;
  const file = (path: string) => quoted(path.startsWith("/") ? `(http,${server})${path}` : httpDevice(path));
  const kernelWords = installer.arguments.split(/\s+/).filter((each) => each !== "");
  return `${head("install")}menuentry ${quoted(`${who} (${state}): ${installer.title}`)} --id install {
  ${installer.isChained ? "chainloader" : "linux"} ${[file(installer.kernel), ...kernelWords.map(quoted)].join(" ")}
${installer.initrds.length === 0 ? "" : `  initrd ${installer.initrds.map(file).join(" ")}\n`}}
${local}`;
}

// GRUB is what reads this, so it needs no other one to start a disk's boot loader by itself.
const CHAIN_EFI = `    search --no-floppy --set=root --file /EFI/BOOT/BOOTX64.EFI
    if ! chainloader /EFI/BOOT/BOOTX64.EFI; then exit; fi`;
const CHAIN_BIOS = `    set root=(hd0)
    if ! chainloader +1; then exit; fi`;
const LOCAL: Readonly<Record<BootPlatform, Readonly<Record<LocalBootMethod, string>>>> = {
  EFI: { EXIT: "    exit", SANBOOT: CHAIN_EFI, GRUB: CHAIN_EFI, REBOOT: "    reboot" },
  BIOS: { EXIT: "    exit", SANBOOT: CHAIN_BIOS, GRUB: CHAIN_BIOS, REBOOT: "    reboot" },
};

function httpDevice(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:") throw new InvalidInput(`GRUB fetches by plain http, not from ${text}`);
  return `(http,${url.host})${url.pathname}${url.search}`;
}

// Within single quotes GRUB's script takes every character as it is: ; { } $ and blanks need no more than this.
function quoted(text: string): string {
  if (/[\x00-\x1f\x7f']/.test(text)) {
    throw new InvalidInput(`GRUB cannot be given ${JSON.stringify(text)}: write it on one line and without '`);
  }
  return `'${text}'`;
}
