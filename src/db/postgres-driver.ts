import pg from "pg";
import { QueryFailedError, QueryResult, QueryRunnerAlreadyReleasedError } from "typeorm";
import type { ReplicationMode } from "typeorm/driver/types/ReplicationMode.js";
import { PostgresDriver } from "typeorm/driver/postgres/PostgresDriver.js";
import { PostgresQueryRunner } from "typeorm/driver/postgres/PostgresQueryRunner.js";

/** TypeORM writes a new text for every length of an IN list: only what comes again is worth a statement on the server. */
const MAX_PREPARED = 200;
const MAX_SEEN = 2_000;

/** The texts that are prepared, with their names, which are the same on every connection. */
class PreparedTexts {
  private readonly seen = new Set<string>();
  private readonly names = new Map<string, string>();

  nameOf(text: string): string | undefined {
    const name = this.names.get(text);
    if (name !== undefined || this.names.size >= MAX_PREPARED) return name;
    if (!this.seen.has(text)) {
      if (this.seen.size < MAX_SEEN) this.seen.add(text);
      return undefined;
    }
    const fresh = `kickrack_${this.names.size}`;
    this.names.set(text, fresh);
    return fresh;
  }
}

/** A connection that sends a statement without waiting for the answer to the one before. */
export class PipeliningClient extends pg.Client {
  constructor(config: pg.ClientConfig) {
    super({ ...config, pipeline: true });
  }
}

// TypeORM waits for every statement and has PostgreSQL parse and plan it anew. Here statements that are asked for together
// go out together, in the order of the calls, and what comes again is prepared once for each connection.
export class PipeliningDriver extends PostgresDriver {
  readonly prepared = new PreparedTexts();

  override createQueryRunner(mode: ReplicationMode): PostgresQueryRunner {
    return new PipeliningQueryRunner(this, mode);
  }
}

interface Answer {
  readonly rows: unknown[];
  readonly rowCount: number | null;
  readonly command: string;
}

class PipeliningQueryRunner extends PostgresQueryRunner {
  constructor(
    private readonly pipelining: PipeliningDriver,
    mode: ReplicationMode,
  ) {
    super(pipelining, mode);
  }

  /** The connection, once there is one. */
  private get client(): pg.Client | undefined {
    return this.databaseConnection as pg.Client | undefined;
  }

  override async startTransaction(): Promise<void> {
    if (this.transactionDepth > 0) return super.startTransaction(); // a savepoint inside our own transaction
    const client = (await this.connect()) as pg.Client;
    // What follows goes out behind it; a connection that cannot even begin answers nothing else either.
    client.query("START TRANSACTION").catch(() => undefined);
    this.isTransactionActive = true;
    this.transactionDepth = 1;
  }

  /** May be called before the answers to earlier statements are there. @throws Error when one of them has failed */
  override async commitTransaction(): Promise<void> {
    if (this.transactionDepth !== 1) return super.commitTransaction();
    const { command } = await this.send("COMMIT");
    this.isTransactionActive = false;
    this.transactionDepth = 0;
    // So PostgreSQL answers a COMMIT after a statement that has failed.
    if (command !== "COMMIT") throw new Error("nothing is written: a statement of this transaction had failed");
  }

  override query(sql: string, parameters?: unknown[], useStructuredResult?: false): Promise<unknown>;
  override query(sql: string, parameters: unknown[], useStructuredResult: true): Promise<QueryResult>;
  override async query(sql: string, parameters: unknown[] = [], useStructuredResult = false): Promise<unknown> {
    const { rows, rowCount, command } = await this.send(sql, parameters);
    const result = new QueryResult();
    result.records = rows;
    if (rowCount !== null) result.affected = rowCount;
    result.raw = command === "UPDATE" || command === "DELETE" ? [rows, rowCount] : rows;
    return useStructuredResult ? result : result.raw;
  }

  private async send(text: string, values: unknown[] = []): Promise<Answer> {
    if (this.isReleased) throw new QueryRunnerAlreadyReleasedError();
    const client = this.client ?? ((await this.connect()) as pg.Client);
    try {
      // What begins and ends transactions has nothing to plan, and goes in one message.
      const name = text.startsWith("SELECT") || values.length > 0 ? this.pipelining.prepared.nameOf(text) : undefined;
      if (name === undefined && values.length === 0) return await client.query(text);
      return await client.query(name === undefined ? { text, values } : { name, text, values });
    } catch (error) {
      throw new QueryFailedError(text, values, error instanceof Error ? error : new Error(String(error)));
    }
  }
}
