import type { RackTable } from "./rack-table.js";
import { printableTable } from "./table-columns.js";

/** GitHub's tables, a heading for each rack. */
export function tablesMarkdown(tables: readonly RackTable[]): string {
  return tables.map(tableMarkdown).join("\n");
}

function tableMarkdown(table: RackTable): string {
  const { title, facts, columns, rows, totals } = printableTable(table);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  const intro = `## ${escapeMarkdown(title)}\n\n${escapeMarkdown(facts)}\n\n`;
  if (rows.length === 0) return `${intro}Nothing stands in it.\n`;
  return (
    intro +
    line(columns.map(({ head }) => head)) +
    line(columns.map(({ align }) => (align === "right" ? "---:" : "---"))) +
    rows.map((cells) => line(cells.map(escapeMarkdown))).join("") +
    line(totals.map((total) => (total === "" ? "" : `**${escapeMarkdown(total)}**`)))
  );
}

/** CommonMark takes a backslash before any ASCII punctuation; before these it changes what they mean. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>|~&$#!:@]/g, "\\$&");
}
