import { setFlagsFromString } from "node:v8";

const MS = 1_000;

/**
 * For commands that are over within a second: V8's optimizing compiler takes a sixth of the processor time of an export of a
 * hundred racks (docs/performance.md), for code that is hardly run again. Who takes longer is given it back. Threads
 * share it.
 */
export function optimizeLater(): void {
  setFlagsFromString("--no-opt");
  setTimeout(() => setFlagsFromString("--opt"), MS).unref();
}
