import type { Statement } from "../../db/statement.js";
import type { Place } from "./cursor.js";
import type { Order } from "./order.js";

/** The part of a list between two places, neither of them included. */
export interface Range {
  readonly after: Place | undefined;
  readonly before: Place | undefined;
}

/**
 * The range as one or two conditions, each a single range of the order's index: with an OR over the NULLs, PostgreSQL
 * and SQLite would read the index from its beginning on every page. In the order's ascending direction the NULLs come
 * first.
 */
export function keysetConditions(
  statement: Statement,
  { columns, descends }: Order,
  { after, before }: Range,
  alias: string,
): string[] {
  const [low, high] = descends ? [before, after] : [after, before];
  const keys = columns.map(({ sql }) => `${alias}.${sql}`);
  const [first, ...rest] = keys;
  const bound = (names: readonly (string | undefined)[], sign: string, place: Place) =>
    `(${names.join(", ")}) ${sign} (${place.map((value) => statement.bind(value)).join(", ")})`;
  const isNull = (place: Place | undefined) => place?.[0] === null;
  const parts: string[] = [];
  const isSplit = columns[0]?.isNullable === true && (low !== undefined || high !== undefined);
  if (isSplit && (low === undefined || isNull(low))) {
    const bounds = [low && bound(rest, ">", low.slice(1)), isNull(high) && high && bound(rest, "<", high.slice(1))];
    parts.push(allOf([`${first} IS NULL`, ...bounds]));
  }
  if (!isNull(high)) {
    const bounds = [!isNull(low) && low && bound(keys, ">", low), high && bound(keys, "<", high)];
    parts.push(allOf([isSplit && `${first} IS NOT NULL`, ...bounds]));
  }
  return parts.length === 0 ? ["FALSE"] : parts;
}

function allOf(conditions: ReadonlyArray<string | false | undefined>): string {
  return conditions.filter((each) => each !== undefined && each !== false).join(" AND ") || "TRUE";
}
