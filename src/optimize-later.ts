import { setFlagsFromString } from "node:v8";

const MS = 1_000;

/**
 * For commands that are over within a second: an export of a hundred racks takes an eighth less time without V8's optimizing
 * compiler (docs/performance.md), whose code is hardly run again. Who takes longer is given it back. Threads share it. Node
 * warns of flags that change while V8 runs; this pair was tried on Node 20, 22, 24 and 26.
 */
export function optimizeLater(): void {
  setFlagsFromString("--no-opt");
  setTimeout(() => setFlagsFromString("--opt"), MS).unref();
}
