import { parentPort, type Worker } from "node:worker_threads";
import { InvalidInput } from "./errors.js";

interface Answer<Result> {
  /** Undefined: the thread is there, and begins. */
  readonly id?: number;
  readonly result?: Result;
  /** A fault of the caller's, which has to be one on the other side, too. */
  readonly refused?: { readonly message: string; readonly field: readonly string[] };
  readonly error?: unknown;
}

interface Waiting<Job, Result> {
  readonly job: Job;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: Error) => void;
}

/** What one job may take. Its memory is what the worker's `resourceLimits` say. */
export interface JobLimit<Job> {
  readonly ms: number;
  /** What the caller of a job that took more is told. */
  readonly refusal: (job: Job, tooMuch: "time" | "memory") => Error;
}

/**
 * Jobs done one after the other beside the event loop, in a thread that starts with the first and does not keep the
 * process. A job that ends the thread is refused; those behind it are done by a new one.
 */
export class JobThread<Job, Result> {
  private worker: Worker | undefined;
  private isReady = false;
  private timer: NodeJS.Timeout | undefined;
  /** The one at work first. */
  private readonly waiting = new Map<number, Waiting<Job, Result>>();
  private lastId = 0;

  /** @param start makes the worker, whose script calls `answerJobs` */
  constructor(
    private readonly start: () => Worker,
    private readonly limit?: JobLimit<Job>,
  ) {}

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
      this.waiting.set(id, { job, resolve, reject });
      if (this.waiting.size === 1) this.watchFirst();
      worker.postMessage({ id, job });
    });
  }

  private started(): Worker {
    const worker = this.start();
    this.isReady = false;
    worker.on("message", (answer: Answer<Result>) => {
      if (worker !== this.worker) return;
      if (answer.id === undefined) this.isReady = true;
      else this.settle(answer.id, answer);
      if (this.waiting.size === 0) worker.unref();
      this.watchFirst();
    });
    worker.on("error", (error: NodeJS.ErrnoException) => {
      const { limit } = this;
      const isMemory = limit !== undefined && error.code === "ERR_WORKER_OUT_OF_MEMORY";
      this.replace(worker, (job) => (isMemory ? limit.refusal(job, "memory") : error));
    });
    worker.on("exit", (code) => this.replace(worker, () => new Error(`a thread ended with ${code}`)));
    return worker;
  }

  private settle(id: number, { result, refused, error }: Answer<Result>): void {
    const asked = this.waiting.get(id);
    this.waiting.delete(id);
    if (result !== undefined) asked?.resolve(result);
    else if (refused !== undefined) asked?.reject(new InvalidInput(refused.message, refused.field));
    else asked?.reject(error instanceof Error ? error : new Error("a job failed in its thread"));
  }

  /** Its time begins when it does: not while the thread starts, and not while another one is at work. */
  private watchFirst(): void {
    clearTimeout(this.timer);
    const { limit, worker } = this;
    if (limit === undefined || worker === undefined || !this.isReady || this.waiting.size === 0) return;
    this.timer = setTimeout(() => this.replace(worker, (job) => limit.refusal(job, "time")), limit.ms);
  }

  /** The first is refused, for it ended the thread, or is what the thread is ended for. */
  private replace(worker: Worker, why: (job: Job) => Error): void {
    if (worker !== this.worker) return;
    clearTimeout(this.timer);
    this.worker = undefined;
    worker.unref();
    void worker.terminate();
    const [first, ...others] = this.waiting.values();
    this.waiting.clear();
    first?.reject(why(first.job));
    for (const { job, resolve, reject } of others) this.do(job).then(resolve, reject);
  }
}

/** The other side: call it in the worker's script. */
export function answerJobs<Job, Result>(work: (job: Job) => Result | Promise<Result>): void {
  parentPort?.postMessage({});
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
