import { csvCell } from "../../rack/table/table-csv.js";
import { drawableText } from "../../rack/drawing/text/drawable-text.js";
import type { AuditFormat } from "./audit-cli.js";
import type { Difference } from "./compare-floor.js";

const COLUMNS: Readonly<Record<string, (difference: Difference) => string | number | null>> = {
  kind: ({ kind }) => kind,
  machine: ({ name }) => name,
  other_machine: ({ otherName }) => otherName,
  mac_address: ({ macAddress }) => macAddress,
  planned_rack: ({ planned }) => planned?.rack ?? null,
  planned_unit: ({ planned }) => planned?.unit ?? null,
  observed_rack: ({ observed }) => observed?.rack ?? null,
  observed_unit: ({ observed }) => observed?.unit ?? null,
  detail: ({ sentence }) => sentence,
};

/** For people a line each, for programs the same as JSON or CSV (RFC 4180). */
export function printDifferences(differences: readonly Difference[], format: AuditFormat): string {
  const columns = Object.entries(COLUMNS);
  switch (format) {
    case "text": {
      if (differences.length === 0) return "Plan and floor agree.\n";
      const count = differences.length === 1 ? "1 difference" : `${differences.length} differences`;
      // A switch may print what it likes into a port's name, and a terminal obeys escape sequences.
      const lines = differences.map(({ kind, sentence }) => `${kind.padEnd(11)}  ${drawableText(sentence)}`);
      return [...lines, `${count} between plan and floor.`, ""].join("\n");
    }
    case "json": {
      const rows = differences.map((each) => Object.fromEntries(columns.map(([name, of]) => [name, of(each)])));
      return `${JSON.stringify(rows, null, 2)}\n`;
    }
    case "csv": {
      const lines = differences.map((each) => columns.map(([, of]) => csvCell(of(each))));
      return [columns.map(([name]) => name), ...lines].map((cells) => `${cells.join(",")}\r\n`).join("");
    }
  }
}
