import { bundle } from "../build/bundle.js";

const programs = {
  main: "bench/main.ts",
  measure: "bench/drawings/measure.ts",
  "measure-tables": "bench/switches/measure.ts",
  "boot-plane-only": "bench/boot-plane-only.ts",
  "bare-http": "bench/bare-http.ts",
};

export default bundle(programs, "dist/bench");
