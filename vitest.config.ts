import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import swc from "unplugin-swc";
import { defineConfig, type UserWorkspaceConfig } from "vitest/config";
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

const WITH_DATABASES = {
  globalSetup: ["test/support/postgres-server.ts"],
  testTimeout: 60_000,
  hookTimeout: 60_000,
};
const WITH_MACHINES = { testTimeout: 900_000, hookTimeout: 120_000 };

const project = (test: NonNullable<UserWorkspaceConfig["test"]>): UserWorkspaceConfig => {
  return { plugins: plugins(), resolve, test };
};

export default defineConfig({
  test: {
    // Tests wait for clocks and for PostgreSQL as long as they compute: two more than the two processors of CI.
    maxWorkers: 4,
    projects: [
      project({
        // What one waits for at every save. PostgreSQL gives the same answers, and is asked by the next project.
        name: "fast",
        include: ["test/**/*.test.ts"],
        exclude: SLOW,
        // Loading the modules anew for each file took 112 s of 294.
        isolate: false,
        provide: { databases: ["SQLite"] },
        ...WITH_DATABASES,
      }),
      project({
        name: "postgres",
        include: ON_BOTH,
        exclude: SLOW,
        isolate: false,
        provide: { databases: ["PostgreSQL"] },
        ...WITH_DATABASES,
      }),
      project({
        name: "alone",
        include: ALONE,
        ...WITH_DATABASES,
      }),
      project({
        // A hundred thousand random lives, a browser, a walk beside writers: not what one waits for at every save.
        name: "long",
        include: ["test/**/*.long.test.ts"],
        exclude: ["test/lab/**", "test/durability/**"],
        ...WITH_DATABASES,
        testTimeout: 120_000,
      }),
      project({
        // Runs what `npm run build` has made, as child processes that can be killed and traced.
        name: "durability",
        include: ["test/durability/**/*.test.ts"],
        testTimeout: 180_000,
        fileParallelism: false,
      }),
      project({
        // An emulated machine takes one processor, and every lab has a bridge of its own.
        name: "lab",
        include: ["test/lab/**/*.test.ts"],
        exclude: LAB_ALONE,
        ...WITH_MACHINES,
        maxWorkers: 2,
      }),
      project({
        name: "lab-alone",
        include: LAB_ALONE,
        ...WITH_MACHINES,
        sequence: { groupOrder: 1 },
      }),
      project({
        // A whole Debian onto a disk: 35 minutes.
        name: "lab-full",
        include: ["test/lab/**/*.full.ts"],
        ...WITH_MACHINES,
        testTimeout: 10_800_000,
      }),
    ],
  },
});
