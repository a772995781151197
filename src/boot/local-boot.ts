import type { BootPlatform } from "./boot-format.js";

/** How a machine is sent to its local disk. */
export const LOCAL_BOOT_METHODS = ["SANBOOT", "EXIT", "GRUB", "REBOOT"] as const;
export type LocalBootMethod = (typeof LOCAL_BOOT_METHODS)[number];

export type LocalBoot = Readonly<Record<BootPlatform, LocalBootMethod>>;

/**
 * What is tried, in this order. BIOS: sanboot of the first disk works in iPXE of every age. UEFI: only the firmware knows
 * what an installer has written into its boot options, and sanboot, which is there since iPXE 2.0, starts nothing but
 * \EFI\BOOT. A reboot is a person's choice: tried by itself it would go round and round.
 */
const TRIED: Readonly<Record<BootPlatform, readonly LocalBootMethod[]>> = {
  BIOS: ["SANBOOT", "EXIT", "GRUB"],
  EFI: ["EXIT", "SANBOOT", "GRUB"],
};

export const DEFAULT_LOCAL_BOOT: LocalBoot = { BIOS: "SANBOOT", EFI: "EXIT" };

/** What to try when `method` has brought the machine back. Around in a circle: the fault may have been another's. */
export function nextLocalBoot(
  platform: BootPlatform,
  ipxeVersion: string | null,
  method: LocalBootMethod,
): LocalBootMethod {
  const tried = TRIED[platform].filter(
    (each) => each !== "SANBOOT" || platform === "BIOS" || hasUefiSanboot(ipxeVersion),
  );
  return tried[(tried.indexOf(method) + 1) % tried.length] ?? DEFAULT_LOCAL_BOOT[platform];
}

function hasUefiSanboot(version: string | null): boolean {
  return Number(/^(\d+)\./.exec(version ?? "")?.[1] ?? 0) >= 2;
}

/** Of whom a machine came back from its local disk, as far as its requests tell. Milliseconds. */
const AT_LEAST = 10_000;
export const AT_MOST = 60_000;

/**
 * Firmware and DHCP take ten seconds before a machine can ask again; who asks sooner has never left iPXE. After a minute it
 * has booted something, and a person has sent it back.
 */
export function hasComeBack(sinceLocalBoot: number): boolean {
  return sinceLocalBoot >= AT_LEAST && sinceLocalBoot <= AT_MOST;
}
