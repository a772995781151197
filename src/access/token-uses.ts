import type { Database } from "../db/database.js";

interface TokenUse {
  readonly at: Date;
  readonly from: string;
}

/** When each token was used last: collected here and written now and then, because a request may not cost a write. */
export class TokenUses {
  private readonly unwritten = new Map<number, TokenUse>();

  constructor(private readonly database: Database) {}

  record(tokenId: number, at: Date, from: string): void {
    this.unwritten.set(tokenId, { at, from });
  }

  /** Writes what is not written yet; what another process has seen later stays. What fails is tried again next time. */
  async write(): Promise<void> {
    const uses = [...this.unwritten];
    if (uses.length === 0) return;
    this.unwritten.clear();
    try {
      await this.update(uses.map(([id, { at, from }]) => ({ id, used_at: at.toISOString(), used_from: from })));
    } catch (error) {
      for (const [id, use] of uses) if (!this.unwritten.has(id)) this.unwritten.set(id, use);
      throw error;
    }
  }

  private async update(rows: object[]): Promise<void> {
    const { dataSource, dialect } = this.database;
    const uses = dialect.rowsOf("$1", { id: "integer", used_at: "text", used_from: "text" });
    await dataSource.transaction(async (manager) => {
      // Two processes that update the same rows in different orders would deadlock.
      await dialect.lockForTransaction(manager, "token uses");
      await manager.query(
        `UPDATE api_token SET last_used_at = used_at, last_used_from = used_from FROM ${uses} AS uses
         WHERE api_token.id = uses.id AND (last_used_at IS NULL OR last_used_at < used_at)`,
        [JSON.stringify(rows)],
      );
    });
  }
}
