import { expect, test } from "vitest";
import type { Columns } from "../../src/db/dialect.js";
import { Statement } from "../../src/db/statement.js";
import { onBothDatabases } from "../support/databases.js";

const COLUMNS = {
  name: "text",
  units: "integer",
  amperes: "double precision",
  locked: "boolean",
} as const satisfies Columns;

const ROWS = [
  ["plain", 1, 0.1, true],
  [null, null, null, null],
  ["", 0, 0, false],
  // What means something in an array of PostgreSQL, in JSON and in both databases' quotes.
  ["NULL", -2147483648, -1.5, true],
  ['{a,"b"}', 2147483647, 1e-7, false],
  ["\\ \" ' \n \t \u0001 \u007f \u2028", 7, 12345678.25, true],
  ["架子 é 🖥 \u{10ffff}", 8, 1e21, false],
];

onBothDatabases("rows that come as one text", (fresh) => {
  test("have the values that they have one by one, whatever those are", async () => {
    const { manager, dialect } = await (await fresh()).open();
    const records = ROWS.map((row) => Object.fromEntries(Object.keys(COLUMNS).map((name, i) => [name, row[i]])));
    const statement = new Statement(dialect);
    const text = `SELECT * FROM ${dialect.rowsOf(statement.bind(JSON.stringify(records)), COLUMNS)} AS r`;
    expect(await statement.tuples(manager, text, COLUMNS)).toEqual(ROWS);
  });

  test("are none where there is none, beside others in one statement", async () => {
    const { manager, dialect } = await (await fresh()).open();
    const none = { text: "SELECT 1 AS units WHERE FALSE", columns: { units: "integer" } } as const;
    const one = { text: "SELECT 1 AS units", columns: { units: "integer" } } as const;
    expect(await new Statement(dialect).together(manager, none, one)).toEqual([[], [[1]]]);
  });
});
