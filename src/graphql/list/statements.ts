import type { EntityTable } from "../../db/entity-table.js";
import type { Statement } from "../../db/statement.js";
import { keysetConditions, type Range } from "./keyset.js";
import { orderSql, type Order } from "./order.js";

/** The alias of the listed entity in every statement here; a filter's own tables have others. */
export const LISTED = "listed";

/** Which rows of a list, in which direction. */
export interface Slice extends Range {
  readonly order: Order;
  readonly limit: number;
  /** Counted from the list's end; the rows come in the opposite order. */
  readonly backward: boolean;
}

/** How the rows of a list hang on a thing: the columns that may hold that thing's id. */
export type Parents = readonly [property: string, ...more: string[]];

export function pageSql(
  statement: Statement,
  table: EntityTable<object>,
  condition: string | undefined,
  slice: Slice,
): string {
  const { order, limit, backward } = slice;
  const parts = keysetConditions(statement, order, slice, LISTED).map((part) => {
    const where = [condition, part].filter((each) => each !== undefined).join(" AND ");
    const select = `SELECT ${table.selection(LISTED)} FROM ${table.sql} ${LISTED} WHERE ${where}`;
    return `${select} ORDER BY ${orderSql(order, backward, `${LISTED}.`)} LIMIT ${limit}`;
  });
  if (parts.length === 1) return parts.join();
  const both = parts.map((part, i) => `SELECT * FROM (${part}) part${i}`).join(" UNION ALL ");
  return `${both} ORDER BY ${orderSql(order, backward, "")} LIMIT ${limit}`;
}

export function countSql(table: EntityTable<object>, condition: string | undefined): string {
  return `SELECT count(*) AS count FROM ${table.sql} ${LISTED} WHERE ${condition ?? "TRUE"}`;
}

/** One page for each of several parents; `listed_under` says whose row it is. */
export function pagesSql(
  statement: Statement,
  table: EntityTable<object>,
  children: Children,
  condition: string | undefined,
  slice: Slice,
): string {
  const { order, limit, backward } = slice;
  const { from, parent } = childrenSql(statement, table, children);
  const keyset = keysetConditions(statement, order, slice, LISTED).join(" OR ");
  const window = `row_number() OVER (PARTITION BY ${parent} ORDER BY ${orderSql(order, backward, `${LISTED}.`)})`;
  const where = [condition, `(${keyset})`].filter((each) => each !== undefined).join(" AND ");
  const ranked = `SELECT ${table.selection(LISTED)}, ${parent} AS listed_under, ${window} AS listed_as FROM ${from} AND ${where}`;
  return `SELECT * FROM (${ranked}) ranked WHERE listed_as <= ${limit} ORDER BY listed_as`;
}

/** All rows of each of several parents. */
export function allSql(
  statement: Statement,
  table: EntityTable<object>,
  children: Children,
  condition: string | undefined,
  order: Order,
): string {
  const { from, parent } = childrenSql(statement, table, children);
  const where = condition === undefined ? "" : ` AND ${condition}`;
  const select = `SELECT ${table.selection(LISTED)}, ${parent} AS listed_under FROM ${from}${where}`;
  return `${select} ORDER BY ${orderSql(order, false, `${LISTED}.`)}`;
}

export function countsSql(
  statement: Statement,
  table: EntityTable<object>,
  children: Children,
  condition: string | undefined,
): string {
  const { from, parent } = childrenSql(statement, table, children);
  const where = condition === undefined ? "" : ` AND ${condition}`;
  return `SELECT ${parent} AS listed_under, count(*) AS count FROM ${from}${where} GROUP BY ${parent}`;
}

export interface Children {
  readonly of: Parents;
  readonly ids: readonly number[];
}

function childrenSql(statement: Statement, table: EntityTable<object>, { of, ids }: Children) {
  const columns = of.map((property) => table.column(property).sql);
  if (columns.length === 1) {
    const parent = `${LISTED}.${columns.join()}`;
    return { from: `${table.sql} ${LISTED} WHERE ${statement.isAmong(parent, ids)}`, parent };
  }
  // A row that names one parent twice is one row of it: UNION and not UNION ALL.
  const links = columns.map(
    (column) => `SELECT id, ${column} AS parent FROM ${table.sql} WHERE ${statement.isAmong(column, ids)}`,
  );
  return {
    from: `${table.sql} ${LISTED} JOIN (${links.join(" UNION ")}) link ON link.id = ${LISTED}.id WHERE TRUE`,
    parent: "link.parent",
  };
}
