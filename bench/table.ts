export interface Row {
  readonly what: string;
  /** What was measured, in words. */
  readonly figures: string;
  readonly value: string;
  readonly target: string;
  /** Undefined where nothing was promised. */
  readonly passed: boolean | undefined;
}

/** What every measurement is given. */
export interface Run {
  readonly rounds: number;
  readonly seconds: number;
  readonly rows: Row[];
  readonly say: (text: string) => void;
}

export const rate = (value: number) => `${Math.round(value).toLocaleString("en")}/s`;
export const ms = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

export const atLeast = (value: number, target: number, digits = 2) => ({
  value: value.toFixed(digits),
  target: `≥ ${target}`,
  passed: value >= target,
});

export const atMost = (value: number, target: number, unit = "", digits = 2) => ({
  value: `${value.toFixed(digits)}${unit}`,
  target: `≤ ${target}${unit}`,
  passed: value <= target,
});

/** A value that nothing was promised of. */
export const told = (value: string) => ({ value, target: "", passed: undefined });

export function printTable(rows: readonly Row[]): string {
  const verdict = ({ passed }: Row) => (passed === undefined ? "" : passed ? "pass" : "MISS");
  const cells = [
    ["measured", "figures", "value", "target", ""],
    ...rows.map((row) => [row.what, row.figures, row.value, row.target, verdict(row)]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = cells;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line), ""].join("\n");
}
