/** By code unit, as SQLite and PostgreSQL sort text here: no order may depend on the locale of a machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
