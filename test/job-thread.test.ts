import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { JobThread, type JobLimit } from "../src/job-thread.js";

// Plain JavaScript, as a thread's own text: what answerJobs does, and jobs that no engine stops by itself.
const WORK = `
  const { parentPort } = require("node:worker_threads");
  parentPort.postMessage({});
  parentPort.on("message", ({ id, job }) => {
    if (job === "loop") for (;;);
    if (job === "memory") for (const all = []; ; ) all.push({});
    if (job === "60 ms") for (const end = Date.now() + 60; Date.now() < end; );
    if (job === "exit") process.exit(3);
    parentPort.postMessage({ id, result: job });
  });`;

const refusal = (job: string, tooMuch: string) => new Error(`${job}: too much ${tooMuch}`);

function thread(limit?: JobLimit<string>) {
  let started = 0;
  const jobs = new JobThread<string, string>(() => {
    started++;
    return new Worker(WORK, {
      eval: true,
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 4 },
    });
  }, limit);
  return { jobs, started: () => started };
}

test.each([
  ["loop", 200, "time"],
  ["memory", 20_000, "memory"],
])(
  "a job of endless %s ends as the caller's doing, and those behind it are done by a new thread",
  async (job, ms, tooMuch) => {
    const { jobs, started } = thread({ ms, refusal });
    const results = await Promise.allSettled(["a", job, "b", job, "c"].map((each) => jobs.do(each)));
    const refused = { status: "rejected", reason: refusal(job, tooMuch) };
    const done = (value: string) => ({ status: "fulfilled", value });
    expect(results).toEqual([done("a"), refused, done("b"), refused, done("c")]);
    expect(started()).toBe(3);
  },
);

test("a thread that ends by itself is a fault of ours, and costs nobody else his answer", async () => {
  const { jobs } = thread();
  const [lost, done] = await Promise.allSettled([jobs.do("exit"), jobs.do("a")]);
  expect(lost).toEqual({ status: "rejected", reason: new Error("a thread ended with 3") });
  expect(done).toEqual({ status: "fulfilled", value: "a" });
});

test("the time of a job is its own: those before it do not count", async () => {
  const { jobs, started } = thread({ ms: 500, refusal });
  const done = await Promise.all(Array.from({ length: 12 }, () => jobs.do("60 ms")));
  expect([done.length, started()]).toEqual([12, 1]);
});
