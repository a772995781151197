import type { Database } from "./database.js";
import { Statement, type Reading } from "./statement.js";

interface Asked {
  readonly statement: Statement;
  readonly reading: Reading;
  readonly resolve: (tuples: unknown[][]) => void;
  readonly reject: (error: unknown) => void;
}

/** SELECTs that are asked for within one turn of the event loop, as one statement: one way there and back for all. */
export class GatheredReadings {
  private asked: Asked[] = [];

  constructor(private readonly database: Database) {}

  /** @returns the rows, as `Statement.tuples` */
  read(statement: Statement, reading: Reading): Promise<unknown[][]> {
    return new Promise((resolve, reject) => {
      this.asked.push({ statement, reading, resolve, reject });
      // Loaders send their batches one after the other in the queue of process.nextTick: after the last of them.
      if (this.asked.length === 1) process.nextTick(() => void this.send());
    });
  }

  private async send(): Promise<void> {
    const asked = this.asked;
    this.asked = [];
    try {
      const all = new Statement(this.database.dialect);
      const readings = asked.map(({ statement, reading }) => all.take(statement, reading));
      const found = await all.together(this.database.manager, ...readings);
      asked.forEach(({ resolve }, i) => resolve(found[i] ?? []));
    } catch (error) {
      for (const { reject } of asked) reject(error);
    }
  }
}
