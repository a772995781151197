import { Unicode11Addon } from "@xterm/addon-unicode11";
import { Terminal } from "@xterm/headless";

interface ScreenLine {
  readonly text: string;
  /** The columns of the cells that show "│". */
  readonly bars: readonly number[];
}

/** What a real terminal emulator shows of `text`. */
export async function screenOf(text: string, columns: number): Promise<{ lines: ScreenLine[]; wrapped: boolean }> {
  const rows = text.split("\n").length + 1;
  const terminal = new Terminal({ cols: columns, rows, scrollback: 0, allowProposedApi: true });
  terminal.loadAddon(new Unicode11Addon());
  terminal.unicode.activeVersion = "11";
  await new Promise<void>((resolve) => terminal.write(text.replaceAll("\n", "\r\n"), resolve));
  const shown = Array.from({ length: rows - 2 }, (_, i) => terminal.buffer.active.getLine(i));
  const result = {
    lines: shown.map((line) => ({
      text: line?.translateToString(true) ?? "",
      bars: Array.from({ length: columns }, (_, x) => x).filter((x) => line?.getCell(x)?.getChars() === "│"),
    })),
    wrapped: shown.some((line) => line?.isWrapped === true),
  };
  terminal.dispose();
  return result;
}
