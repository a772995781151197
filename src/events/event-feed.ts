import type { Database } from "../db/database.js";
import { InvalidInput } from "../errors.js";
import type { Log } from "../log.js";
import { entriesAfter, lastEntryId, type JournalEntry } from "./journal-entries.store.js";

const PAGE = 500;
/** So many entries wait in memory for followers that are a little slow; who is further back reads the journal. */
const KEPT = 2_000;

/** The end of the journal, read once for all who follow it: every entry after `start` and up to `end`. */
class Tail {
  readonly entries: JournalEntry[] = [];
  end: number;

  constructor(public start: number) {
    this.end = start;
  }

  add(page: readonly JournalEntry[]): void {
    this.entries.push(...page);
    this.end = page.at(-1)?.id ?? this.end;
    const dropped = this.entries.splice(0, Math.max(0, this.entries.length - KEPT));
    this.start = dropped.at(-1)?.id ?? this.start;
  }

  after(id: number): JournalEntry[] {
    let first = this.entries.length;
    while (first > 0 && (this.entries[first - 1]?.id ?? 0) > id) first -= 1;
    return this.entries.slice(first);
  }
}

/** The journal as it grows. Costs nothing while nobody follows it. */
export class EventFeed {
  private tail: Tail | undefined;
  private followers = 0;
  private readonly waiting = new Set<() => void>();
  private grown = false;
  private reading = false;

  constructor(
    private readonly database: Database,
    private readonly log: Log,
  ) {
    database.onJournalGrown(() => this.look());
  }

  /**
   * The entry that a follower begins after: the one that it names, the last one of the change that it names, or the
   * last there is.
   *
   * @throws InvalidInput for what this journal does not have
   */
  async position(after: string | null | undefined): Promise<number> {
    const { manager } = this.database;
    const last = await lastEntryId(manager);
    if (after === null || after === undefined) return last;
    const [, change, id] = /^(?:Change:(\d{1,9})|(\d{1,10}))$/.exec(after) ?? [];
    const position = change === undefined ? Number(id) : await lastEntryId(manager, Number(change));
    if (position <= last && (change === undefined || position > 0)) return position;
    const advice = "give the eventId of an event, or the id of a change; without it you get what happens from now on";
    throw new InvalidInput(`${JSON.stringify(after.slice(0, 40))} is none of this server; ${advice}`, ["after"]);
  }

  /** Every entry after this one, without an end. */
  async *follow(after: number, signal: AbortSignal): AsyncGenerator<JournalEntry, void> {
    this.followers += 1;
    try {
      const tail = await this.begin();
      let position = after;
      while (!signal.aborted) {
        const isOld = position < tail.start;
        const page = isOld ? await entriesAfter(this.database.manager, position, PAGE) : tail.after(position);
        for (const entry of page) {
          if (signal.aborted) return;
          yield entry;
          position = entry.id;
        }
        if (page.length === 0) await this.growth(signal);
      }
    } finally {
      this.followers -= 1;
      if (this.followers === 0) this.tail = undefined;
    }
  }

  /** Reads what there is new, if anybody follows. What cannot be read now is read with the next call. */
  look(): void {
    this.grown = true;
    if (this.tail === undefined || this.reading) return;
    this.reading = true;
    this.readOn()
      .catch((error: unknown) => this.log.error("cannot read what has changed", error))
      .finally(() => (this.reading = false));
  }

  private async begin(): Promise<Tail> {
    const last = this.tail ? 0 : await lastEntryId(this.database.manager);
    this.tail ??= new Tail(last);
    this.look(); // for what was written meanwhile
    return this.tail;
  }

  private async readOn(): Promise<void> {
    while (this.grown && this.tail !== undefined) {
      this.grown = false;
      const { tail } = this;
      let page: JournalEntry[];
      do {
        page = await entriesAfter(this.database.manager, tail.end, PAGE);
        tail.add(page);
        for (const proceed of [...this.waiting]) proceed();
      } while (page.length === PAGE);
    }
  }

  private growth(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const proceed = () => {
        this.waiting.delete(proceed);
        signal.removeEventListener("abort", proceed);
        resolve();
      };
      this.waiting.add(proceed);
      signal.addEventListener("abort", proceed);
      if (signal.aborted) proceed();
    });
  }
}
