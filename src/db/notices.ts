import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { EntityManager } from "typeorm";

const CHANNEL = "kickrack_machines";
// PostgreSQL refuses a payload of 8000 bytes or more; 700 ids of ten digits stay below it.
const IDS_PER_NOTICE = 700;
const RECONNECT_MS = 1_000;

interface Notice {
  readonly from: string;
  readonly ids: number[];
}

/**
 * Tells the other Kickracks on one PostgreSQL of each commit, and of which machines the boot answer may have changed
 * (LISTEN and NOTIFY).
 */
export class Notices {
  private readonly process = randomUUID();
  private client: pg.Client | undefined;
  private closed = false;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly url: string,
    private readonly heard: (machineIds: readonly number[] | "all") => Promise<void>,
  ) {}

  async listen(): Promise<void> {
    const { default: postgres } = await import("pg"); // SQLite needs none of it, and it takes its time to load
    const client = new postgres.Client({ connectionString: this.url, keepAlive: true });
    client.on("notification", ({ payload }) => {
      const { from, ids } = JSON.parse(payload ?? "{}") as Notice;
      if (from !== this.process) void this.heard(ids);
    });
    client.on("error", () => this.reconnectSoon());
    client.on("end", () => this.reconnectSoon());
    await client.connect();
    await client.query(`LISTEN ${CHANNEL}`);
    this.client = client;
  }

  /** Inside the transaction: PostgreSQL delivers it at the commit, and never after a rollback. */
  async send(manager: EntityManager, machineIds: readonly number[]): Promise<void> {
    const notices: Notice[] = [];
    for (let i = 0; i === 0 || i < machineIds.length; i += IDS_PER_NOTICE) {
      notices.push({ from: this.process, ids: machineIds.slice(i, i + IDS_PER_NOTICE) });
    }
    const text = "SELECT pg_notify($1, $2)";
    await Promise.all(notices.map((notice) => manager.query(text, [CHANNEL, JSON.stringify(notice)])));
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.retry);
    await this.client?.end();
  }

  private reconnectSoon(): void {
    if (this.closed || this.retry !== undefined) return;
    this.client = undefined;
    this.retry = setTimeout(() => {
      this.retry = undefined;
      // What was said meanwhile is lost, so everything counts as changed.
      this.listen().then(
        () => this.heard("all"),
        () => this.reconnectSoon(),
      );
    }, RECONNECT_MS);
  }
}
