import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { InvalidInput } from "../../errors.js";
import { JobThread } from "../../job-thread.js";
import type { DrawOptions } from "../drawing/draw-options.js";
import type { RackElevation } from "../drawing/elevation.js";
import type { PaperOptions } from "./paper.js";

export type PrintJob =
  | {
      readonly as: "pdf";
      /** Each a RackElevation as JSON: texts go to the thread faster than objects. */
      readonly racks: readonly string[];
      readonly draw: DrawOptions;
      readonly paper: PaperOptions;
    }
  | { readonly as: "png"; readonly svg: string; readonly zoom: number };

const thread = new JobThread<PrintJob, Uint8Array>(() => new Worker(new URL("./print-worker.js", import.meta.url)));

/** Racks on paper. @throws InvalidInput when they do not fit as they were asked for */
export async function racksOnPaper(
  elevations: readonly RackElevation[],
  draw: DrawOptions,
  paper: PaperOptions,
): Promise<Buffer> {
  const racks: string[] = [];
  for (const [i, elevation] of elevations.entries()) {
    racks.push(JSON.stringify(elevation));
    if (i % 10 === 9) await nextTurn();
  }
  return printed({ as: "pdf", racks, draw, paper });
}

// Drawing a page takes a hundred times as long as finding it: what was printed last is kept by what it was printed from.
const KEPT_BYTES = 32 * 1024 * 1024;
const kept = new Map<string, Promise<Buffer>>();
let keptBytes = 0;

function printed(job: PrintJob): Promise<Buffer> {
  const key = keyOf(job);
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = thread.do(job).then((bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  kept.set(key, made);
  made.then(
    ({ byteLength }) => {
      keptBytes += byteLength;
      void dropOldest();
    },
    () => kept.delete(key),
  );
  return made;
}

function keyOf(job: PrintJob): string {
  const hash = createHash("sha256");
  if (job.as === "png") hash.update(`${job.zoom} ${job.svg}`);
  else for (const part of [...job.racks, JSON.stringify([job.draw, job.paper])]) hash.update(part);
  return hash.digest("base64");
}

async function dropOldest(): Promise<void> {
  for (const [key, made] of kept) {
    if (keptBytes <= KEPT_BYTES) return;
    kept.delete(key);
    keptBytes -= (await made).byteLength;
  }
}

/** 200 MB of memory while it is drawn: four bytes a pixel. */
const MOST_PIXELS = 50_000_000;
const SHARPEST = 4;

/** @param zoom pixels to a px; null: two, where that is not too many in all */
export function svgPixels(svg: string, zoom: number | null): Promise<Buffer> {
  const [, width = NaN, height = NaN] = (/^<svg [^>]*?width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? []).map(Number);
  const most = Math.min(SHARPEST, Math.sqrt(MOST_PIXELS / (width * height)));
  const wanted = zoom ?? Math.min(2, most);
  if (!(wanted <= most)) {
    const allowed = Math.floor(most * 10) / 10;
    throw new InvalidInput(`zoom: ${wanted} gives more than ${MOST_PIXELS} pixels; ${allowed} is the most here`, [
      "zoom",
    ]);
  }
  return printed({ as: "png", svg, zoom: wanted });
}
