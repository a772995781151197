import type { Machine } from "../../machine/machine.entity.js";

/** What a kernel or boot program says of itself; undefined: nothing. */
export interface BootImage {
  /** As iPXE's `buildarch` names it. */
  readonly architecture?: string | undefined;
  /** What alone can start it, where that is one. */
  readonly firmware?: "BIOS" | "UEFI";
}

/** Bytes from the beginning of a file that say it. */
export const HEAD_BYTES = 4_096;

// "Machine" of the PE format, by the UEFI specification 2.10, section 2.1.1.
const PE_MACHINES: ReadonlyMap<number, string> = new Map([
  [0x014c, "i386"],
  [0x01c2, "arm32"],
  [0x01c4, "arm32"],
  [0x5064, "riscv64"],
  [0x6264, "loong64"],
  [0x8664, "x86_64"],
  [0xaa64, "arm64"],
]);

/**
 * Reads the beginning of a kernel or boot program. A Linux kernel for x86 has a header of its own
 * (Documentation/arch/x86/boot.rst), and with CONFIG_EFI_STUB that of a UEFI program too; arm64's is that of a UEFI
 * program, with a mark (Documentation/arch/arm64/booting.rst).
 */
export function readBootImage(head: Buffer): BootImage {
  const architecture = peMachine(head);
  if (markAt(head, 0x202, "HdrS")) {
    return architecture === undefined ? { architecture: "i386", firmware: "BIOS" } : { architecture };
  }
  if (architecture !== undefined) return { architecture, firmware: "UEFI" };
  return markAt(head, 0x38, "ARMd") ? { architecture: "arm64" } : {};
}

function peMachine(head: Buffer): string | undefined {
  if (!markAt(head, 0, "MZ") || head.length < 0x40) return undefined;
  const at = head.readUInt32LE(0x3c);
  if (at + 6 > head.length || !markAt(head, at, "PE\0\0")) return undefined;
  const machine = head.readUInt16LE(at + 4);
  return PE_MACHINES.get(machine) ?? `PE machine 0x${machine.toString(16)}`;
}

function markAt(head: Buffer, at: number, mark: string): boolean {
  return head.toString("latin1", at, at + mark.length) === mark;
}

const PCS: readonly string[] = ["i386", "x86_64"];

/**
 * Why this machine could not start that file; undefined when it could, or when too little is known of either. An iPXE for
 * BIOS is `i386` also on machines that run 64-bit systems; one for UEFI is what the firmware is, and starts nothing else.
 */
export function misfit(
  { architecture, firmware }: BootImage,
  { platform, buildArch }: Pick<Machine, "platform" | "buildArch">,
): string | undefined {
  const isBios = platform === "pcbios";
  if (firmware === "UEFI" && isBios) return "is a program for UEFI, and the machine boots by BIOS";
  if (firmware === "BIOS" && platform === "efi") return "starts by BIOS only, and the machine boots by UEFI";
  if (architecture === undefined || buildArch === null || architecture === buildArch) return undefined;
  const isPc = PCS.includes(architecture) && PCS.includes(buildArch);
  return isPc && platform !== "efi" ? undefined : `is for ${architecture}, and the machine is ${buildArch}`;
}
