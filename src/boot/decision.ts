import type { Installer } from "../install/plan-render.js";
import { DEFAULT_LOCAL_BOOT, type LocalBoot } from "./local-boot.js";
import type { MachineState } from "../machine/machine-state.js";

/** What a machine's port may boot depends on this and nothing else. */
export interface BootMachine {
  readonly hostname: string | null;
  readonly serialNumber: string | null;
  readonly state: MachineState;
  readonly locked: boolean;
  /** Rack and unit, for the screen. */
  readonly place?: string | null;
  readonly localBoot?: LocalBoot;
  /** A person has to decide whose port this is. */
  readonly disputed: boolean;
}

/** The open installation of an armed or installing machine. Times are milliseconds since 1970. */
export interface OpenInstallation {
  readonly state: "ARMED" | "INSTALLING";
  readonly expiresAt: number;
  readonly installerBoots: number;
  readonly installer: Installer;
}

/** Why a machine was answered as it was; each has its sentence below. */
export type BootRule = keyof typeof RULES;

export const RULES = {
  UNKNOWN: "nobody knows this MAC address, so it is asked to register",
  DISCOVERED: "the machine is registered and waits for its approval",
  DISPUTED: "a person has to decide whose MAC address this is (see conflicts), so it boots its local disk",
  LOCKED: "the machine is locked, so it boots its local disk",
  RETIRED: "the machine is retired, so it boots its local disk",
  NOT_ARMED: "the machine is not armed, so it boots its local disk after a moment at its menu",
  ARMED: "the machine is armed, so its menu begins the installation",
  LOCAL_PROFILE: "the machine is armed with a profile that boots the local disk",
  INSTALLING: "the installation has begun and not ended, so the installer is offered again",
  EXPIRED: "the time of its installation is over, so it boots its local disk",
  TOO_MANY_BOOTS: "the installer was offered too often in one installation, so the machine boots its local disk",
} as const;

export type BootDecision =
  | { readonly action: "register"; readonly rule: BootRule }
  | (Named & { readonly action: "wait" })
  | (Named & { readonly action: "local" })
  | (Named & { readonly action: "menu"; readonly state: MachineState })
  | (Named & { readonly action: "install"; readonly installer: Installer });

interface Named {
  readonly rule: BootRule;
  readonly name: string;
  readonly place: string | null;
  readonly localBoot: LocalBoot;
}

/** After how many seconds a menu goes on by itself. Who has failed is given time for somebody to look. */
export function menuSeconds(decision: BootDecision): number {
  if (decision.action === "install") return 3;
  return decision.action === "menu" && decision.state === "FAILED" ? 30 : 5;
}

export interface BootLimits {
  /** How often an installing machine is offered its installer again: some installers reboot into themselves. */
  readonly installerBoots: number;
}

/**
 * What a machine may boot, and why. An installer is offered only with an open installation that belongs to the
 * machine's state and has time left: both records have to agree, and everything else boots the local disk.
 */
export function decideBoot(
  machine: BootMachine | undefined,
  installation: OpenInstallation | undefined,
  now: number,
  limits: BootLimits,
): BootDecision {
  if (machine === undefined) return { action: "register", rule: "UNKNOWN" };
  const name = machine.hostname ?? machine.serialNumber ?? "this machine";
  const who = { name, place: machine.place ?? null, localBoot: machine.localBoot ?? DEFAULT_LOCAL_BOOT };
  const local = (rule: BootRule): BootDecision => ({ action: "local", rule, ...who });
  if (machine.locked) return local("LOCKED");
  switch (machine.state) {
    case "DISCOVERED":
      return { action: "wait", rule: "DISCOVERED", ...who };
    case "RETIRED":
      return local("RETIRED");
    case "READY":
    case "INSTALLED":
    case "FAILED":
      if (machine.disputed) return local("DISPUTED");
      return { action: "menu", rule: "NOT_ARMED", ...who, state: machine.state };
    case "ARMED":
    case "INSTALLING":
      if (machine.disputed) return local("DISPUTED");
      if (installation?.state !== machine.state || installation.expiresAt <= now) return local("EXPIRED");
      if (machine.state === "INSTALLING" && installation.installerBoots >= limits.installerBoots) {
        return local("TOO_MANY_BOOTS");
      }
      return { action: "install", rule: machine.state, ...who, installer: installation.installer };
  }
}
