import { drawableText } from "../drawing/text/drawable-text.js";
import type { RackTable } from "./rack-table.js";
import { type PrintableTable, printableTable } from "./table-columns.js";

const STYLE =
  "body{font:14px/1.5 system-ui,sans-serif;margin:2em;color-scheme:light dark}" +
  "table{border-collapse:collapse;margin:1em 0 2em}" +
  "th,td{padding:.25em .75em;text-align:left;border-bottom:1px solid #8886;vertical-align:top}" +
  ".n{text-align:right;font-variant-numeric:tabular-nums}" +
  "tfoot td{font-weight:600;border-bottom:0}" +
  "@media print{body{margin:0}section{break-after:page}tr{break-inside:avoid}}";

/** A page that stands alone, and is XML as well, so that any tool can take the tables out of it. */
export function tablesHtml(tables: readonly RackTable[]): string {
  const sections = tables.map((table) => section(printableTable(table)));
  const title = escapeHtml(tables.map(({ rack }) => `Rack ${drawableText(rack.name)}`).join(", ") || "No racks");
  return `<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="en">
<head><meta charset="utf-8"/><title>${title}</title><style>${STYLE}</style></head>
<body>
${sections.join("")}</body>
</html>
`;
}

function section({ title, facts, columns, rows, totals }: PrintableTable): string {
  const cell = (name: "th" | "td", text: string, i: number) => {
    const kind = (name === "th" ? ' scope="col"' : "") + (columns[i]?.align === "right" ? ' class="n"' : "");
    return `<${name}${kind}>${escapeHtml(text)}</${name}>`;
  };
  const row = (name: "th" | "td", cells: readonly string[]) => {
    return `<tr>${cells.map((text, i) => cell(name, text, i)).join("")}</tr>\n`;
  };
  const heads = columns.map(({ head }) => head);
  const body =
    rows.length === 0
      ? "<p>Nothing stands in it.</p>\n"
      : `<table>\n<thead>\n${row("th", heads)}</thead>\n<tbody>\n${rows.map((cells) => row("td", cells)).join("")}</tbody>\n` +
        `<tfoot>\n${row("td", totals)}</tfoot>\n</table>\n`;
  return `<section>\n<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(facts)}</p>\n${body}</section>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
