import { InvalidInput } from "../errors.js";

/**
 * A machine's labels as one text, in the order of their keys, where a statement has the table `machine`.
 *
 * @param lineEnd the parameter that holds "\n"
 */
export function labelsSql(lineEnd: string): string {
  return `(SELECT string_agg(key || '=' || value, ${lineEnd} ORDER BY key) FROM machine_label
    WHERE machine_label.machine_id = machine.id)`;
}

// No key has an equals sign, and no value a line end.
export function labelsOfText(text: string | null): Record<string, string> {
  const lines = text === null ? [] : text.split("\n");
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

/** @throws InvalidInput that says what would be right */
export function checkLabel(key: string, value: string, field: readonly string[]): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$/.test(key)) {
    const advice = "write letters, digits, dots, slashes, underscores and hyphens, 63 at most";
    throw new InvalidInput(`${JSON.stringify(key)} cannot be a label's key; ${advice}`, [...field, "key"]);
  }
  if (value.length > 256 || /[\x00-\x1f\x7f]/.test(value)) {
    throw new InvalidInput(`the value of label ${key} is one line of at most 256 characters`, [...field, "value"]);
  }
}
