import { execFileSync } from "node:child_process";

/** What the real program says of a text; see understood.py. */
export interface RealRack {
  readonly height: number;
  readonly ascending: boolean;
  readonly description: string | null;
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

export interface RealAnswer {
  readonly racks?: readonly RealRack[];
  readonly refused?: string;
  readonly svg?: string;
}

/** Asks Debian's python3-nwdiag, in one process for all the texts. */
export function askRackdiag(texts: readonly string[], { svg = false } = {}): RealAnswer[] {
  const script = new URL("understood.py", import.meta.url).pathname;
  const input = JSON.stringify({ texts: texts.map((text) => text.toWellFormed()), svg });
  const output = execFileSync("/usr/bin/python3", [script], { input, maxBuffer: 2 ** 30, timeout: 120_000 });
  return JSON.parse(output.toString()) as RealAnswer[];
}
