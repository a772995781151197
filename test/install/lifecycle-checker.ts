import { decideBoot, type BootDecision, type BootMachine, type OpenInstallation } from "../../src/boot/decision.js";
import { Conflict } from "../../src/errors.js";
import { step, type Life, type LifeEvent } from "../../src/install/lifecycle.js";
import { randomNumbers } from "../rack/drawing/random-racks.js";
import { Permit } from "./permit.js";

/** What is put to the test: the product's own two functions, or ones that were broken on purpose. */
export interface Subject {
  readonly step: typeof step;
  readonly decideBoot: typeof decideBoot;
}

export const PRODUCT: Subject = { step, decideBoot };
export const LIMITS = { installMs: 60, totalMs: 90, installerBoots: 3 };
const REPORTS = ["config", "config", "started", "progress", "progress", "progress", "done", "failed"] as const;
const NO_INSTALLER = { title: "", kernel: "", initrds: [], arguments: "" };

/** One machine, which goes through `events` random events. Answers what went wrong, with all that led to it. */
export function brokenSentence(subject: Subject, seed: number, events: number): string | undefined {
  if (goThrough(subject, seed, events) === undefined) return undefined;
  const history: string[] = [];
  const fault = goThrough(subject, seed, events, (what) => history.push(what));
  return `seed ${seed}: ${history.join(", ")}: ${fault}`;
}

function goThrough(subject: Subject, seed: number, events: number, tell?: (what: string) => void): string | undefined {
  const machine = new RandomMachine(subject, randomNumbers(seed), tell);
  for (let i = 0; i < events; i++) {
    const fault = machine.happen();
    if (fault !== undefined) return fault;
  }
  return machine.boot() ?? machine.armAgain();
}

class RandomMachine {
  private readonly permit = new Permit(LIMITS);
  private life: Life = { state: "DISCOVERED", locked: false, open: undefined };
  private disputed = false;
  private now = 1_000;
  /** Tokens are counted up; the open installation's is the last one that was armed. */
  private tokens = 0;

  constructor(
    private readonly subject: Subject,
    private readonly random: (below: number) => number,
    private readonly tell?: (what: string) => void,
  ) {}

  happen(): string | undefined {
    // What ends an installation is rare, so that many get far.
    switch (this.random(20)) {
      case 0:
      case 1:
      case 2:
        return this.arm();
      case 3:
      case 4:
        return this.byPerson("approve");
      case 5:
        return this.byPerson("unlock");
      case 6:
        return this.byPerson((["disarm", "lock", "retire"] as const)[this.random(3)] ?? "lock");
      case 7:
      case 8:
      case 9:
        // The clock jumps, mostly on and sometimes back.
        this.now += this.random(5) === 0 ? -this.random(50) : this.random(40);
        return this.note("the clock");
      case 10:
        return this.random(2) === 0 ? this.sweep() : this.restart();
      case 11:
        return this.random(3) === 0 ? this.dispute(this.random(3) === 0) : undefined;
      case 12:
      case 13:
      case 14:
      case 15:
        return this.boot();
      default:
        return this.report();
    }
  }

  /** The sentence itself: an installer exactly when it is permitted. */
  boot(): string | undefined {
    const decision = this.decide();
    const fault = this.permit.fault(this.now);
    const installs = decision.action === "install";
    if (this.tell) this.note(`${this.now} boot ${decision.rule}`);
    if (installs && fault !== undefined) return `an installer, though ${fault}`;
    if (!installs && fault === undefined) return `no installer (${decision.rule}), though it is permitted`;
    if (!installs) return undefined;
    this.permit.offered();
    return this.step({ type: "offered" });
  }

  /** Whatever it has been through, four mutations bring it back. */
  armAgain(): string | undefined {
    this.dispute(false);
    for (const event of ["unlock", "disarm", "approve"] as const) this.byPerson(event);
    const fault = this.arm();
    if (fault !== undefined) return fault;
    return this.life.state === "ARMED" ? this.boot() : `cannot be armed again, it is ${this.life.state}`;
  }

  private decide(): BootDecision {
    const machine: BootMachine = { ...this.life, hostname: "web01", serialNumber: null, disputed: this.disputed };
    const open: OpenInstallation | undefined = this.life.open && { ...this.life.open, installer: NO_INSTALLER };
    return this.subject.decideBoot(machine, open, this.now, LIMITS);
  }

  private arm(): string | undefined {
    const until = this.now + this.random(80);
    const may = this.permit.mayArm();
    const refused = this.step({ type: "arm", until });
    if (refused === undefined) this.permit.armed(++this.tokens, until);
    if ((refused === undefined) !== may) return may ? `cannot be armed: ${refused}` : "was armed, and may not be";
    return undefined;
  }

  private byPerson(type: "approve" | "disarm" | "lock" | "unlock" | "retire"): string | undefined {
    this.permit.byPerson(type);
    const refused = this.step({ type });
    return refused && `${type} was refused: ${refused}`;
  }

  /** With the token of the open installation, an older one, or one that nobody has. */
  private report(): string | undefined {
    const type = REPORTS[this.random(REPORTS.length)] ?? "config";
    const token = this.random(3) === 0 ? this.random(this.tokens + 2) : this.tokens;
    const heard = this.permit.reported(token, type, this.now);
    if (token !== this.tokens) return this.note(`${type} with another token`); // finds no open installation
    const refused = this.step({ type });
    if (heard && refused !== undefined) return `${type} was refused: ${refused}`;
    return undefined;
  }

  private sweep(): string | undefined {
    this.permit.swept(this.now);
    return this.step({ type: "expire" });
  }

  private dispute(disputed: boolean): string | undefined {
    this.disputed = disputed;
    this.permit.dispute(disputed);
    return this.note(disputed ? "dispute" : "resolve");
  }

  private restart(): string | undefined {
    this.life = JSON.parse(JSON.stringify(this.life)) as Life;
    return this.note("restart");
  }

  private step(event: LifeEvent): string | undefined {
    this.note(event.type);
    try {
      this.life = this.subject.step(this.life, event, this.now, LIMITS).life;
      return undefined;
    } catch (error) {
      if (error instanceof Conflict) return error.message;
      throw error;
    }
  }

  private note(what: string): undefined {
    this.tell?.(what);
  }
}
