import type { Database } from "../db/database.js";
import type { Log } from "../log.js";
import type { MacAddress } from "../machine/mac-address.js";
import type { BootDirectory, DirectoryEntry } from "./boot-directory.js";
import { AT_MOST, hasComeBack } from "./local-boot.js";
import { tryNextLocalBoots, type CameBack } from "./local-boot.store.js";
import { sentToDiskSince } from "./sent-to-disk.store.js";

const REMEMBERED = 50_000;

/**
 * How old the knowledge may be of what other Kickracks on the same database have answered: who has come back was sent
 * away ten seconds before at least, and what it was told is written a second after.
 */
const READ_EVERY = 5_000;
/** What was written late, or by a clock that is slow. */
const SLACK = 10_000;
/** A database that does not answer keeps no machine from its disk. */
const PATIENCE = 1_000;
/** A transaction with more of them would keep those that follow it waiting. */
const TOGETHER = 500;

/** Watches who comes back from the local disk it was sent to, by this Kickrack or another, also one before a restart. */
export class LocalBoots {
  /**
   * When each machine was sent to its disk last, by its id; negative where it has asked again since without leaving iPXE.
   * Milliseconds since `began`: small numbers need no object.
   */
  private readonly last = new Map<number, number>();
  private readonly began = Date.now() - AT_MOST - SLACK - 1;
  private readAt = -Infinity;
  private reading: Promise<void> | undefined;
  /** Who has come back and waits for the next transaction. */
  private waiting = new Map<number, CameBack>();
  private next: Promise<void> | undefined;
  private moving: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly directory: BootDirectory,
    private readonly log: Log,
  ) {}

  /**
   * A machine is about to be sent to its disk. `isAgain`: it has never left iPXE, since it found no system there.
   *
   * @returns what to wait for before it is answered, when it has come back and is to try the next method
   */
  sending(mac: MacAddress, isAgain: boolean): Promise<void> | undefined {
    const entry = this.directory.entryOf(mac);
    if (entry === undefined) return undefined;
    const now = Date.now() - this.began;
    if (isAgain) return this.keep(entry.id, -now);
    if (now - this.readAt >= READ_EVERY) this.readAsOf(now);
    return this.reading === undefined ? this.sent(entry, now) : this.reading.then(() => this.sent(entry, now));
  }

  private sent({ id, platform, ipxeVersion }: DirectoryEntry, now: number): Promise<void> | undefined {
    const before = this.last.get(id) ?? 0;
    this.keep(id, now);
    if (before <= 0 || !hasComeBack(now - before) || platform === null) return undefined;
    return this.moveOn({ id, platform, ipxeVersion });
  }

  /** All that come back while a transaction is under way share the next one: after a power cut a room does. */
  private moveOn(machine: CameBack): Promise<void> {
    if (this.waiting.size >= TOGETHER) this.next = undefined;
    if (this.next === undefined) {
      const together = new Map<number, CameBack>();
      const move = () => {
        if (this.waiting === together) this.next = undefined;
        return tryNextLocalBoots(this.database, [...together.values()]);
      };
      this.waiting = together;
      this.next = this.moving.then(move);
      this.moving = this.next.catch(() => undefined); // each that waits for it is told
    }
    this.waiting.set(machine.id, machine);
    return this.next;
  }

  private keep(id: number, at: number): undefined {
    if (this.last.size >= REMEMBERED) this.last.clear();
    this.last.set(id, at);
  }

  /** One look for all that ask within five seconds. */
  private readAsOf(now: number): void {
    // The first time what was before the start; then what may have been added since the last look.
    const since = Math.max(now - AT_MOST, this.readAt) - SLACK;
    this.readAt = now;
    const patience = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE).unref());
    this.reading = Promise.race([this.read(since), patience]).finally(() => (this.reading = undefined));
  }

  private async read(since: number): Promise<void> {
    try {
      for (const { machineId, at, isAgain } of await sentToDiskSince(this.database, since + this.began)) {
        const when = at - this.began;
        if (when > Math.abs(this.last.get(machineId) ?? 0)) this.keep(machineId, isAgain ? -when : when);
      }
    } catch (error) {
      this.log.error("cannot read who was sent to its disk, trying again in five seconds", error);
    }
  }
}
