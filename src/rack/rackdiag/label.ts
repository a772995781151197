import { MAX_VALUE_CHARACTERS } from "./limits.js";

// In what rackdiag draws, `\n` is a line break and `\\` a backslash.

/** The lines that a label or a description shows. */
export function shownLines(text: string): string[] {
  if (!/[\\\r\n]/.test(text)) return [text];
  return text.replace(/\\(\\|n)/g, (_, escaped) => (escaped === "n" ? "\n" : "\\")).split(/\r\n|\r|\n/);
}

/** A text in quotes that shows as `text`, or as nearly so as the language can say. */
export function shownAs(text: string): string {
  const escape = (plain: string) => plain.replaceAll("\\", "\\\\").replace(/\r\n|\r|\n/g, "\\n");
  const escaped = escape(text);
  return inQuotes(
    escaped.length > MAX_VALUE_CHARACTERS ? escape(text.slice(0, MAX_VALUE_CHARACTERS / 2 - 1)) : escaped,
  );
}

/** A text in quotes. */
export function inQuotes(text: string): string {
  const short = text.slice(0, MAX_VALUE_CHARACTERS).toWellFormed().replaceAll('"', '\\"');
  // A backslash at the end would keep the quote from closing; nothing escapes the backslash itself.
  return `"${short}${short.endsWith("\\") ? " " : ""}"`;
}
