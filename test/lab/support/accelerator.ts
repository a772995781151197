import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { INSTALLER } from "./debian-packages.js";
import { Program } from "./program.js";

export type Accelerator = "kvm" | "tcg";

/** A working KVM boots a kernel to its panic in about one second. */
const KVM_SECONDS = 5;

/**
 * Tries KVM by booting a kernel with it. That /dev/kvm can be opened says nothing: inside some virtual machines SeaBIOS
 * runs on it, twenty times slower than under emulation, and Linux stops for ever when it leaves its setup code.
 */
export async function chooseAccelerator(): Promise<Accelerator> {
  const wish = process.env["KICKRACK_LAB_ACCEL"];
  if (wish === "kvm" || wish === "tcg") return wish;
  if (wish !== undefined) throw new Error(`KICKRACK_LAB_ACCEL=${wish}: write kvm or tcg`);
  if (!existsSync("/dev/kvm")) return "tcg";
  // Every test file is a process of its own; the runner above them is tried for once.
  const remembered = join(tmpdir(), `kickrack-lab-accelerator-${process.ppid}`);
  if (existsSync(remembered)) return readFileSync(remembered, "utf8") as Accelerator;
  const accelerator = (await kvmBootsLinux()) ? "kvm" : "tcg";
  writeFileSync(remembered, accelerator);
  return accelerator;
}

async function kvmBootsLinux(): Promise<boolean> {
  const trial = new Program("trial of KVM", "qemu-system-x86_64", [
    ...["-accel", "kvm", "-m", "256", "-nodefaults", "-display", "none", "-serial", "stdio", "-no-reboot"],
    ...["-kernel", INSTALLER.kernel, "-append", "console=ttyS0 panic=-1"],
  ]);
  try {
    await trial.output.waitFor("Kernel panic", KVM_SECONDS);
    return true;
  } catch {
    return false;
  } finally {
    await trial.stop();
  }
}
