import type { DataSource, ReplicationMode } from "typeorm";
import { QueryFailedError, QueryResult } from "typeorm";
import { BetterSqlite3Driver } from "typeorm/driver/better-sqlite3/BetterSqlite3Driver.js";
import { BetterSqlite3QueryRunner } from "typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js";
import { SharedTransaction } from "./shared-transaction.js";
import { Sqlite3Connection } from "./sqlite3-connection.js";
import { WriteLock } from "./write-lock.js";

const READERS = 4;
const WRITE_LOCK_TIMEOUT_MS = 30_000;

// TypeORM 1.x has no driver for sqlite3, and its SQLite drivers share one query runner: of two transactions at once
// one becomes a savepoint of the other and vanishes with its rollback, although it was acknowledged. Here every
// unit of work has its own query runner; transactions wait for each other on the one writing connection, begin
// IMMEDIATE and, where others wait already, commit with them (see SharedTransaction); what is outside a transaction
// reads from `query_only` connections and so never sees uncommitted rows.
// The dialect (types, schema, escaping) is TypeORM's own for better-sqlite3.
export class Sqlite3Driver extends BetterSqlite3Driver {
  private writer: Sqlite3Connection;
  private readers: Sqlite3Connection[] = [];
  private nextReader = 0;
  private shared: SharedTransaction | undefined;
  readonly writeLock = new WriteLock(WRITE_LOCK_TIMEOUT_MS);

  constructor(
    dataSource: DataSource,
    private readonly synchronous: "FULL" | "NORMAL",
  ) {
    super(dataSource);
  }

  override createQueryRunner(_mode: ReplicationMode): BetterSqlite3QueryRunner {
    return new Sqlite3QueryRunner(this);
  }

  override async disconnect(): Promise<void> {
    const release = await this.writeLock.acquire();
    await Promise.all(this.readers.map((reader) => reader.close()));
    await this.writer.close(); // last, so that it checkpoints the WAL
    release();
  }

  /** For who holds the write lock. */
  async enterTransaction(): Promise<SharedTransaction> {
    if (this.shared === undefined || this.shared.isOver) this.shared = await SharedTransaction.begin(this.writer);
    else await this.shared.join();
    return this.shared;
  }

  connectionFor(forWriting: boolean): Sqlite3Connection {
    if (forWriting) return this.writer;
    this.nextReader = (this.nextReader + 1) % this.readers.length;
    return this.readers[this.nextReader] ?? this.writer;
  }

  protected override loadDependencies(): void {
    // sqlite3 is imported by the connection
  }

  protected override async createDatabaseConnection(): Promise<unknown> {
    const file = String(this.options.database);
    const common = ["busy_timeout=5000", "foreign_keys=ON"];
    this.writer = await Sqlite3Connection.open(file, [
      ...common,
      "journal_mode=WAL",
      // WAL alone means NORMAL to most wrappers, and then a power cut takes back what was acknowledged.
      `synchronous=${this.synchronous}`,
    ]);
    this.readers = await Promise.all(
      Array.from({ length: READERS }, () => Sqlite3Connection.open(file, [...common, "query_only=ON"])),
    );
    return this.writer;
  }
}

// To SQLite $1 is a name, which sqlite3 binds by order of appearance; ?1 is a number, as $1 is to PostgreSQL.
function numbered(sql: string): string {
  return sql.replace(/\$(\d+)/g, "?$1");
}

// What is wrong with one statement takes back that statement alone; after all else (SQLITE_FULL, SQLITE_IOERR, …) SQLite
// may have rolled back the whole transaction (lang_transaction.html, 3.1).
const OF_STATEMENT = ["SQLITE_CONSTRAINT", "SQLITE_ERROR", "SQLITE_MISMATCH", "SQLITE_RANGE", "SQLITE_TOOBIG"];

/** The tables whose rows are deferred: who looks at them finds all. */
const HISTORY = /\bchange(_entry)?\b/;

function endsTransaction(error: unknown): boolean {
  return !OF_STATEMENT.includes(String((error as { code?: unknown }).code));
}

export class Sqlite3QueryRunner extends BetterSqlite3QueryRunner {
  private unlock: (() => void) | undefined;
  private shared: SharedTransaction | undefined;

  constructor(private readonly sqlite: Sqlite3Driver) {
    super(sqlite);
  }

  /** What this transaction and those that commit with it know. */
  get known(): Map<string, unknown> {
    return this.inTransaction.known;
  }

  /** Writes a row of the history at the end, with those of the others. @param insert takes a JSON array of rows as $1 */
  defer(insert: string, row: object): void {
    this.inTransaction.defer(numbered(insert), row);
  }

  private get inTransaction(): SharedTransaction {
    if (this.shared === undefined) throw new Error("no transaction has begun");
    return this.shared;
  }

  override async startTransaction(): Promise<void> {
    if (this.transactionDepth > 0) return super.startTransaction(); // a savepoint inside our own transaction
    this.unlock = await this.sqlite.writeLock.acquire(true);
    try {
      this.shared = await this.sqlite.enterTransaction();
    } catch (error) {
      this.letGo();
      throw error;
    }
    this.isTransactionActive = true;
    this.transactionDepth = 1;
  }

  override async commitTransaction(): Promise<void> {
    if (this.shared === undefined || this.transactionDepth > 1) return super.commitTransaction();
    this.shared.keepMember();
    await this.leave(this.shared);
  }

  override async rollbackTransaction(): Promise<void> {
    if (this.shared === undefined || this.transactionDepth > 1) return super.rollbackTransaction();
    const { shared } = this;
    await shared.undoMember().catch(() => undefined); // `leave` tells of it
    await this.leave(shared);
  }

  /** Whoever waits goes on in the same transaction; who is the last one, or finds it full, commits for all. */
  private async leave(shared: SharedTransaction): Promise<void> {
    this.isTransactionActive = false;
    this.transactionDepth = 0;
    this.shared = undefined;
    try {
      if (!shared.hasRoom || !this.sqlite.writeLock.nextJoins) await shared.commit().catch(() => undefined);
    } finally {
      this.letGo();
    }
    await shared.settled;
  }

  override async release(): Promise<void> {
    if (this.isTransactionActive) await this.rollbackTransaction();
    await super.release();
  }

  override async query(sql: string, parameters?: unknown[], useStructuredResult?: false): Promise<unknown>;
  override async query(sql: string, parameters: unknown[], useStructuredResult: true): Promise<QueryResult>;
  override async query(sql: string, parameters: unknown[] = [], useStructuredResult = false): Promise<unknown> {
    const text = numbered(sql);
    const reads = /^\s*(select|explain)\b/i.test(text);
    const release = reads || this.unlock ? undefined : await this.sqlite.writeLock.acquire();
    const connection = this.sqlite.connectionFor(!reads || this.unlock !== undefined);
    const values = parameters.map((value) => (typeof value === "boolean" ? Number(value) : value));
    const result = new QueryResult();
    this.shared?.check();
    if (HISTORY.test(text)) await this.shared?.writeDeferred();
    try {
      if (reads || /^\s*(pragma|with)\b|\breturning\b/i.test(text)) {
        result.raw = result.records = await connection.all(text, values);
      } else {
        const { lastInsertRowid, changes } = await connection.run(text, values);
        result.raw = lastInsertRowid;
        result.affected = changes;
      }
    } catch (error) {
      if (this.shared !== undefined && endsTransaction(error)) await this.shared.giveUp(error);
      throw new QueryFailedError(text, values, error instanceof Error ? error : new Error(String(error)));
    } finally {
      release?.();
    }
    return useStructuredResult ? result : result.raw;
  }

  override async beforeMigration(): Promise<void> {
    await this.query("PRAGMA foreign_keys = OFF");
  }

  override async afterMigration(): Promise<void> {
    await this.query("PRAGMA foreign_keys = ON");
  }

  protected override async loadPragmaRecords(tablePath: string, pragma: string): Promise<unknown> {
    return this.query(`PRAGMA ${pragma}("${tablePath}")`);
  }

  private letGo(): void {
    this.unlock?.();
    this.unlock = undefined;
  }
}
