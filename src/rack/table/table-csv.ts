import type { RackTable, TableRow } from "./rack-table.js";

type Cell = string | number | null;

const COLUMNS: Readonly<Record<string, (table: RackTable, row: TableRow) => Cell>> = {
  rack: ({ rack }) => rack.name,
  units: (_, { units }) => units,
  unit: (_, { place }) => place.unit,
  height_u: (_, { place }) => place.heightU,
  face: (_, { place }) => place.face,
  column: (_, { place }) => place.column,
  columns: (_, { place }) => place.columns,
  strip: (_, { place }) => place.strip ?? null,
  kind: (_, { shelf }) => shelf?.kind ?? "GHOST",
  name: (_, { name }) => name,
  model: (_, { model }) => model,
  serial_number: (_, { serialNumber }) => serialNumber,
  state: (_, { shelf }) => shelf?.status ?? null,
  profile: (_, { profile }) => profile,
  amperes: (_, { shelf }) => shelf?.amperes ?? null,
  watts: (_, { shelf }) => shelf?.watts ?? null,
  kilograms: (_, { shelf }) => shelf?.kilograms ?? null,
  problem: (_, { problem }) => problem,
};

/**
 * RFC 4180, in UTF-8, with a header line. One line a shelf and one a ghost, and nothing else, so that whoever adds up a
 * column gets its sum: totals are in the Markdown and HTML tables.
 */
export function tablesCsv(tables: readonly RackTable[]): string {
  const names = Object.keys(COLUMNS);
  const lines = tables.flatMap((table) =>
    table.rows.map((row) => Object.values(COLUMNS).map((column) => csvCell(column(table, row)))),
  );
  return [names, ...lines].map((cells) => `${cells.join(",")}\r\n`).join("");
}

// Excel, LibreOffice and Sheets run a cell that begins like this as a formula; Excel also in full width. An apostrophe
// makes it a text.
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

export function csvCell(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
