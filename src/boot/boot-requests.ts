import type { Database } from "../db/database.js";
import type { BootRequest } from "../http/boot-request.js";
import type { Log } from "../log.js";
import { readMacAddress, type MacAddress } from "../machine/mac-address.js";
import type { BootDirectory } from "./boot-directory.js";
import { insertBootRequests, type BootRequestRow } from "./boot-requests.store.js";
import { forgetBeyond, forgetOfMachines, KEPT, type Kept } from "./forget-boot-requests.store.js";
import { keptUrl, keptText } from "./kept-url.js";

/** What a boot storm of 10,000 machines asks; as much again is dropped and counted. 8 MB. */
const MAX_WAITING = 20_000;
/** With one batch in a second, writing takes two hundredths of what answering takes, however many ask. */
const BATCH = 500;
const ADDRESSES = 20_000;

/** What is kept in memory of a request that was answered. Strings and numbers: no socket stays alive for it. */
interface Noted {
  readonly at: number;
  readonly method: string;
  readonly target: string;
  readonly userAgent: string | undefined;
  readonly remoteAddress: string;
  readonly status: number;
  readonly mac: MacAddress | undefined;
  readonly machineId: number | undefined;
  readonly rule: string | undefined;
  readonly said: string | undefined;
}

/**
 * Every request of the boot plane: noted in memory when it is answered, because an answer may not cost a write, and
 * written in batches. What comes faster than it can be written is dropped, and counted.
 */
export class BootRequests {
  private waiting: Noted[] = [];
  private writing: Promise<void> | undefined;
  /** Which machine spoke last from an address: an image's URL does not say who wants it. */
  private readonly byAddress = new Map<string, number>();
  /** Rows since the last look, by machine; `undefined` for what matched nothing. */
  private readonly grown = new Map<number | undefined, number>();
  private total = 0;
  dropped = 0;

  constructor(
    private readonly database: Database,
    private readonly directory: BootDirectory,
    private readonly log: Log,
    private readonly kept: Kept = KEPT,
    private readonly maxWaiting = MAX_WAITING,
  ) {}

  /** Called for each answer, also on the hot path: a fiftieth of what a GET /boot costs. */
  readonly note = (request: BootRequest, status: number): void => {
    if (this.waiting.length >= this.maxWaiting) return void this.dropped++;
    const { method, target, userAgent, message, mac, machineId, rule, said } = request;
    const remoteAddress = message.socket.remoteAddress ?? "";
    const at = Date.now();
    this.waiting.push({ at, method, target, userAgent, remoteAddress, status, mac, machineId, rule, said });
  };

  /** Writes one batch. What fails is tried again with the next. */
  write(): Promise<void> {
    this.writing ??= this.writeBatch().finally(() => (this.writing = undefined));
    return this.writing;
  }

  /** Writes everything. */
  async settle(): Promise<void> {
    await this.writing;
    while (this.waiting.length > 0) {
      const before = this.waiting.length;
      await this.write();
      if (this.waiting.length >= before) return; // the database does not take them
    }
  }

  private async writeBatch(): Promise<void> {
    const batch = this.waiting.splice(0, BATCH);
    const rows = batch.filter(({ target }) => !target.startsWith("/healthz")).map((noted) => this.rowOf(noted));
    if (rows.length === 0) return;
    try {
      await insertBootRequests(this.database, rows);
    } catch (error) {
      this.waiting = [...batch, ...this.waiting].slice(0, this.maxWaiting);
      this.log.error("cannot keep what machines asked, trying again", error);
      return;
    }
    for (const { machine_id } of rows) {
      const key = machine_id ?? undefined;
      this.grown.set(key, (this.grown.get(key) ?? 0) + 1);
    }
    this.total += rows.length;
    await this.forget();
  }

  // Not at each batch, and never much at once: what is kept may be a quarter more than the bounds say.
  private async forget(): Promise<void> {
    const { perMachine, unmatched, total } = this.kept;
    const due = [...this.grown].filter(([id, count]) => id !== undefined && count >= perMachine / 4).slice(0, 100);
    for (const [id] of due) this.grown.delete(id);
    const ids = due.map(([id]) => id).filter((id) => id !== undefined);
    if (ids.length > 0) await forgetOfMachines(this.database, ids, perMachine);
    if ((this.grown.get(undefined) ?? 0) >= unmatched / 4) {
      this.grown.delete(undefined);
      await forgetBeyond(this.database, "machine_id IS NULL", unmatched);
    }
    if (this.total >= total / 40) {
      this.total = 0;
      // One that asks seldom would be counted for ever.
      if (this.grown.size > total / 4) this.grown.clear();
      await forgetBeyond(this.database, "machine_id IS NOT NULL", total);
    }
  }

  private rowOf(noted: Noted): BootRequestRow {
    const mac = noted.mac ?? macIn(noted.target);
    const address = noted.remoteAddress.replace(/^::ffff:/, "");
    const machineId = noted.machineId ?? (mac === undefined ? undefined : this.directory.bootMachine(mac)?.id);
    if (machineId !== undefined) this.remember(address, machineId);
    const isImage = noted.target.startsWith("/images/");
    return {
      machine_id: machineId ?? (isImage ? this.byAddress.get(address) : undefined) ?? null,
      mac_address: mac ?? null,
      at: new Date(noted.at).toISOString(),
      method: noted.method,
      url: keptUrl(noted.target),
      user_agent: noted.userAgent === undefined ? null : keptText(noted.userAgent, 256),
      remote_address: address.slice(0, 45),
      status: noted.status,
      answer: keptText(noted.said ?? `status ${noted.status}`, 256),
      rule: noted.rule ?? null,
    };
  }

  private remember(address: string, machineId: number): void {
    if (!this.byAddress.has(address) && this.byAddress.size >= ADDRESSES) this.byAddress.clear();
    this.byAddress.set(address, machineId);
  }
}

/** Of a request that was refused before anybody read its MAC address. */
function macIn(target: string): MacAddress | undefined {
  const last = /^\/(?:boot\/|pxelinux\.cfg\/01-|grub\/grub\.cfg-(?:01-)?)([^/?]{1,40})/.exec(target)?.[1];
  return last === undefined ? undefined : readMacAddress(last.replace(/%3a/gi, ":"));
}
