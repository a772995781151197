import { readFileSync, writeFileSync } from "node:fs";
import { InvalidInput } from "../../errors.js";
import { terminalQuery } from "../terminal/terminal-query.js";
import { convert, type ConvertedFormat } from "./convert.js";
import type { RackdiagOptions } from "./rackdiag-cli.js";
import { RefusedDiagram, type Position } from "./source.js";

/** @returns the status to end with: 1 for a diagram that cannot be read */
export async function runRackdiag(
  file: string,
  format: ConvertedFormat,
  { output, mode, theme }: RackdiagOptions,
): Promise<number> {
  const name = file === "-" ? "standard input" : file;
  const tell = ({ line, column }: Position, message: string) =>
    process.stderr.write(`${name}:${line}:${column}: ${message}\n`);
  try {
    const ownTerminal = format === "txt" && (output === undefined || output === "-");
    const query = ownTerminal ? terminalQuery({ color: "auto", ascii: false }) : {};
    const { content, warnings } = await convert(readText(file, name), { format, mode, theme, query });
    for (const warning of warnings) tell(warning, `warning: ${warning.message}`);
    writeResult(output, content);
    return 0;
  } catch (error) {
    if (!(error instanceof RefusedDiagram)) throw error;
    tell(error.position, error.what);
    return 1;
  }
}

/** @throws InvalidInput when there is no such file, or it is no UTF-8 */
function readText(file: string, name: string): string {
  const bytes = onFile(`cannot read ${name}`, () => readFileSync(file === "-" ? 0 : file));
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new InvalidInput(`${name} is not UTF-8; convert it first, as in iconv -t UTF-8`);
  }
}

function writeResult(output: string | undefined, content: string | Uint8Array): void {
  if (output === undefined || output === "-") process.stdout.write(content);
  else onFile(`cannot write ${output}`, () => writeFileSync(output, content));
}

function onFile<T>(failed: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new InvalidInput(`${failed}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
