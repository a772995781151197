import { Conflict } from "../errors.js";
import type { MachineState } from "../machine/machine-state.js";
import type { InstallationState } from "./installation-state.js";

/** A machine's state with its open installation. The two agree: ARMED and INSTALLING have one, no other state has. */
export interface Life {
  readonly state: MachineState;
  readonly locked: boolean;
  readonly open: OpenRun | undefined;
}

export interface OpenRun {
  readonly state: "ARMED" | "INSTALLING";
  /** Milliseconds since 1970: until when it may begin, or until when it has to say something. */
  readonly expiresAt: number;
  /** When the configuration was fetched first; undefined before. */
  readonly startedAt?: number | undefined;
  /** How often the installer was offered while INSTALLING. */
  readonly installerBoots: number;
}

/** What happens to a machine. The first six are a person's, `expire` the clock's, the rest the machine's own. */
export type LifeEvent =
  | { readonly type: "approve" | "disarm" | "lock" | "unlock" | "retire" | "expire" }
  | { readonly type: "arm"; readonly until: number }
  | { readonly type: "config" | "started" | "progress" | "done" | "failed" | "offered" };

export interface LifeStep {
  readonly life: Life;
  /** How the open installation ended, when it did. */
  readonly ended?: Exclude<InstallationState, "ARMED" | "INSTALLING">;
}

export interface LifeLimits {
  /** How long an installation that has begun may say nothing. */
  readonly installMs: number;
  /** How long it may take, however much it says: its token must end. */
  readonly totalMs: number;
}

/**
 * What `event` makes of a machine: the diagram of the life of a machine, as a function. Repeating what has happened
 * changes nothing; what may not happen is a Conflict that says what to do first.
 */
export function step(life: Life, event: LifeEvent, now: number, limits: LifeLimits): LifeStep {
  switch (event.type) {
    case "approve":
      return life.state === "DISCOVERED" || life.state === "RETIRED" ? become(life, "READY") : { life };
    case "arm":
      return arm(life, event.until);
    case "disarm":
      return life.open === undefined ? { life } : close(life, "DISARMED");
    case "lock":
      return { ...(life.open === undefined ? {} : { ended: "DISARMED" }), life: { ...closed(life), locked: true } };
    case "unlock":
      return { life: { ...life, locked: false } };
    case "retire":
      return {
        ...(life.open === undefined ? {} : { ended: "DISARMED" }),
        life: { state: "RETIRED", locked: false, open: undefined },
      };
    case "expire":
      if (life.open === undefined || life.open.expiresAt > now) return { life };
      return close(life, life.open.state === "ARMED" ? "EXPIRED" : "FAILED");
    case "offered":
      return life.open?.state === "INSTALLING"
        ? { life: { ...life, open: { ...life.open, installerBoots: life.open.installerBoots + 1 } } }
        : { life };
    case "config":
    case "started":
    case "progress":
    case "done":
    case "failed":
      return report(life, event.type, now, limits);
  }
}

function arm(life: Life, until: number): LifeStep {
  if (life.locked) throw new Conflict("it is locked; unlock it first");
  switch (life.state) {
    case "DISCOVERED":
      throw new Conflict("it is not approved; approve it first");
    case "RETIRED":
      throw new Conflict("it is retired; approve it again first");
    case "ARMED":
    case "INSTALLING":
      throw new Conflict(`it is ${life.state} already; disarm it first`);
    case "READY":
    case "INSTALLED":
    case "FAILED":
      return { life: { ...life, state: "ARMED", open: { state: "ARMED", expiresAt: until, installerBoots: 0 } } };
  }
}

/** What the installer says, with the token of the open installation. */
function report(
  life: Life,
  type: "config" | "started" | "progress" | "done" | "failed",
  now: number,
  { installMs, totalMs }: LifeLimits,
): LifeStep {
  const { open } = life;
  if (open === undefined) throw new Conflict("its installation has ended");
  if (open.expiresAt <= now) throw new Conflict("the time of its installation is over; arm it again");
  if (type === "done") return { life: { ...life, state: "INSTALLED", open: undefined }, ended: "DONE" };
  if (type === "failed") return { life: { ...life, state: "FAILED", open: undefined }, ended: "FAILED" };
  const startedAt = open.startedAt ?? now;
  // Every word gives more time, up to a bound; a clock that was set back takes none away.
  const spoken = Math.min(now + installMs, startedAt + totalMs);
  const expiresAt = open.state === "ARMED" ? spoken : Math.max(open.expiresAt, spoken);
  const installerBoots = open.state === "ARMED" ? 0 : open.installerBoots;
  return {
    life: { ...life, state: "INSTALLING", open: { state: "INSTALLING", expiresAt, startedAt, installerBoots } },
  };
}

function become(life: Life, state: MachineState): LifeStep {
  return { life: { ...life, state } };
}

function close(life: Life, ended: "DISARMED" | "EXPIRED" | "FAILED"): LifeStep {
  return { life: closed(life), ended };
}

/** An installation that had not begun has changed nothing; one that had leaves a disk nobody should trust. */
function closed(life: Life): Life {
  if (life.open === undefined) return life;
  return { ...life, state: life.open.state === "ARMED" ? "READY" : "FAILED", open: undefined };
}
