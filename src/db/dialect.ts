import type { DataSource, EntityManager } from "typeorm";

/** SQL types that the rows of a JSON parameter may have. */
type JsonColumn = "text" | "integer" | "boolean";

/**
 * The few places where the two databases' SQL differs. A batch travels as one JSON parameter: a statement per batch,
 * not per row, is what makes a durable registration cheap.
 */
export interface Dialect {
  /** A table expression over the array of objects in parameter `$n`. */
  rowsOf(parameter: string, columns: Readonly<Record<string, JsonColumn>>): string;
  /** A subquery of one column over the array of strings (or integers) in parameter `$n`. */
  textsOf(parameter: string): string;
  integersOf(parameter: string): string;
  /** An aggregate: all rows as one JSON array of arrays. A third of what the same rows cost one by one. */
  jsonOf(columns: readonly string[]): string;
  /** `expression` is one of what `array` made of values for parameter `$n`; `type` where it is not the expression's own. */
  isAmong(expression: string, parameter: string, type?: string): string;
  array(values: readonly unknown[]): unknown;
  /** Two INSERTs with the same parameters, the last of which only the second one names. */
  insertBoth(manager: EntityManager, first: string, second: string, parameters: unknown[]): Promise<void>;
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

export const sqliteDialect: Dialect = {
  rowsOf(parameter, columns) {
    const picked = Object.keys(columns).map((name) => `json_extract(value, '$.${name}') AS ${name}`);
    // json_each would write each row as text, to be parsed again: twice as dear.
    return `(SELECT ${picked.join(", ")} FROM jsonb_each(${parameter}))`;
  },
  textsOf: (parameter) => `(SELECT value FROM json_each(${parameter}))`,
  integersOf: (parameter) => `(SELECT value FROM json_each(${parameter}))`,
  jsonOf: (columns) => `json_group_array(json_array(${columns.join(", ")}))`,
  isAmong: (expression, parameter) => `${expression} IN (SELECT value FROM json_each(${parameter}))`,
  array: (values) => JSON.stringify(values),
  async insertBoth(manager, first, second, parameters) {
    await manager.query(first, parameters.slice(0, -1));
    await manager.query(second, parameters);
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
  jsonOf: (columns) => `coalesce(json_agg(json_build_array(${columns.join(", ")})), '[]')::text`,
  isAmong: (expression, parameter, type) => `${expression} = ANY(${parameter}${type ? `::${type}[]` : ""})`,
  array: (values) => values,
  async insertBoth(manager, first, second, parameters) {
    await manager.query(`WITH first AS (${first}) ${second}`, parameters); // saves a round trip
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
