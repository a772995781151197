import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import swc from "unplugin-swc";
import { defineConfig } from "vitest/config";
import { TYPESCRIPT } from "./build/typescript.js";
import { workerThreads } from "./test/support/worker-threads.js";

const plugins = () => [workerThreads(), swc.vite(TYPESCRIPT)];

// Vite would hand out graphql's ES module and type-graphql its CommonJS one: "another module or realm".
const resolve = { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] };

// What replaces a module for its tests cannot share loaded modules with others.
const ALONE = ["test/dhcp/hand-over.test.ts"];

// What compares two times would compare what runs beside them, too.
const LAB_ALONE = ["test/lab/storm.test.ts"];

/** Files with tests that are the same on both databases. */
const ON_BOTH = readdirSync("test", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => join("test", file))
  .filter((file) => /\bonBoth(Servers|Databases)\(/.test(readFileSync(file, "utf8")));

const SLOW = ["test/lab/**", "test/durability/**", "test/**/*.long.test.ts", ...ALONE];

export default defineConfig({
  test: {
    // Tests wait for clocks and for PostgreSQL as long as they compute: two more than the two processors of CI.
    maxWorkers: 4,
    projects: [
      {
        plugins: plugins(),
        resolve,
        test: {
          // What one waits for at every save. PostgreSQL gives the same answers, and is asked by the next project.
          name: "fast",
          include: ["test/**/*.test.ts"],
          exclude: SLOW,
          // Loading the modules anew for each file took 112 s of 294.
          isolate: false,
          provide: { databases: ["SQLite"] },
          globalSetup: ["test/support/postgres-server.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: plugins(),
        resolve,
        test: {
          name: "postgres",
          include: ON_BOTH,
          exclude: SLOW,
          isolate: false,
          provide: { databases: ["PostgreSQL"] },
          globalSetup: ["test/support/postgres-server.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: plugins(),
        resolve,
        test: {
          name: "alone",
          include: ALONE,
          globalSetup: ["test/support/postgres-server.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: plugins(),
        resolve,
        test: {
          // A hundred thousand random lives, a browser, a walk beside writers: not what one waits for at every save.
          name: "long",
          include: ["test/**/*.long.test.ts"],
          exclude: ["test/lab/**", "test/durability/**"],
          globalSetup: ["test/support/postgres-server.ts"],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: plugins(),
        resolve,
        test: {
          // Runs what `npm run build` has made, as child processes that can be killed and traced.
          name: "durability",
          include: ["test/durability/**/*.test.ts"],
          testTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        plugins: plugins(),
        resolve,
        test: {
          // An emulated machine takes one processor, and every lab has a bridge of its own.
          name: "lab",
          include: ["test/lab/**/*.test.ts"],
          exclude: LAB_ALONE,
          testTimeout: 900_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        plugins: plugins(),
        resolve,
        test: {
          name: "lab-alone",
          include: LAB_ALONE,
          testTimeout: 900_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        plugins: plugins(),
        resolve,
        test: {
          // A whole Debian onto a disk; test/lab/README.md says how far it gets.
          name: "lab-full",
          include: ["test/lab/**/*.full.ts"],
          testTimeout: 10_800_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
