import { join } from "node:path";
import { packageRoot } from "../src/package-root.js";
import { cpuSeconds, run, type Server } from "./processes.js";

/** What one round of wrk saw. */
export interface Load {
  /** Answers per second that were 200 or at least below 400. */
  readonly rate: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The server's own processor time for one request. */
  readonly cpuMicroseconds: number;
  /** Answers of another status, broken connections, time-outs. */
  readonly faults: number;
  /** Head and body of one answer. */
  readonly bytes: number;
}

interface Report {
  readonly requests: number;
  readonly microseconds: number;
  readonly bytes: number;
  readonly wrong: number;
  readonly broken: number;
  readonly timeouts: number;
  readonly p50: number;
  readonly p99: number;
}

/** One round of wrk with one thread. `script` is a file of this folder, `args` its arguments. */
export async function load(
  { url, pid }: Server,
  script: "boot.lua" | "inventory.lua" | "graphql/graphql.lua",
  args: ReadonlyArray<number | string>,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Load> {
  const file = join(packageRoot, "bench", script);
  const before = cpuSeconds(pid);
  const output = await run(
    "wrk",
    ["-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "10s", "-s", file, url, "--", ...args.map(String)],
    seconds * 1_000 + 30_000,
  );
  const cpu = cpuSeconds(pid) - before;
  const line = output.split("\n").find((each) => each.startsWith("{"));
  if (line === undefined) throw new Error(`wrk did not report:\n${output}`);
  const report = JSON.parse(line) as Report;
  return {
    rate: (report.requests - report.wrong) / (report.microseconds / 1e6),
    p50Ms: report.p50 / 1_000,
    p99Ms: report.p99 / 1_000,
    cpuMicroseconds: (cpu * 1e6) / report.requests,
    faults: report.wrong + report.broken + report.timeouts,
    bytes: report.bytes / report.requests,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** Rounds of A and B in turn, so that what disturbs the machine disturbs both. */
export class Pairs {
  readonly ours: Load[] = [];
  readonly theirs: Load[] = [];

  static async of(rounds: number, ours: (round: number) => Promise<Load>, theirs: (round: number) => Promise<Load>) {
    const pairs = new Pairs();
    await ours(-1); // warms up: caches, the compiler, the page cache
    await theirs(-1);
    for (let round = 0; round < rounds; round++) {
      pairs.ours.push(await ours(round));
      pairs.theirs.push(await theirs(round));
    }
    return pairs;
  }

  /** The median of the ratios of the same round. */
  ratio(of: keyof Load): number {
    return median(this.ratios(of));
  }

  /** The smallest and the largest ratio of one round. */
  spread(of: keyof Load): string {
    const ratios = this.ratios(of);
    return `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
  }

  median(side: "ours" | "theirs", of: keyof Load): number {
    return median(this[side].map((each) => each[of]));
  }

  faults(side: "ours" | "theirs"): number {
    return this[side].reduce((sum, { faults }) => sum + faults, 0);
  }

  private ratios(of: keyof Load): number[] {
    return this.ours.map((each, i) => each[of] / (this.theirs[i]?.[of] ?? Number.NaN));
  }
}
