import { watch, type FSWatcher } from "node:fs";
import { mkdir, open, readdir, rename, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "../../log.js";
import { readMacAddress } from "../../machine/mac-address.js";
import { readDhcpEvent, type DhcpEvent } from "./dhcp-event.js";
import type { SeenEvent } from "./option82.store.js";

/** dhcp-event-script.ts writes at most six sub-options and tags. */
const FILE_LIMIT = 8_192;
const BATCH = 512;
/** Where a folder cannot be watched, as on some network file systems, and after a failure. */
const LOOK_MS = 2_000;
/** A burst becomes one transaction. */
const DEBOUNCE_MS = 50;
/** What a killed script has left half written. */
const LEFT_BEHIND_MS = 60_000;

/** As the script names what it is writing. */
const NEW = ".new-";
const TAKEN = ".taken-";

/**
 * Reads what dnsmasq's dhcp-script leaves, one file for each MAC address, and takes it away once it is kept. What comes while the
 * server or its database is down waits here.
 */
export class DhcpSpool {
  #watcher: FSWatcher | undefined;
  #clock: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #reading: Promise<void> | undefined;
  #again = false;

  constructor(
    private readonly folder: string,
    private readonly log: Log,
    private readonly now: () => Date,
    private readonly keep: (events: readonly SeenEvent[]) => Promise<void>,
  ) {}

  /** Reads what is there, then follows. */
  async follow(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    this.#watcher = watch(this.folder, () => (this.#soon ??= setTimeout(() => this.#look(), DEBOUNCE_MS)));
    this.#watcher.on("error", (error) => this.log.warn("cannot watch the events of dnsmasq", { error: error.message }));
    this.#clock = setInterval(() => this.#look(), LOOK_MS);
    this.#look();
  }

  /** Resolves when all that was there is kept. */
  async settle(): Promise<void> {
    this.#look();
    await this.#reading;
  }

  async stop(): Promise<void> {
    this.#watcher?.close();
    clearInterval(this.#clock);
    clearTimeout(this.#soon);
    this.#again = false;
    await this.#reading;
  }

  #look(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    this.#again = true;
    this.#reading ??= this.#readAll().finally(() => (this.#reading = undefined));
  }

  async #readAll(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      try {
        const taken = await this.#take();
        for (let i = 0; i < taken.length; i += BATCH) await this.#keepSome(taken.slice(i, i + BATCH));
      } catch (error) {
        this.log.error("cannot keep the events of dnsmasq; they wait", error, { folder: this.folder });
      }
    }
  }

  /** Files of another name are left alone by the script: what it writes for the same address meanwhile is a file of its own. */
  async #take(): Promise<string[]> {
    const names = await readdir(this.folder);
    const taken = new Set(names.filter((name) => name.startsWith(TAKEN)));
    for (const name of names) {
      if (name.startsWith(NEW)) await this.#removeLeftBehind(name);
      if (readMacAddress(name) === undefined) continue;
      await rename(join(this.folder, name), join(this.folder, TAKEN + name));
      taken.add(TAKEN + name);
    }
    return [...taken];
  }

  async #keepSome(names: readonly string[]): Promise<void> {
    const events: SeenEvent[] = [];
    for (const name of names) {
      const { event, written } = await this.#read(name);
      // A clock that is ahead must not make its word the freshest for ever.
      const seenAt = written < this.now() ? written : this.now();
      if (event === undefined) this.log.warn("an event of dnsmasq is not understood and thrown away", { file: name });
      else events.push({ ...event, seenAt });
    }
    if (events.length > 0) await this.keep(events);
    for (const name of names) await unlink(join(this.folder, name));
  }

  async #read(name: string): Promise<{ readonly event: DhcpEvent | undefined; readonly written: Date }> {
    const handle = await open(join(this.folder, name), "r");
    try {
      const { size, mtime } = await handle.stat();
      const event = size > FILE_LIMIT ? undefined : readDhcpEvent(await handle.readFile());
      return { event, written: mtime };
    } finally {
      await handle.close();
    }
  }

  async #removeLeftBehind(name: string): Promise<void> {
    const file = join(this.folder, name);
    const { mtimeMs } = await stat(file);
    if (this.now().getTime() - mtimeMs > LEFT_BEHIND_MS) await unlink(file);
  }
}
