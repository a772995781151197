import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { drawRacks } from "../../src/rack/drawing/draw.js";
import type { DrawOptions } from "../../src/rack/drawing/draw-options.js";
import { readPlans } from "../../src/rack/rackdiag/plans.js";
import { benchDiagram, benchRack, MACHINES } from "./racks.js";

/** What one fresh process measures of its own drawings; times in ms. */
export interface Drawn {
  readonly one: number;
  readonly cached: number;
  readonly faceBytes: number;
  readonly elementsEach: number;
  readonly hundredWall: number;
  readonly hundredCpu: number;
  readonly hundredBytes: number;
  readonly longestHold: number;
  readonly longestWait: number;
  readonly parse: number;
  /** In MB, after 3,000 drawings and after 13,000. */
  readonly early: Memory;
  readonly late: Memory;
}

interface Memory {
  /** What is in use after a collection of everything else, buffers included. */
  readonly used: number;
  readonly resident: number;
}

const OPTIONS: DrawOptions = { face: "FRONT", theme: "light", colorBy: { by: "STATE" } };
const ROUNDS = 301;
const svg = await drawRacks([benchRack(0)], OPTIONS);

const median = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
async function times(count: number, work: (i: number) => unknown): Promise<number> {
  const taken: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await work(i);
    taken.push(performance.now() - start);
  }
  return median(taken);
}

let next = 1;
await times(100, () => drawRacks([benchRack(next++)], OPTIONS)); // warm
const racks = Array.from({ length: ROUNDS }, () => benchRack(next++));
const one = await times(ROUNDS, (i) => drawRacks(racks.slice(i, i + 1), OPTIONS));
const cached = await times(ROUNDS, () => drawRacks(racks.slice(-1), OPTIONS));

const hundreds = Array.from({ length: 7 }, () => Array.from({ length: 100 }, () => benchRack(next++)));
await drawRacks(hundreds.pop() ?? [], OPTIONS); // starts the thread
const walls: number[] = [];
const cpus: number[] = [];
const holds: number[] = [];
const waits: number[] = [];
let hundredBytes = 0;
for (const hundred of hundreds) {
  const stopWatching = watchHolds();
  const cpu = process.cpuUsage();
  const start = performance.now();
  hundredBytes = Buffer.byteLength(await drawRacks(hundred, OPTIONS));
  walls.push(performance.now() - start);
  const { user, system } = process.cpuUsage(cpu);
  cpus.push((user + system) / 1_000);
  const { ran, waited } = stopWatching();
  holds.push(ran);
  waits.push(waited);
}

const text = benchDiagram(Array.from({ length: 100 }, (_, i) => i));
const parse = await times(21, () => readPlans(text, "helpful"));

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const memory = (): Memory => {
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { used: (heapUsed + external) / 1_048_576, resident: rss / 1_048_576 };
};
const many = async (count: number) => {
  for (let i = 0; i < count; i++) await drawRacks([benchRack(next++)], OPTIONS);
};
await many(3_000);
const early = memory();
await many(10_000);

/**
 * Watches the event loop by a timer of one millisecond. @returns in milliseconds, at most between two of its ticks: for how
 * long this thread ran, and by how much the second was late, which also counts when the processors did something else
 */
function watchHolds(): () => { ran: number; waited: number } {
  const ranSoFar = () => {
    // Since Node 22.19; our types are older.
    const { user, system } = (process as unknown as { threadCpuUsage(): NodeJS.CpuUsage }).threadCpuUsage();
    return (user + system) / 1_000;
  };
  const longest = { ran: 0, waited: 0 };
  let last = { ran: ranSoFar(), at: performance.now() };
  const timer = setInterval(() => {
    const now = { ran: ranSoFar(), at: performance.now() };
    longest.ran = Math.max(longest.ran, now.ran - last.ran);
    longest.waited = Math.max(longest.waited, now.at - last.at - 1);
    last = now;
  }, 1);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

/** From a panel's body to what comes after its last text: what is drawn of the machines alone. */
function elementsOfPanels(drawing: string): number {
  const panels = drawing.match(/<path class="[a-z]+" d="[^"]*"><title>[^]*?(?=\n<path class|\n<\/g>)/g) ?? [];
  if (panels.length !== MACHINES) throw new Error(`${panels.length} panels in a drawing of ${MACHINES} machines`);
  return panels.reduce((sum, panel) => sum + (panel.match(/<[a-z]+/g) ?? []).length, 0);
}

const drawn: Drawn = {
  one,
  cached,
  faceBytes: Buffer.byteLength(svg),
  elementsEach: elementsOfPanels(svg) / MACHINES,
  hundredWall: median(walls),
  hundredCpu: median(cpus),
  hundredBytes,
  longestHold: Math.max(...holds),
  longestWait: Math.max(...waits),
  parse,
  early,
  late: memory(),
};
process.stdout.write(JSON.stringify(drawn));
