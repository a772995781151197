import { locationLabel } from "../drawing/text/location-label.js";
import { drawableText } from "../drawing/text/drawable-text.js";
import { round1, type RackTable, type TableRow } from "./rack-table.js";

/** A column of a table that people read. Without a single value it is left out. */
interface Column {
  readonly head: string;
  readonly align: "left" | "right";
  readonly cell: (row: TableRow) => string;
  readonly total?: (table: RackTable) => string;
}

const amount = (value: number | null | undefined) => (value == null ? "" : String(round1(value)));
const shelfCount = ({ rows }: RackTable) => String(rows.filter(({ shelf }) => shelf !== null).length);

const COLUMNS: readonly Column[] = [
  { head: "Units", align: "left", cell: ({ units }) => units, total: () => "Total" },
  {
    head: "Face",
    align: "left",
    cell: ({ place }) => (place.face === "FULL" ? "" : faceLabel(place.face)),
  },
  { head: "Name", align: "left", cell: ({ name }) => name, total: shelfCount },
  { head: "Model", align: "left", cell: ({ model }) => model },
  { head: "Kind", align: "left", cell: ({ kind }) => kind },
  // Without a host name the serial number is the name.
  {
    head: "Serial number",
    align: "left",
    cell: ({ serialNumber, name }) => (serialNumber === name ? "" : serialNumber),
  },
  { head: "State", align: "left", cell: ({ state }) => state },
  { head: "Profile", align: "left", cell: ({ profile }) => profile },
  { head: "A", align: "right", cell: ({ shelf }) => amount(shelf?.amperes), total: ({ sums }) => amount(sums.amperes) },
  { head: "W", align: "right", cell: ({ shelf }) => amount(shelf?.watts), total: ({ sums }) => amount(sums.watts) },
  {
    head: "kg",
    align: "right",
    cell: ({ shelf }) => amount(shelf?.kilograms),
    total: ({ sums }) => amount(sums.kilograms),
  },
  { head: "Problem", align: "left", cell: ({ problem }) => problem },
];

function faceLabel(face: string): string {
  return face.charAt(0) + face.slice(1).toLowerCase();
}

/** A table with every text decided; who prints it only escapes. */
export interface PrintableTable {
  readonly title: string;
  /** Where the rack stands and how much room it has. */
  readonly facts: string;
  readonly columns: readonly { readonly head: string; readonly align: "left" | "right" }[];
  readonly rows: readonly (readonly string[])[];
  readonly totals: readonly string[];
}

export function printableTable(table: RackTable): PrintableTable {
  return tableOf(table, COLUMNS);
}

/** What there is room for beside a drawing, which shows the rest. */
const ON_PAPER = ["Units", "Name", "Model", "Serial number", "State", "W", "kg"];
const STATE_ON_PAPER: Column = {
  head: "State",
  align: "left",
  cell: ({ shelf, kind, state }) => (shelf === null ? kind : state),
};

export function paperTable(table: RackTable): PrintableTable {
  return tableOf(
    table,
    COLUMNS.filter(({ head }) => ON_PAPER.includes(head)).map((column) => {
      return column.head === STATE_ON_PAPER.head ? STATE_ON_PAPER : column;
    }),
  );
}

function tableOf(table: RackTable, columns: readonly Column[]): PrintableTable {
  const shown = columns.filter(({ cell, head }) => head === "Units" || table.rows.some((row) => cell(row) !== ""));
  const { usedU, freeU, largestGapU } = table.space;
  const facts = [
    locationLabel(table.rack.location),
    drawableText(table.rack.description ?? ""),
    `${table.rack.heightU}U, ${usedU}U used, ${freeU}U free, largest gap ${largestGapU}U`,
  ];
  return {
    title: `Rack ${drawableText(table.rack.name)}`,
    facts: facts.filter((fact) => fact !== "").join(" · "),
    columns: shown,
    rows: table.rows.map((row) => shown.map(({ cell }) => cell(row))),
    totals: shown.map(({ total }) => total?.(table) ?? ""),
  };
}
