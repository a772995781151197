export interface TerminalChoice {
  /** `auto`: on a terminal, unless NO_COLOR is set (no-color.org). */
  readonly color: "auto" | "always" | "never";
  readonly ascii: boolean;
  /** In cells, instead of what the terminal says. */
  readonly width?: number | undefined;
}

/** What the drawing for this process's own terminal is asked for by. */
export function terminalQuery({ color, ascii, width }: TerminalChoice): Record<string, string> {
  const { isTTY = false, columns } = process.stdout;
  const colored = color === "always" || (color === "auto" && isTTY && process.env.NO_COLOR === undefined);
  const cells = width ?? Math.min(500, Math.max(40, columns ?? 80));
  return { width: String(cells), color: colored ? "always" : "never", ascii: String(ascii) };
}
