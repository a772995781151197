import type { CallerError } from "../errors.js";
import type { MacAddress } from "../machine/mac-address.js";
import type { BootPlatform } from "./boot-format.js";
import type { LocalBootMethod } from "./local-boot.js";
import { RULES, type BootDecision } from "./decision.js";

/** What a machine's screen shows and does next, for whoever asks at a desk why it did that. */
const LOCAL: Readonly<Record<BootPlatform, Readonly<Record<LocalBootMethod, string>>>> = {
  BIOS: {
    SANBOOT: "the first disk is started by sanboot; without a system there it asks again every 10 seconds",
    EXIT: "it leaves the boot loader, and its firmware goes on with the next boot device",
    GRUB: "the GRUB in grub-local.pxe of the images starts the disk",
    REBOOT: "it reboots",
  },
  EFI: {
    SANBOOT: "\\EFI\\BOOT of a disk is started by sanboot, or else it goes back to its firmware",
    EXIT: "it goes back to its firmware, which goes on with the next boot option",
    GRUB: "the GRUB in grub-local.efi of the images starts the disk, or else it goes back to its firmware",
    REBOOT: "it reboots",
  },
};

function then(decision: BootDecision, platform: BootPlatform): string {
  switch (decision.action) {
    case "register":
      return "it gets the registration script";
    case "wait":
      return "it asks again by itself every few seconds";
    case "install":
      return decision.installer.title;
    case "local":
    case "menu":
      return `${decision.localBoot[platform]}: ${LOCAL[platform][decision.localBoot[platform]]}`;
  }
}

export interface Explanation {
  readonly action: string;
  readonly rule: string;
  readonly reason: string;
}

/** Who it is, which rule decides, and what happens then: one sentence for somebody who is woken up by it. */
export function explainDecision(
  decided: BootDecision | CallerError,
  mac: MacAddress,
  platform: BootPlatform,
): Explanation {
  if (decided instanceof Error) {
    const reason = `${mac}: the machine is to be installed, and its kernel line cannot be written: ${decided.message}`;
    return { action: "none", rule: "UNPRINTABLE", reason };
  }
  const { action, rule } = decided;
  const who = decided.action === "register" ? mac : nameAndPlace(decided);
  return { action, rule, reason: `${who}: ${RULES[rule]} (${then(decided, platform)})` };
}

function nameAndPlace({ name, place }: { readonly name: string; readonly place: string | null }): string {
  return place === null ? name : `${name} in ${place}`;
}
