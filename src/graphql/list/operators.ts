import type { Statement } from "../../db/statement.js";
import { InvalidInput } from "../../errors.js";

const MAX_TEXT = 1_000;

export type Encode = (value: unknown, path: readonly string[]) => unknown;

export interface Operand {
  readonly statement: Statement;
  /** The column, as SQL. */
  readonly column: string;
  readonly encode: Encode;
  /** The parameter's type where it is not the column's. */
  readonly type?: string | undefined;
  readonly path: readonly string[];
}

type Operator = (operand: Operand, value: unknown) => string;

/** Each is TRUE for the rows it means; for the others FALSE or NULL, which WHERE takes alike. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  eq: (operand, value) => compare(operand, "=", value),
  // What has no value is not equal either.
  ne: (operand, value) => `(${compare(operand, "=", value)}) IS NOT TRUE`,
  in: (operand, values) => among(operand, values),
  notIn: (operand, values) => `(${among(operand, values)}) IS NOT TRUE`,
  gt: (operand, value) => compare(operand, ">", value),
  gte: (operand, value) => compare(operand, ">=", value),
  lt: (operand, value) => compare(operand, "<", value),
  lte: (operand, value) => compare(operand, "<=", value),
  contains: (operand, value) => like(operand, value, (text) => `%${text}%`),
  startsWith: (operand, value) => like(operand, value, (text) => `${text}%`),
  endsWith: (operand, value) => like(operand, value, (text) => `%${text}`),
  isNull: ({ column }, value) => `${column} IS ${value === true ? "" : "NOT "}NULL`,
};

/** @throws InvalidInput for a value that no row can have */
export function operatorSql(name: string, operand: Operand, value: unknown): string {
  const operator = OPERATORS[name];
  if (operator === undefined) throw new Error(`no operator ${name}`);
  return operator(operand, value);
}

function compare(operand: Operand, sign: string, value: unknown): string {
  const { statement, column, type, path } = operand;
  const parameter = statement.bind(bound(operand, value, path));
  return `${column} ${sign} ${type === undefined ? parameter : `CAST(${parameter} AS ${type})`}`;
}

function among(operand: Operand, values: unknown): string {
  const { statement, column, type, path } = operand;
  const encoded = (values as readonly unknown[]).map((value, i) => bound(operand, value, [...path, String(i)]));
  return statement.isAmong(column, encoded, type);
}

// Only A to Z are folded: lower() does no more on SQLite, nor on PostgreSQL under the "C" collation of our columns.
function like(operand: Operand, value: unknown, pattern: (escaped: string) => string): string {
  const text = String(bound(operand, value, operand.path));
  const folded = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const parameter = operand.statement.bind(pattern(folded.replace(/[\\%_]/g, "\\$&")));
  return `lower(${operand.column}) LIKE ${parameter} ESCAPE '\\'`;
}

function bound({ encode }: Operand, value: unknown, path: readonly string[]): unknown {
  const encoded = encode(value, path);
  if (typeof encoded !== "string") return encoded;
  // PostgreSQL refuses a NUL, and SQLite a pattern of more than 50,000 bytes.
  if (encoded.includes("\0")) throw new InvalidInput(`${path.join(".")}: leave the NUL character out`, path);
  if (encoded.length > MAX_TEXT) throw new InvalidInput(`${path.join(".")}: at most ${MAX_TEXT} characters`, path);
  return encoded;
}
