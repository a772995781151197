import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "rolldown";
import { afterEach, beforeAll, expect, test } from "vitest";
import { bundle } from "../../build/bundle.js";
import { ended, startChild, statusOf } from "./child.js";

const REGISTRATIONS = 5;

const BUILT = "test/out/durability";
beforeAll(() => build(bundle({ server: "test/durability/server.ts" }, BUILT)));

let folder = "";
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The system calls that matter, in order: what is written to the log, when a sync of it has returned, each answer. */
type Call = "log" | "synced" | "answer";

async function tracedRegistrations(synchronous: "FULL" | "NORMAL"): Promise<Call[]> {
  folder = mkdtempSync(join(tmpdir(), "kickrack-fsync-"));
  const trace = join(folder, "trace");
  const calls = "trace=pwrite64,write,writev,sendto,fsync,fdatasync";
  const command = ["-f", "-y", "-e", calls, "-e", "signal=none", "-s", "20", "-o", trace, process.execPath];
  const server = [`${BUILT}/server.js`, join(folder, "kickrack.sqlite"), synchronous];
  const { child, match } = await startChild("strace", [...command, ...server], /^(\d+) (\d+)$/);
  for (let i = 0; i < REGISTRATIONS; i++) {
    const mac = `02:00:00:00:00:0${i + 1}`;
    expect(await statusOf(`http://127.0.0.1:${match[1]}/inventory/SN${i}/${mac}/Maker/Product`)).toBe(200);
  }
  process.kill(Number(match[2])); // not the tracer: with -o, strace ignores signals
  await ended(child);
  const lines = readFileSync(trace, "utf8").split("\n");
  return lines.flatMap((line): Call[] => {
    if (/pwrite64\(\d+<[^>]*-wal>/.test(line)) return ["log"];
    // A call that another thread's call interrupts in the trace has returned where it is "resumed".
    if (/(fsync|fdatasync)\(\d+<[^>]*-wal>\) += 0|<\.\.\. (fsync|fdatasync) resumed>.*= 0/.test(line))
      return ["synced"];
    if (/"HTTP\/1\.1 200/.test(line)) return ["answer"];
    return [];
  });
}

/** How many answers left before what was written for them was synced. */
function earlyAnswers(calls: readonly Call[]): number {
  let unsynced = false;
  let early = 0;
  for (const call of calls) {
    if (call === "log") unsynced = true;
    else if (call === "synced") unsynced = false;
    else if (unsynced) early++;
  }
  return early;
}

test("an answer leaves only after its registration is synced to the disk", async () => {
  const calls = await tracedRegistrations("FULL");
  expect(calls.filter((call) => call === "answer")).toHaveLength(REGISTRATIONS);
  expect(calls.filter((call) => call === "synced").length).toBeGreaterThanOrEqual(REGISTRATIONS);
  expect(earlyAnswers(calls)).toBe(0);
});

test("control: with synchronous=NORMAL the same check catches answers that left too early", async () => {
  const calls = await tracedRegistrations("NORMAL");
  expect(calls.filter((call) => call === "answer")).toHaveLength(REGISTRATIONS);
  expect(earlyAnswers(calls)).toBe(REGISTRATIONS);
});
