import { parentPort, Worker } from "node:worker_threads";
import { InvalidInput } from "./errors.js";

interface Answer<Result> {
  readonly id: number;
  readonly result?: Result;
  /** A fault of the caller's, which has to be one on the other side, too. */
  readonly refused?: { readonly message: string; readonly field: readonly string[] };
  readonly error?: unknown;
}

interface Waiting<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: Error) => void;
}

/** Jobs done one after the other beside the event loop, in a thread that starts with the first and does not keep the process. */
export class JobThread<Job, Result> {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting<Result>>();
  private lastId = 0;

  /** @param start makes the worker, whose script calls `answerJobs` */
  constructor(private readonly start: () => Worker) {}

  /** Starts before the first job is there, and keeps no process from ending. */
  warm(): void {
    if (this.waiting.size === 0) (this.worker ??= this.started()).unref();
  }

  do(job: Job): Promise<Result> {
    const worker = (this.worker ??= this.started());
    return new Promise((resolve, reject) => {
      const id = ++this.lastId;
      // While somebody waits, the process must not end.
      if (this.waiting.size === 0) worker.ref();
      this.waiting.set(id, { resolve, reject });
      worker.postMessage({ id, job });
    });
  }

  private started(): Worker {
    const worker = this.start();
    worker.on("message", ({ id, result, refused, error }: Answer<Result>) => {
      const asked = this.waiting.get(id);
      this.waiting.delete(id);
      if (this.waiting.size === 0) worker.unref();
      if (result !== undefined) asked?.resolve(result);
      else if (refused !== undefined) asked?.reject(new InvalidInput(refused.message, refused.field));
      else asked?.reject(error instanceof Error ? error : new Error("a job failed in its thread"));
    });
    const fail = (error: Error) => {
      if (this.worker === worker) this.worker = undefined;
      for (const { reject } of this.waiting.values()) reject(error);
      this.waiting.clear();
    };
    worker.on("error", fail);
    worker.on("exit", (code) => fail(new Error(`a thread ended with ${code}`)));
    return worker;
  }
}

/** The other side: call it in the worker's script. */
export function answerJobs<Job, Result>(work: (job: Job) => Result | Promise<Result>): void {
  parentPort?.on("message", ({ id, job }: { id: number; job: Job }) => {
    const done = new Promise<Result>((resolve) => resolve(work(job)));
    done.then(
      (result) => parentPort?.postMessage({ id, result }),
      (error: unknown) => {
        const refused = error instanceof InvalidInput ? { message: error.message, field: error.field } : undefined;
        parentPort?.postMessage(refused === undefined ? { id, error } : { id, refused });
      },
    );
  });
}
