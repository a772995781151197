import { parse } from "csv-parse/sync";
import { InvalidInput, Refusals } from "../../errors.js";
import { FACES, MAX_COLUMNS, type Face } from "../../rack/rack-space.js";
import { csvCell } from "../../rack/table/table-csv.js";
import { portKey } from "../switch/port-name.js";
import type { SwitchSpot } from "./port-spot.js";

const NAMES = ["switch", "port", "rack", "unit", "column", "columns", "face"] as const;
type Name = (typeof NAMES)[number];
const REQUIRED: readonly Name[] = ["port", "rack", "unit"];
const MOST_LINES = 10_000;
const MOST_FAULTS = 50;

/** A line of a table. */
export interface TableSpot extends SwitchSpot {
  readonly line: number;
}

/** RFC 4180, in UTF-8, with a header line. */
export function printPortTable(spots: readonly SwitchSpot[]): string {
  const lines = spots.map((spot) => NAMES.map((name) => csvCell(spot[name])));
  return [[...NAMES], ...lines].map((cells) => `${cells.join(",")}\r\n`).join("");
}

/**
 * Reads such a table, with its columns in any order.
 *
 * @param ofSwitch whose ports these are where a line does not say
 * @throws Refusals, each with line and column
 */
export function parsePortTable(text: string, ofSwitch: string | null): TableSpot[] {
  const [header, ...lines] = cellsOf(text);
  if (header === undefined) throw fault(1, null, "the table is empty");
  if (lines.length > MOST_LINES) throw fault(MOST_LINES + 2, null, `a table has at most ${MOST_LINES} ports`);
  const columns = header.cells.map((cell) => cell.toLowerCase());
  checkHeader(columns, ofSwitch);
  const faults: InvalidInput[] = [];
  const spots: TableSpot[] = [];
  const seen = new Map<string, number>();
  for (const { line, cells } of lines) {
    try {
      const spot = spotOf(new Line(line, columns, cells), ofSwitch);
      const key = JSON.stringify([spot.switch, portKey(spot.port)]);
      const earlier = seen.get(key);
      if (earlier !== undefined)
        throw fault(line, "port", `port ${spot.port} of ${spot.switch} stands in line ${earlier}`);
      seen.set(key, line);
      spots.push({ ...spot, line });
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      if (faults.push(error) === MOST_FAULTS) break;
    }
  }
  if (faults.length > 0) throw new Refusals(faults);
  return spots;
}

function cellsOf(text: string): Array<{ line: number; cells: string[] }> {
  try {
    const rows = parse(text, { bom: true, info: true, trim: true, skip_empty_lines: true, relax_column_count: true });
    return (rows as unknown as Array<{ info: { lines: number }; record: string[] }>).map(({ info, record }) => {
      return { line: info.lines, cells: record };
    });
  } catch (error) {
    const { message, lines = 1 } = error as Error & { lines?: number };
    throw fault(lines, null, message);
  }
}

function checkHeader(columns: readonly string[], ofSwitch: string | null): void {
  const required = ofSwitch === null ? ["switch" as const, ...REQUIRED] : REQUIRED;
  const missing = required.filter((name) => !columns.includes(name));
  if (missing.length > 0) throw fault(1, null, `the header has no ${missing.join(", no ")}; write ${NAMES.join(",")}`);
  const unknown = columns.filter((name, i) => !NAMES.some((each) => each === name) || columns.indexOf(name) !== i);
  if (unknown.length > 0) throw fault(1, unknown[0] ?? null, `write the columns ${NAMES.join(",")}, each once`);
}

class Line {
  constructor(
    readonly number: number,
    private readonly columns: readonly string[],
    private readonly cells: readonly string[],
  ) {
    if (cells.length > columns.length) throw fault(number, null, "there are more cells than columns");
  }

  text(name: Name): string | null {
    const cell = this.cells[this.columns.indexOf(name)] ?? "";
    // What keeps a spreadsheet from running a cell: table-csv.ts.
    return cell.replace(/^'(?=[=+\-@\t\r＝＋－＠])/, "") || null;
  }

  required(name: Name): string {
    const text = this.text(name);
    if (text === null) throw fault(this.number, name, "is empty");
    if (text.length > 256) throw fault(this.number, name, "is longer than 256 characters");
    return text;
  }

  amount(name: Name, fallback: number | null, step: number): number {
    const text = this.text(name);
    if (text === null && fallback !== null) return fallback;
    const value = text === null ? NaN : Number(text);
    if (value >= 1 && value <= 1_000 && Number.isInteger(value / step)) return value;
    const wanted = step === 1 ? "a whole number from 1" : "a unit from 1, such as 7 or 7.5";
    throw fault(this.number, name, `${JSON.stringify(text ?? "")} is wrong; write ${wanted}`);
  }
}

function spotOf(line: Line, ofSwitch: string | null): SwitchSpot {
  const columns = line.amount("columns", 1, 1);
  const column = line.amount("column", 1, 1);
  if (columns > MAX_COLUMNS) throw fault(line.number, "columns", `write 1 to ${MAX_COLUMNS}`);
  if (column > columns) throw fault(line.number, "column", `${column} of ${columns}; write 1 to ${columns}`);
  return {
    switch: line.text("switch") ?? ofSwitch ?? line.required("switch"),
    port: line.required("port"),
    rack: line.required("rack"),
    unit: line.amount("unit", null, 0.5),
    column,
    columns,
    face: faceOf(line),
  };
}

function faceOf(line: Line): Face | null {
  const text = line.text("face");
  const face = FACES.find((each) => each === text?.toUpperCase());
  if (text === null || face !== undefined) return face ?? null;
  throw fault(line.number, "face", `${JSON.stringify(text)} is none; write ${FACES.join(", ")} or nothing`);
}

export function fault(line: number, column: string | null, why: string): InvalidInput {
  const where = column === null ? `line ${line}` : `line ${line}, column ${column}`;
  return new InvalidInput(`${where}: ${why}`, ["table", String(line), ...(column === null ? [] : [column])]);
}
