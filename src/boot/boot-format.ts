import { CallerError } from "../errors.js";
import type { MacAddress } from "../machine/mac-address.js";
import type { BootDecision } from "./decision.js";
import { printGrubConfig } from "./grub-config.js";
import { printIpxeMessage, printIpxeScript } from "./ipxe-script.js";
import { printPxelinuxConfig } from "./pxelinux-config.js";

export const BOOT_FORMATS = ["IPXE", "PXELINUX", "GRUB"] as const;
export type BootFormat = (typeof BOOT_FORMATS)[number];

export const BOOT_PLATFORMS = ["BIOS", "EFI"] as const;
export type BootPlatform = (typeof BOOT_PLATFORMS)[number];

/** PXELINUX is a BIOS program. */
export const FORMATS_OF: Readonly<Record<BootPlatform, readonly BootFormat[]>> = {
  BIOS: BOOT_FORMATS,
  EFI: ["IPXE", "GRUB"],
};

/** A decision as a boot loader gets it. `base` is the URL that the machine reaches us by. @throws CallerError */
export function printDecision(format: BootFormat, decision: BootDecision, mac: MacAddress, base: string): string {
  switch (format) {
    case "IPXE":
      return printIpxeScript(decision, mac, base);
    case "PXELINUX":
      return printPxelinuxConfig(decision, mac, `${base}/`);
    case "GRUB":
      return printGrubConfig(decision, new URL(base).host);
  }
}

/** What a boot loader gets, and what kept it from getting an installer. */
export interface PrintedAnswer {
  readonly format: BootFormat;
  readonly text: string;
  readonly fault: string | null;
}

/** As the boot plane answers: a decision that cannot be printed is iPXE's to show and a refusal to the others. */
export function answerOf(
  format: BootFormat,
  decision: BootDecision | CallerError,
  mac: MacAddress,
  base: string,
): PrintedAnswer {
  try {
    if (decision instanceof CallerError) throw decision;
    return { format, text: printDecision(format, decision, mac, base), fault: null };
  } catch (error) {
    if (!(error instanceof CallerError)) throw error;
    const text = format === "IPXE" ? printIpxeMessage(error.message) : `${error.message}\n`;
    return { format, text, fault: error.message };
  }
}
