import { monitorEventLoopDelay } from "node:perf_hooks";
import type { DrawOptions } from "../../src/rack/drawing/draw-options.js";

/** What one fresh process measures of its own drawings; times in ms. */
export interface Drawn {
  readonly first: number;
  readonly one: number;
  readonly cached: number;
  readonly faceBytes: number;
  readonly elementsEach: number;
  readonly hundredWall: number;
  readonly hundredCpu: number;
  readonly hundredBytes: number;
  readonly longestHold: number;
  readonly parse: number;
  readonly rssEarly: number;
  readonly rssLate: number;
}

const OPTIONS: DrawOptions = { face: "FRONT", theme: "light", colorBy: { by: "STATE" } };
const ROUNDS = 301;
const began = performance.now();
const { drawRacks } = await import("../../src/rack/drawing/draw.js");
const { benchDiagram, benchRack, MACHINES } = await import("./racks.js");
const svg = await drawRacks([benchRack(0)], OPTIONS);
const first = performance.now() - began;
const { readPlans } = await import("../../src/rack/rackdiag/plans.js");

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
let hundredBytes = 0;
for (const hundred of hundreds) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const cpu = process.cpuUsage();
  const start = performance.now();
  hundredBytes = Buffer.byteLength(await drawRacks(hundred, OPTIONS));
  walls.push(performance.now() - start);
  const { user, system } = process.cpuUsage(cpu);
  cpus.push((user + system) / 1_000);
  delay.disable();
  holds.push(delay.max / 1e6 - 1);
}

const text = benchDiagram(Array.from({ length: 100 }, (_, i) => i));
const parse = await times(21, () => readPlans(text, "helpful"));

const rss = () => process.memoryUsage.rss() / 1_048_576;
const many = async (count: number) => {
  for (let i = 0; i < count; i++) await drawRacks([benchRack(next++)], OPTIONS);
};
await many(3_000);
const rssEarly = rss();
await many(10_000);

const drawn: Drawn = {
  first,
  one,
  cached,
  faceBytes: Buffer.byteLength(svg),
  elementsEach: (svg.match(/<(?:svg|rect|path|text|title|a|g)\b/g) ?? []).length / MACHINES,
  hundredWall: median(walls),
  hundredCpu: median(cpus),
  hundredBytes,
  longestHold: Math.max(...holds),
  parse,
  rssEarly,
  rssLate: rss(),
};
process.stdout.write(JSON.stringify(drawn));
