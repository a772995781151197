import sqlite3 from "sqlite3";

export interface RunResult {
  readonly lastInsertRowid: number;
  readonly changes: number;
}

/** One sqlite3 connection with its prepared statements, as promises. */
export class Sqlite3Connection {
  private readonly statements = new Map<string, Promise<sqlite3.Statement>>();

  private constructor(private readonly database: sqlite3.Database) {}

  static open(file: string, pragmas: readonly string[]): Promise<Sqlite3Connection> {
    return new Promise((resolve, reject) => {
      const database = new sqlite3.Database(file, (error) => {
        if (error) return reject(error);
        // At most one statement of this connection in libuv's pool: the others would only sit there waiting for
        // SQLite's own mutex and starve the file system (measured: fs.stat 1,442 ms behind six slow queries).
        database.serialize();
        const connection = new Sqlite3Connection(database);
        connection.exec(pragmas.map((pragma) => `PRAGMA ${pragma};`).join("")).then(() => resolve(connection), reject);
      });
    });
  }

  exec(sql: string): Promise<void> {
    return new Promise((resolve, reject) => this.database.exec(sql, (error) => (error ? reject(error) : resolve())));
  }

  async all(sql: string, parameters: readonly unknown[]): Promise<Array<Record<string, unknown>>> {
    const statement = await this.prepared(sql);
    return new Promise((resolve, reject) => {
      statement.all(parameters, (error: Error | null, rows: Array<Record<string, unknown>>) =>
        error ? reject(error) : resolve(rows),
      );
    });
  }

  async run(sql: string, parameters: readonly unknown[]): Promise<RunResult> {
    const statement = await this.prepared(sql);
    return new Promise((resolve, reject) => {
      statement.run(parameters, function (error: Error | null) {
        if (error) reject(error);
        else resolve({ lastInsertRowid: this.lastID, changes: this.changes });
      });
    });
  }

  async close(): Promise<void> {
    await this.forgetStatements();
    return new Promise((resolve, reject) => this.database.close((error) => (error ? reject(error) : resolve())));
  }

  private prepared(sql: string): Promise<sqlite3.Statement> {
    const known = this.statements.get(sql);
    if (known) return known;
    // TypeORM writes a new text for every length of an IN list: without a bound the cache would be a leak.
    if (this.statements.size >= 200) void this.forgetStatements();
    const statement = new Promise<sqlite3.Statement>((resolve, reject) => {
      const prepared = this.database.prepare(sql, (error: Error | null) => (error ? reject(error) : resolve(prepared)));
    });
    this.statements.set(sql, statement);
    statement.catch(() => this.statements.delete(sql));
    return statement;
  }

  private async forgetStatements(): Promise<void> {
    const statements = [...this.statements.values()];
    this.statements.clear();
    for (const result of await Promise.allSettled(statements)) {
      if (result.status === "fulfilled") await new Promise<void>((done) => result.value.finalize(() => done()));
    }
  }
}
