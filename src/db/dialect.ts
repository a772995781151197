import { createHash } from "node:crypto";
import type { DataSource, EntityManager } from "typeorm";
import type { Sqlite3QueryRunner } from "./sqlite3-driver.js";

/** SQL types of columns that travel as JSON, to the database or from it. */
export type ColumnType = "text" | "integer" | "boolean" | "double precision";
export type Columns = Readonly<Record<string, ColumnType>>;

/**
 * The few places where the two databases' SQL differs. A batch travels as one JSON parameter: a statement per batch,
 * not per row, is what makes a durable registration cheap.
 */
export interface Dialect {
  /** A table expression over the array of objects in parameter `$n`. */
  rowsOf(parameter: string, columns: Columns): string;
  /** A subquery of one column over the array of strings (or integers) in parameter `$n`. */
  textsOf(parameter: string): string;
  integersOf(parameter: string): string;
  /** An aggregate: all rows as one text, for `readRows`. A third of what the same rows cost one by one. @param columns by their expressions */
  rowsAsText(columns: Columns): string;
  /** The values of each row, in the order of `columns`. */
  readRows(text: string, columns: Columns): unknown[][];
  /** `expression` is one of what `array` made of values for parameter `$n`; `type` where it is not the expression's own. */
  isAmong(expression: string, parameter: string, type?: string): string;
  array(values: readonly unknown[]): unknown;
  /** Whether statements that are not waited for go to the database in the order of the calls, before the answers come. */
  readonly pipelines: boolean;
  /** Adds a change at the end of the chain; from then to the commit nobody else does. */
  appendToChain(manager: EntityManager, link: ChainLink): Promise<ChainHead>;
  /** An expression: as many ids of `table` as parameter `$n` says, that nobody else will get, as a JSON array. For transactions. */
  newIds(table: string, parameter: string): string;
  /** Locks the machines' rows to the end of the transaction, in one order for everybody. */
  lockMachines(manager: EntityManager, ids: readonly number[]): Promise<void>;
  /** Locks the rows that a SELECT finds to the end of the transaction. */
  lockRows(manager: EntityManager, select: string, parameters: unknown[]): Promise<void>;
  /** Waits until no other process holds `name`, and keeps it to the end of the transaction. */
  lockForTransaction(manager: EntityManager, name: string): Promise<void>;
  /** Does `work`, which has transactions of its own, while no other process does what has this name. */
  alone(dataSource: DataSource, name: string, work: () => Promise<unknown>): Promise<void>;
}

/** The last change of the chain. */
export interface ChainHead {
  readonly id: number;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
}

/** What there is before the first change. */
export const NO_CHANGE: ChainHead = { id: 0, digest: "0".repeat(64) };

/** A change that has no place in the chain yet. */
export interface ChainLink {
  /** at, actor, through, operation, request_id, undoes. */
  readonly columns: readonly unknown[];
  /** Rows of ENTRY_COLUMNS. */
  readonly entries: readonly object[];
  /** The digest is that of `["DIGEST BEFORE",ID,` and this. */
  readonly told: string;
}

const ENTRY_COLUMNS = { kind: "text", object_id: "integer", before_facts: "text", after_facts: "text" } as const;
const CHANGE_COLUMNS: Columns = {
  ...{ id: "integer", at: "text", actor: "text", through: "text", operation: "text", request_id: "text" },
  ...{ undoes: "integer", digest: "text" },
};
const CHANGE = `change (${Object.keys(CHANGE_COLUMNS).join(", ")})`;
const ENTRY = "change_entry (change_id, kind, object_id, before_facts, after_facts)";
const LAST_CHANGE = "SELECT id, digest FROM change ORDER BY id DESC LIMIT 1";

/** The digest of a change behind `before`. */
export function chainDigest(before: ChainHead, told: string): string {
  return createHash("sha256")
    .update(`["${before.digest}",${before.id + 1},${told}`)
    .digest("hex");
}

export function dialectOf({ dataSource }: EntityManager): Dialect {
  return dataSource.options.type === "postgres" ? postgresDialect : sqliteDialect;
}

/** `count` ids of `table` that nobody else will get. Call inside a transaction. */
export async function allocateIds(
  manager: EntityManager,
  dialect: Dialect,
  table: string,
  count: number,
): Promise<number[]> {
  const [row]: [{ ids: string }] = await manager.query(`SELECT ${dialect.newIds(table, "$1")} AS ids`, [count]);
  return JSON.parse(row.ids) as number[];
}

/** In place; NULL stays. */
function convert(
  rows: unknown[][],
  columns: Columns,
  converters: { readonly [type in ColumnType]?: (value: unknown) => unknown },
): unknown[][] {
  Object.values(columns).forEach((type, i) => {
    const converter = converters[type];
    if (converter === undefined) return;
    for (const row of rows) if (row[i] !== null) row[i] = converter(row[i]);
  });
  return rows;
}

const HEAD = "head of the chain";

export const sqliteDialect: Dialect = {
  rowsOf(parameter, columns) {
    const picked = Object.keys(columns).map((name) => `json_extract(value, '$.${name}') AS ${name}`);
    // json_each would write each row as text, to be parsed again: twice as dear.
    return `(SELECT ${picked.join(", ")} FROM jsonb_each(${parameter}))`;
  },
  textsOf: (parameter) => `(SELECT value FROM json_each(${parameter}))`,
  integersOf: (parameter) => `(SELECT value FROM json_each(${parameter}))`,
  rowsAsText: (columns) => `json_group_array(json_array(${Object.keys(columns).join(", ")}))`,
  readRows: (text, columns) => convert(JSON.parse(text) as unknown[][], columns, { boolean: Boolean }),
  isAmong: (expression, parameter) => `${expression} IN (SELECT value FROM json_each(${parameter}))`,
  array: (values) => JSON.stringify(values),
  pipelines: false,
  async appendToChain(manager, { columns, entries, told }) {
    const runner = manager.queryRunner as Sqlite3QueryRunner;
    // Whoever commits together knows it of the one before.
    const [last = NO_CHANGE] = runner.known.has(HEAD)
      ? [runner.known.get(HEAD) as ChainHead]
      : await manager.query<ChainHead[]>(LAST_CHANGE);
    const head = { id: last.id + 1, digest: chainDigest(last, told) };
    runner.defer(
      `INSERT INTO ${CHANGE} SELECT * FROM ${this.rowsOf("$1", CHANGE_COLUMNS)} AS r`,
      Object.fromEntries(Object.keys(CHANGE_COLUMNS).map((name, i) => [name, [head.id, ...columns, head.digest][i]])),
    );
    const insert = `INSERT INTO ${ENTRY} SELECT * FROM ${this.rowsOf("$1", { change_id: "integer", ...ENTRY_COLUMNS })} AS r`;
    for (const entry of entries) runner.defer(insert, { change_id: head.id, ...entry });
    runner.known.set(HEAD, head);
    return head;
  },
  // AUTOINCREMENT's own counter: ids of deleted rows are never given again. The writer is alone in its transaction.
  newIds: (table, parameter) => `(
    WITH RECURSIVE ahead(id) AS (
      SELECT 1 + coalesce((SELECT seq FROM sqlite_sequence WHERE name = '${table}'), 0)
      UNION ALL SELECT id + 1 FROM ahead LIMIT ${parameter}
    ) SELECT json_group_array(id) FROM ahead)`,
  async lockMachines() {
    // BEGIN IMMEDIATE has done it
  },
  async lockRows() {
    // BEGIN IMMEDIATE has done it
  },
  async lockForTransaction() {
    // BEGIN IMMEDIATE has done it
  },
  async alone(_dataSource, _name, work) {
    await work(); // one server per file
  },
};

export const postgresDialect: Dialect = {
  rowsOf(parameter, columns) {
    const typed = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
    return `(SELECT * FROM json_to_recordset(${parameter}::json) AS r(${typed.join(", ")}))`;
  },
  textsOf: (parameter) => `(SELECT json_array_elements_text(${parameter}::json))`,
  integersOf: (parameter) => `(SELECT json_array_elements_text(${parameter}::json)::integer)`,
  // json_build_array looks up every value's type in every row: 1.4 ms for 100 machines instead of 0.6 (PostgreSQL 15).
  rowsAsText: (columns) => {
    const texts = Object.keys(columns).map((column) => `${column}::text`);
    return `coalesce(array_to_json(array_agg(ARRAY[${texts.join(", ")}])), '[]')::text`;
  },
  readRows: (text, columns) =>
    convert(JSON.parse(text) as unknown[][], columns, {
      integer: Number,
      "double precision": Number,
      boolean: (value) => value === "true",
    }),
  isAmong: (expression, parameter, type) => `${expression} = ANY(${parameter}${type ? `::${type}[]` : ""})`,
  array: (values) => values,
  pipelines: true,
  async appendToChain(manager, { columns, entries, told }) {
    const locked = this.lockForTransaction(manager, "changes");
    // PostgreSQL computes the digest, so that nothing has to come here while everybody waits for the lock.
    const digest = `encode(sha256(convert_to('["' || last.digest || '",' || last.id + 1 || ',' || $8, 'UTF8')), 'hex')`;
    const appended = manager.query<[ChainHead]>(
      `WITH last AS (SELECT * FROM (${LAST_CHANGE}) one UNION ALL SELECT 0, $9 ORDER BY id DESC LIMIT 1),
         added AS (INSERT INTO ${CHANGE}
           SELECT last.id + 1, $1, $2, $3, $4, $5, $6::integer, ${digest} FROM last RETURNING id, digest),
         told AS (INSERT INTO ${ENTRY} SELECT added.id, r.kind, r.object_id, r.before_facts, r.after_facts
           FROM added, ${this.rowsOf("$7", ENTRY_COLUMNS)} AS r)
       SELECT id, digest FROM added`,
      [...columns, JSON.stringify(entries), told, NO_CHANGE.digest],
    );
    const [, [head]] = await Promise.all([locked, appended]);
    return head;
  },
  newIds: (table, parameter) =>
    `(SELECT coalesce(json_agg(nextval(pg_get_serial_sequence('${table}', 'id'))), '[]')::text FROM generate_series(1, ${parameter}))`,
  async lockMachines(manager, ids) {
    await this.lockRows(manager, "SELECT id FROM machine WHERE id = ANY($1) ORDER BY id", [[...ids]]);
  },
  async lockRows(manager, select, parameters) {
    await manager.query(`${select} FOR UPDATE`, parameters);
  },
  async lockForTransaction(manager, name) {
    await manager.query("SELECT pg_advisory_xact_lock(hashtext($1))", [name]);
  },
  async alone(dataSource, name, work) {
    await dataSource.transaction(async (manager) => {
      await this.lockForTransaction(manager, name);
      await work();
    });
  },
};
