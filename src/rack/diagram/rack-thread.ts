import { Worker } from "node:worker_threads";
import { JobThread } from "../../job-thread.js";
import type { DrawOptions } from "../drawing/draw-options.js";
import type { RackElevation } from "../drawing/elevation.js";

export interface RackJob {
  readonly rack: RackElevation;
  readonly options: DrawOptions;
}

/** Racks drawn one by one beside what reads and writes them. */
export type RackThread = JobThread<RackJob, string>;

/** Loads at once, while its owner loads what the database needs. */
export function startRackThread(): RackThread {
  const thread: RackThread = new JobThread(() => new Worker(new URL("./rack-worker.js", import.meta.url)));
  thread.warm();
  return thread;
}
