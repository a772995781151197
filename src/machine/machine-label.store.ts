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
