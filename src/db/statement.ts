import type { EntityManager } from "typeorm";
import type { Columns, Dialect } from "./dialect.js";

/** A SELECT that is part of a statement, and the columns of its rows. */
export interface Reading {
  readonly text: string;
  readonly columns: Columns;
}

/** An SQL statement in the making: values go in as parameters, never as text. */
export class Statement {
  readonly parameters: unknown[] = [];
  private aliases = 0;

  constructor(readonly dialect: Dialect) {}

  /** @returns the parameter that stands for `value`, such as `$3` */
  bind(value: unknown): string {
    return `$${this.parameters.push(value)}`;
  }

  /** `expression` is one of the values. */
  isAmong(expression: string, values: readonly unknown[], type?: string): string {
    if (values.length === 0) return "FALSE";
    if (values.length === 1) {
      // PostgreSQL takes an array in a parameter for ten values: it found every plan for one dearer than a new one, and
      // planned for a millisecond each time a machine was placed.
      const only = this.bind(values[0]);
      return `${expression} = ${type === undefined ? only : `CAST(${only} AS ${type})`}`;
    }
    return this.dialect.isAmong(expression, this.bind(this.dialect.array(values)), type);
  }

  /** A name that no other table of the statement has. */
  alias(): string {
    return `t${this.aliases++}`;
  }

  rows(manager: EntityManager, text: string): Promise<Array<Record<string, unknown>>> {
    return manager.query(text, this.parameters);
  }

  /** The rows with their values in the order of `columns`; for 100 machines a third of what `rows` costs on SQLite. */
  async tuples(manager: EntityManager, text: string, columns: Columns): Promise<unknown[][]> {
    const [tuples = []] = await this.together(manager, { text, columns });
    return tuples;
  }

  /** What another statement reads, as part of this one; values are never in its text, so that a `$1` is a parameter. */
  take({ parameters }: Statement, reading: Reading): Reading {
    const before = this.parameters.length;
    this.parameters.push(...parameters);
    if (before === 0) return reading;
    const text = reading.text.replace(/\$([0-9]+)/g, (_, n: string) => `$${Number(n) + before}`);
    return { ...reading, text };
  }

  /** What several SELECTs find, as `tuples`, in one statement: they see the same moment, and take one way there and back. */
  async together(manager: EntityManager, ...readings: readonly Reading[]): Promise<unknown[][][]> {
    const found = readings.map(({ text, columns }, i) => {
      const answer = Object.fromEntries(Object.entries(columns).map(([name, type]) => [`answer."${name}"`, type]));
      return `(SELECT ${this.dialect.rowsAsText(answer)} FROM (${text}) answer) AS tuples${i}`;
    });
    const [answer] = await this.rows(manager, `SELECT ${found.join(", ")}`);
    return readings.map(({ columns }, i) => this.dialect.readRows(String(answer?.[`tuples${i}`]), columns));
  }
}
