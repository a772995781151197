import { setTimeout as setTimeoutPromise } from "node:timers/promises";
import type { DirectoryEntry } from "../boot/boot-directory.js";
import type { App } from "../context.js";
import { switchesWithRoom } from "./switch/switches-with-room.store.js";

/**
 * When the switches are asked for a machine that has registered and stands nowhere. At once: its frames have told the
 * switch where it is. And again, because many agents answer from a copy of the table that is up to half a minute old.
 */
const ASKED_AFTER_MS = [200, 4_000, 12_000, 30_000];
/** A machine that still stands nowhere then, and registers at each boot, is for a person: the switches are left in peace. */
const FORGOTTEN_AFTER_MS = 10 * 60_000;
const ROUND_MS = 5_000;
/** Of a flood of machines that nobody knows. */
const MACHINES = 10_000;

interface Wanted {
  since: number;
  asked: number;
}

/** Asks the switches that could see a machine which stands nowhere, instead of waiting until it is their turn. */
export class ScanForRegistered {
  readonly #wanted = new Map<number, Wanted>();
  #timer: NodeJS.Timeout | undefined;
  #asking: Promise<void> | undefined;
  #stopped = false;

  constructor(private readonly app: App) {}

  note(machineIds: Iterable<number>): void {
    const since = performance.now();
    for (const id of machineIds) {
      if (this.#wanted.size < MACHINES && !this.#wanted.has(id)) this.#wanted.set(id, { since, asked: 0 });
    }
    this.#wake();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#asking;
  }

  /** One round at a time: what comes meanwhile is the next round's, and the switches rest as long as they have worked. */
  #wake(rest = 0): void {
    clearTimeout(this.#timer);
    if (this.#stopped || this.#asking !== undefined) return;
    const now = performance.now();
    for (const [id, { since }] of this.#wanted) if (now - since > FORGOTTEN_AFTER_MS) this.#wanted.delete(id);
    const due = [...this.#wanted.values()].map(({ since, asked }) => since + (ASKED_AFTER_MS[asked] ?? Infinity));
    const next = due.reduce((least, each) => Math.min(least, each), Infinity);
    if (next === Infinity) return;
    this.#timer = setTimeout(() => this.#ask(), Math.max(next - now, rest, 0));
  }

  #ask(): void {
    const began = performance.now();
    this.#asking = this.#round()
      .catch((error: unknown) => this.app.log.error("cannot look for machines that have registered", error))
      .finally(() => {
        this.#asking = undefined;
        this.#wake(performance.now() - began);
      });
  }

  async #round(): Promise<void> {
    const { directory, database, switchScans } = this.app;
    const now = performance.now();
    for (const [id, wanted] of this.#wanted) {
      const [entry] = directory.entriesOf([id]);
      if (entry !== undefined && !mayBePlaced(entry)) this.#wanted.delete(id);
      else if (now >= wanted.since + (ASKED_AFTER_MS[wanted.asked] ?? Infinity)) wanted.asked++;
    }
    if (this.#wanted.size === 0) return;
    const switches = await switchesWithRoom(database.manager);
    if (switches.length === 0) {
      // Whoever gives a switch its first rule has it asked when its turn comes.
      this.#wanted.clear();
      return;
    }
    const asked = switchScans.askNow(switches);
    // One that is slow or silent must not keep the next machine waiting.
    await Promise.race([asked, setTimeoutPromise(ROUND_MS, undefined, { ref: false })]);
  }
}

function mayBePlaced({ place, locked, state }: DirectoryEntry): boolean {
  return place === null && !locked && state !== "INSTALLING" && state !== "INSTALLED" && state !== "RETIRED";
}
