import { execFileSync } from "node:child_process";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { drawableText } from "../../../src/rack/drawing/text/drawable-text.js";
import { rackTable } from "../../../src/rack/table/rack-table.js";
import { tablesCsv } from "../../../src/rack/table/table-csv.js";
import { tablesHtml } from "../../../src/rack/table/table-html.js";
import { tablesMarkdown } from "../../../src/rack/table/table-markdown.js";
import { HOSTILE_LABELS } from "../drawing/random-racks.js";
import { fullRack, hauntedRack, mixedRack, NOWHERE, place, rack, shelf } from "../drawing/sample-racks.js";

const loads = { amperes: 1.1, watts: 350.5, kilograms: 18.2 };
const small = rack(
  10,
  [
    shelf(place(1, 2), "db-1", "PowerEdge R740", { ...loads, serialNumber: "CN1" }),
    shelf(place(5, 1, { face: "REAR" }), "sw-1", "Catalyst 9300", { kind: "SWITCH", status: null, watts: 100 }),
    shelf(place(3, 1), "web-1", "PowerEdge R640", { ...loads, status: "FAILED", profile: "web" }),
    shelf(place(8, 1), "", "", {
      kind: "RESERVED",
      status: null,
      reservation: { owner: "storage team", reason: "shelf 3", endsAt: null },
    }),
  ],
  { location: { ...NOWHERE, site: "Tokyo" } },
);

/** What an independent reader of CSV finds. */
function parsed(csv: string): Record<string, string>[] {
  return parse<Record<string, string>>(csv, { columns: true, record_delimiter: "\r\n" });
}

test("a table lists from the top what is seen of a rack, and adds up what is known", () => {
  const table = rackTable(small, "BOTH");
  expect(table.rows.map(({ units, name }) => [units, name])).toEqual([
    ["U8", "storage team"],
    ["U5", "sw-1"],
    ["U3", "web-1"],
    ["U1–U2", "db-1"],
  ]);
  expect(table.rows[0]).toMatchObject({ kind: "Reserved", model: "shelf 3", state: "" });
  expect(table.sums).toEqual({ amperes: 2.2, watts: 801, kilograms: 36.4 });
  expect(rackTable(small, "FRONT").rows.map(({ name }) => name)).toEqual(["storage team", "web-1", "db-1"]);
  expect(rackTable(rack(4, []), "BOTH").sums).toEqual({ amperes: null, watts: null, kilograms: null });
});

test("CSV is read back as what stands there, one line a shelf", () => {
  const lines = parsed(tablesCsv([rackTable(small, "BOTH"), rackTable(mixedRack(), "BOTH")]));
  expect(lines).toHaveLength(small.shelves.length + mixedRack().shelves.length);
  expect(lines[1]).toMatchObject({ rack: "A07", unit: "5", face: "REAR", kind: "SWITCH", name: "sw-1", watts: "100" });
  expect(lines[3]).toMatchObject({ serial_number: "CN1", state: "INSTALLED", amperes: "1.1", height_u: "2" });
});

test("a ghost is a line of its own that adds nothing to a sum, and its machine's line says where it is", () => {
  const haunted = hauntedRack();
  const lines = parsed(tablesCsv([rackTable(haunted, "BOTH")]));
  const ghosts = lines.filter(({ kind }) => kind === "GHOST");
  expect(lines).toHaveLength(haunted.shelves.length + haunted.ghosts.length);
  expect(ghosts.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["web-02", "web-03", "mail-01", "52:54:00:0a:0b:0c"]),
  );
  expect(ghosts.find(({ name }) => name === "mail-01")).toMatchObject({ unit: "8", state: "", watts: "" });
  expect(lines.find(({ name, kind }) => name === "web-05" && kind === "MACHINE")).toMatchObject({
    model: "PowerEdge R640",
    problem: "web-05 is at B02 U7; check its cable",
  });
  const markdown = tablesMarkdown([rackTable(haunted, "BOTH")]);
  expect(markdown).toContain("| Seen here, against the plan |");
  expect(markdown).toContain(`**${haunted.shelves.length}**`);
  expect(tablesHtml([rackTable(haunted, "BOTH")])).toContain("<td>mail-01 is planned elsewhere, but is here");
});

test("hostile names are read back from CSV, and none becomes a formula", () => {
  const names = [...HOSTILE_LABELS, "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=cmd|" /C calc"!A0', 'a"b,c', "＝1"];
  const shelves = names.map((name, i) => shelf(place(i + 1, 1), name));
  const lines = parsed(tablesCsv([rackTable(rack(names.length, shelves), "BOTH")])).reverse();
  const guarded = (name: string) => (/^[=+\-@＝]/.test(name) ? `'${name}` : name);
  expect(lines.map(({ name }) => name)).toEqual(names.map((name) => guarded(drawableText(name))));
});

test("Markdown shows hostile names as they are, each in its cell", () => {
  const names = ["a|b", "*bold*", "_x_", "`code`", "[l](javascript:1)", "<b>&amp;", "~~s~~", "c:\\d", "www.a.example"];
  const shelves = names.map((name, i) => shelf(place(i + 1, 1), name));
  const text = tablesMarkdown([rackTable(rack(names.length, shelves), "BOTH")]);
  const rows = text.split("\n").filter((line) => /^\| U\d/.test(line));
  const cells = rows.map((row) =>
    row.split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\([!-/:-@[-`{-~])/g, "$1")),
  );
  expect(cells.map((row) => row[2])).toEqual(names.toReversed());
  // Every character that would begin markup has its backslash.
  expect(rows.join("").replace(/\\./g, "")).not.toMatch(/[*_`[\]<>~&]/);
});

test("Markdown has the totals below, and leaves out columns without a value", () => {
  const text = tablesMarkdown([rackTable(small, "BOTH")]);
  expect(text).toContain("## Rack A07\n\nTokyo · 10U, 5U used, 5U free, largest gap 2U\n");
  expect(text).toContain("| **Total** |");
  expect(text).toContain("**36.4** |");
  expect(tablesMarkdown([rackTable(fullRack(), "BOTH")])).not.toMatch(/kg|Serial/);
  expect(tablesMarkdown([rackTable(rack(4, []), "BOTH")])).toContain("Nothing stands in it.");
});

test("HTML is a page that parses as XML too, whatever stands in the rack", () => {
  const shelves = HOSTILE_LABELS.map((name, i) => shelf(place(i + 1, 1), name, name));
  const racks = [rack(HOSTILE_LABELS.length, shelves, { name: "</title><script>" }), small];
  const html = tablesHtml(racks.map((each) => rackTable(each, "BOTH")));
  expect(html).not.toMatch(/<(script|img|iframe|svg|a)\b/);
  const ask = ["--nonet", "--xpath", "count(//*[local-name()='tr'])", "-"];
  const count = Number(execFileSync("xmllint", ask, { input: html, encoding: "utf8" }));
  expect(count).toBe(HOSTILE_LABELS.length + small.shelves.length + 4); // a header and a footer each
});
