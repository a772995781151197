import type { DataSource, ReplicationMode } from "typeorm";
import { QueryFailedError, QueryResult } from "typeorm";
import { BetterSqlite3Driver } from "typeorm/driver/better-sqlite3/BetterSqlite3Driver.js";
import { BetterSqlite3QueryRunner } from "typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js";
import { Sqlite3Connection } from "./sqlite3-connection.js";
import { WriteLock } from "./write-lock.js";

const READERS = 4;
const WRITE_LOCK_TIMEOUT_MS = 30_000;

// TypeORM 1.x has no driver for sqlite3, and its SQLite drivers share one query runner: of two transactions at once
// one becomes a savepoint of the other and vanishes with its rollback, although it was acknowledged. Here every
// unit of work has its own query runner; transactions wait for each other on the one writing connection and begin
// IMMEDIATE; what is outside a transaction reads from `query_only` connections and so never sees uncommitted rows.
// The dialect (types, schema, escaping) is TypeORM's own for better-sqlite3.
export class Sqlite3Driver extends BetterSqlite3Driver {
  private writer: Sqlite3Connection;
  private readers: Sqlite3Connection[] = [];
  private nextReader = 0;
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

class Sqlite3QueryRunner extends BetterSqlite3QueryRunner {
  private unlock: (() => void) | undefined;

  constructor(private readonly sqlite: Sqlite3Driver) {
    super(sqlite);
  }

  override async startTransaction(): Promise<void> {
    if (this.transactionDepth > 0) return super.startTransaction(); // a savepoint inside our own transaction
    this.unlock = await this.sqlite.writeLock.acquire();
    try {
      await super.startTransaction();
    } catch (error) {
      this.isTransactionActive = false;
      this.letGo();
      throw error;
    }
  }

  override async commitTransaction(): Promise<void> {
    await super.commitTransaction(); // when this fails, the caller rolls back, and that lets go
    if (!this.isTransactionActive) this.letGo();
  }

  override async rollbackTransaction(): Promise<void> {
    const outermost = this.transactionDepth <= 1;
    try {
      await super.rollbackTransaction();
    } catch (error) {
      // SQLite has already rolled back by itself after SQLITE_FULL or SQLITE_IOERR.
      if (!outermost || !/no transaction is active/.test(String(error))) throw error;
      this.isTransactionActive = false;
      this.transactionDepth = 0;
    } finally {
      if (outermost) this.letGo();
    }
  }

  override async release(): Promise<void> {
    if (this.isTransactionActive) await this.rollbackTransaction();
    await super.release();
  }

  override async query(sql: string, parameters?: unknown[], useStructuredResult?: false): Promise<unknown>;
  override async query(sql: string, parameters: unknown[], useStructuredResult: true): Promise<QueryResult>;
  override async query(sql: string, parameters: unknown[] = [], useStructuredResult = false): Promise<unknown> {
    const text = sql === "BEGIN TRANSACTION" ? "BEGIN IMMEDIATE" : numbered(sql);
    const reads = /^\s*(select|explain)\b/i.test(text);
    const release = reads || this.unlock ? undefined : await this.sqlite.writeLock.acquire();
    const connection = this.sqlite.connectionFor(!reads || this.unlock !== undefined);
    const values = parameters.map((value) => (typeof value === "boolean" ? Number(value) : value));
    const result = new QueryResult();
    try {
      if (reads || /^\s*(pragma|with)\b|\breturning\b/i.test(text)) {
        result.raw = result.records = await connection.all(text, values);
      } else {
        const { lastInsertRowid, changes } = await connection.run(text, values);
        result.raw = lastInsertRowid;
        result.affected = changes;
      }
    } catch (error) {
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
