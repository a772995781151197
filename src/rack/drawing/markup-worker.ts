import { parentPort } from "node:worker_threads";
import * as svgJs from "@svgdotjs/svg.js";
import { type MarkupJob, rackMarkup } from "./markup.js";

// Draws racks beside the event loop; see markup-pool.ts.
parentPort?.on("message", ({ id, job }: { id: number; job: MarkupJob }) => {
  try {
    parentPort?.postMessage({ id, markup: rackMarkup(job, svgJs) });
  } catch (error) {
    parentPort?.postMessage({ id, error });
  }
});
