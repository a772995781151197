import type { Duplex } from "node:stream";
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

/**
 * A connection that sends a statement without waiting for the answer to the one before. Those of one turn of the event
 * loop go out in one piece: where each of them woke PostgreSQL's process, which put this one aside for it, 32 scripts
 * placed 270 machines a second, and so 341 (medians of three pairs, in turn).
 */
export class PipeliningClient extends pg.Client {
  private holdsBack = false;

  constructor(config: pg.ClientConfig) {
    super({ ...config, pipeline: true });
  }

  send(config: pg.QueryConfig): Promise<Answer> {
    if (!this.holdsBack) {
      this.holdsBack = true;
      const { stream } = this.connection as unknown as { readonly stream: Duplex };
      stream.cork();
      // After the promises of this turn.
      process.nextTick(() => {
        this.holdsBack = false;
        stream.uncork();
      });
    }
    return this.query(config);
  }
}

/** SQLSTATE of what ends a connection: 08 of its own, 57P01 to 03 of a server that goes or comes. */
const LOST = /^(08|57P0[123])/;

const READERS = 4;
/** Whoever is not answered for so long stands behind something slow. */
const SLOW_MS = 20;

// TypeORM waits for every statement and has PostgreSQL parse and plan it anew. Here statements that are asked for together
// go out together, in the order of the calls, and what comes again is prepared once for each connection. What is read
// outside of transactions shares a few connections: with one of its own from the pool for each statement a page of 100
// machines took a quarter longer, mostly to wake PostgreSQL's processes and to be put aside for them.
export class PipeliningDriver extends PostgresDriver {
  readonly prepared = new PreparedTexts();
  private readers: Reader[] = [];

  /** Of few connections the first one that is not kept by something slow: the fewer, the fewer processes are woken. */
  reader(): Reader {
    const { options } = this.master as pg.Pool;
    if (this.readers.length === 0) this.readers = Array.from({ length: READERS }, () => new Reader(options));
    const quick = this.readers.find((reader) => reader.waitingMs < SLOW_MS);
    return quick ?? this.readers.reduce((best, reader) => (reader.waitingMs < best.waitingMs ? reader : best));
  }

  override async disconnect(): Promise<void> {
    await Promise.all(this.readers.splice(0).map((reader) => reader.close()));
    await super.disconnect();
  }

  override createQueryRunner(mode: ReplicationMode): PostgresQueryRunner {
    return new PipeliningQueryRunner(this, mode);
  }
}

/** A connection that is made when it is first needed, and again when it is lost. */
class Reader {
  private client: Promise<PipeliningClient> | undefined;
  /** When the statements that are not answered yet went out, the first one first: PostgreSQL answers in their order. */
  private readonly sentAt: number[] = [];

  constructor(private readonly options: pg.PoolOptions) {}

  /** For how long the next answer has been waited for. */
  get waitingMs(): number {
    const [first] = this.sentAt;
    return first === undefined ? 0 : performance.now() - first;
  }

  /** What was lost with its connection is asked once more: reading changes nothing. */
  async query(config: pg.QueryConfig): Promise<Answer> {
    const connected = this.client ?? this.connect();
    try {
      return await this.sent(await connected, config);
    } catch (error) {
      if (error instanceof pg.DatabaseError && !LOST.test(error.code ?? "")) throw error;
      // Its end may be told after the failures of its statements.
      if (this.client === connected) this.client = undefined;
      return this.sent(await (this.client ?? this.connect()), config);
    }
  }

  private async sent(client: PipeliningClient, config: pg.QueryConfig): Promise<Answer> {
    this.sentAt.push(performance.now());
    try {
      return await client.send(config);
    } finally {
      this.sentAt.shift();
    }
  }

  async close(): Promise<void> {
    await this.client?.then((client) => client.end()).catch(() => undefined);
  }

  private connect(): Promise<PipeliningClient> {
    const client = new PipeliningClient(this.options);
    const connected = client.connect().then(() => client);
    const forget = () => {
      if (this.client === connected) this.client = undefined;
    };
    client.on("error", forget).on("end", forget);
    connected.catch(forget);
    return (this.client = connected);
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
  private get client(): PipeliningClient | undefined {
    return this.databaseConnection as PipeliningClient | undefined;
  }

  override async startTransaction(): Promise<void> {
    if (this.transactionDepth > 0) return super.startTransaction(); // a savepoint inside our own transaction
    const client = (await this.connect()) as PipeliningClient;
    // What follows goes out behind it; a connection that cannot even begin answers nothing else either.
    client.send({ text: "START TRANSACTION" }).catch(() => undefined);
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
    const reads = text.startsWith("SELECT");
    // What begins and ends transactions has nothing to plan, and goes in one message.
    const name = reads || values.length > 0 ? this.pipelining.prepared.nameOf(text) : undefined;
    const config = { text, ...(name === undefined ? {} : { name }), ...(values.length > 0 ? { values } : {}) };
    try {
      if (this.client === undefined && reads) return await this.pipelining.reader().query(config);
      const client = this.client ?? ((await this.connect()) as PipeliningClient);
      return await client.send(config);
    } catch (error) {
      throw new QueryFailedError(text, values, error instanceof Error ? error : new Error(String(error)));
    }
  }
}
