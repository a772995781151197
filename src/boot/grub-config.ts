import { InvalidInput } from "../errors.js";
import type { Installer } from "../install/plan-render.js";
import type { BootPlatform } from "./boot-format.js";
import { menuSeconds, type BootDecision } from "./decision.js";
import { indented, START_BIOS_DISK, START_EFI_DISK } from "./grub-disk.js";
import { GRUB_FUNCTIONS, inEntry, printGrubRegistration } from "./grub-entry.js";
import type { LocalBoot, LocalBootMethod } from "./local-boot.js";
import { screenText, whoIs } from "./screen-text.js";

/**
 * A decision as a GRUB configuration. `server` is HOST:PORT for GRUB's http device; files are fetched by HTTP also
 * when GRUB itself came by TFTP, unless `images` says that they stand in the TFTP root: for a GRUB without http.
 */
export function printGrubConfig(decision: BootDecision, server: string, images: "http" | "tftp" = "http"): string {
  const device = images === "http" ? `(http,${server})` : "";
  if (decision.action === "register") return GRUB_FUNCTIONS + inEntry(server, printGrubRegistration(server));
  if (decision.action === "wait") {
    return inEntry(
      server,
      `echo ${quoted(`Kickrack: ${screenText(decision.name)} is registered.`)}
echo 'It waits here for its approval and then goes on by itself.'
sleep 5
set again=yes
`,
    );
  }
  const state = decision.action === "menu" ? decision.state : decision.rule;
  const local = `menuentry 'Boot the local disk' --id local {
${localDisk(decision.localBoot)}}
`;
  const ask = `  configfile '${device}/grub/grub.cfg'\n`;
  // GRUB's menu has no title: its first line tells who this is. Whoever chooses it is told anew.
  const head = (entry: string) => `set again=no
set timeout=${menuSeconds(decision)}
set default=${entry}
menuentry ${quoted(`${whoIs(decision)}, ${state}`)} --id who {
${ask}}
`;
  if (decision.action === "local") return `${head("local")}${local}`;
  if (decision.action === "menu") return `${head("local")}${local}${moreEntries(device)}`;
  const { installer } = decision;
  return `${head("install")}menuentry ${quoted(`Install ${installer.title}`)} --id install {
${printInstaller(installer, device)}}
${local}${moreEntries(device)}`;
}

function printInstaller(installer: Installer, device: string): string {
  const file = (path: string) => quoted(path.startsWith("/") ? `${device}${path}` : httpDevice(path));
  const kernelWords = installer.arguments.split(/\s+/).filter((each) => each !== "");
  return `  ${installer.isChained ? "chainloader" : "linux"} ${[file(installer.kernel), ...kernelWords.map(quoted)].join(" ")}
${installer.initrds.length === 0 ? "" : `  initrd ${installer.initrds.map(file).join(" ")}\n`}`;
}

/** What a person may want besides. GRUB's own shell is behind its key c, as the line below its menu says. */
function moreEntries(device: string): string {
  return `menuentry 'Rescue system' --id rescue {
  if ! configfile '${device}/images/rescue.grub'; then
    echo 'No rescue system: the images of Kickrack have no rescue.grub.'
    sleep --interruptible 10
  fi
}
menuentry 'Hardware facts' --id facts {
  for number in 4 5 6 7; do smbios --type 1 --get-string $number; done
  echo "$net_default_mac $net_default_ip $grub_platform $grub_cpu"
  sleep --interruptible 60
}
menuentry 'Ask Kickrack again' --id again {
  configfile '${device}/grub/grub.cfg'
}
`;
}

function localDisk(localBoot: LocalBoot): string {
  return `  if [ "$grub_platform" = efi ]; then
${LOCAL.EFI[localBoot.EFI]}
  else
${LOCAL.BIOS[localBoot.BIOS]}
  fi
`;
}

// GRUB is what reads this, so it needs no other one to start a disk's boot loader by itself.
const CHAIN_EFI = `${indented(START_EFI_DISK, 4)}    exit`;
const CHAIN_BIOS = `${indented(START_BIOS_DISK, 4)}    exit`;
const LOCAL: Readonly<Record<BootPlatform, Readonly<Record<LocalBootMethod, string>>>> = {
  // A boot loader that ends well opens the setup of EDK2, and GRUB cannot end otherwise: EXIT starts the disk, too.
  EFI: { EXIT: CHAIN_EFI, SANBOOT: CHAIN_EFI, GRUB: CHAIN_EFI, REBOOT: "    reboot" },
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
