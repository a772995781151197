import { DeferredRows } from "./deferred-rows.js";
import type { Sqlite3Connection } from "./sqlite3-connection.js";

/** Who is done first waits for the last, so neither may be far away. */
const MAX_MEMBERS = 100;
const MAX_MS = 50;

/**
 * SQLite's open transaction, which writers that wait for each other share: one after the other they do their work in it,
 * each under a savepoint of its own, and one commit with its one fsync keeps what all of them did. What goes wrong in one
 * takes back that one alone; when the transaction itself is lost, it is lost for all, and none of them has answered yet.
 */
export class SharedTransaction {
  /** After the commit; rejects when nothing is kept. */
  readonly settled: Promise<void>;
  /** What one member read or wrote and the next may go by; empty again when one takes back what it did. */
  readonly known = new Map<string, unknown>();
  private keep: () => void;
  private lose: (cause: unknown) => void;
  private readonly began = performance.now();
  private members = 0;
  private readonly deferred = new DeferredRows();
  private underSavepoint = false;
  private lost: { readonly cause: unknown } | undefined;
  private over = false;

  private constructor(private readonly writer: Sqlite3Connection) {
    this.settled = new Promise((resolve, reject) => {
      this.keep = resolve;
      this.lose = reject;
    });
    this.settled.catch(() => undefined); // every member hears of it from `settled` itself
  }

  /** For its first member, which needs no savepoint: nobody's work would be lost with its own. */
  static async begin(writer: Sqlite3Connection): Promise<SharedTransaction> {
    await writer.exec("BEGIN IMMEDIATE");
    return new SharedTransaction(writer);
  }

  get isOver(): boolean {
    return this.over;
  }

  get hasRoom(): boolean {
    return !this.over && this.members < MAX_MEMBERS && performance.now() - this.began < MAX_MS;
  }

  /**
   * Writes a row at the end, with those of the other members: on its own it would be one more way to SQLite's thread and
   * back, during which all wait. @param insert takes a JSON array of rows as ?1
   */
  defer(insert: string, row: object): void {
    this.deferred.add(insert, row);
  }

  /** For who is about to look at what is deferred. */
  async writeDeferred(): Promise<void> {
    for (const [insert, rows] of this.deferred.take()) {
      await this.orLose(this.writer.run(insert, [JSON.stringify(rows)]));
    }
  }

  /** For every later member. */
  async join(): Promise<void> {
    this.deferred.mark();
    await this.orLose(this.writer.exec(this.underSavepoint ? "RELEASE member; SAVEPOINT member" : "SAVEPOINT member"));
    this.underSavepoint = true;
  }

  /** The member at work is done. */
  keepMember(): void {
    this.members++;
  }

  /** The member at work leaves nothing behind. */
  async undoMember(): Promise<void> {
    if (this.over) return;
    this.known.clear();
    this.deferred.undo();
    await this.orLose(this.writer.exec(this.underSavepoint ? "ROLLBACK TO member" : "ROLLBACK"));
    if (!this.underSavepoint) this.end();
  }

  async commit(): Promise<void> {
    if (this.over) return;
    await this.writeDeferred();
    await this.orLose(this.writer.exec("COMMIT"));
    this.end();
  }

  /** @throws the reason when the transaction is lost: whatever was written now would commit by itself */
  check(): void {
    if (this.lost !== undefined) throw this.lost.cause;
  }

  /** SQLite has rolled back by itself, or may have. */
  async giveUp(cause: unknown): Promise<void> {
    if (this.over) return;
    this.over = true;
    this.lost = { cause };
    await this.writer.exec("ROLLBACK").catch(() => undefined);
    this.lose(cause);
  }

  private async orLose(statement: Promise<unknown>): Promise<void> {
    try {
      await statement;
    } catch (cause) {
      await this.giveUp(cause);
      throw cause;
    }
  }

  private end(): void {
    this.over = true;
    this.keep();
  }
}
