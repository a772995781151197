import { Worker } from "node:worker_threads";
import type { MarkupJob, RackMarkup } from "./markup.js";

interface Answer {
  readonly id: number;
  readonly markup?: RackMarkup;
  readonly error?: unknown;
}

interface Waiting {
  readonly resolve: (markup: RackMarkup) => void;
  readonly reject: (reason: Error) => void;
}

let thread: { readonly worker: Worker; readonly waiting: Map<number, Waiting> } | undefined;
let lastId = 0;

/** A rack drawn in a thread of its own, which starts with the first and does not keep the process. */
export function markupFromThread(job: MarkupJob): Promise<RackMarkup> {
  const { worker, waiting } = (thread ??= startThread());
  return new Promise((resolve, reject) => {
    const id = ++lastId;
    // While somebody waits, the process must not end.
    if (waiting.size === 0) worker.ref();
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, job });
  });
}

function startThread(): { worker: Worker; waiting: Map<number, Waiting> } {
  const worker = new Worker(new URL("./markup-worker.js", import.meta.url));
  const waiting = new Map<number, Waiting>();
  worker.on("message", ({ id, markup, error }: Answer) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
    if (markup !== undefined) asked?.resolve(markup);
    else asked?.reject(error instanceof Error ? error : new Error("a rack could not be drawn"));
  });
  const fail = (error: Error) => {
    if (thread?.worker === worker) thread = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on("error", fail);
  worker.on("exit", (code) => fail(new Error(`the thread that draws racks ended with ${code}`)));
  return { worker, waiting };
}
