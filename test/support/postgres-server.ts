import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { Database } from "../../src/db/database.js";
import { startPostgresServer } from "./postgres.js";

/** The PostgreSQL database that the migrations have made. */
export const MIGRATED = "migrated";

declare module "vitest" {
  export interface ProvidedContext {
    /** postgres://… of the server's maintenance database; each test makes its own database beside it. */
    postgresUrl: string;
    /** A SQLite file that the migrations have made; a test's own is a copy of it. */
    migratedFile: string;
  }
}

// Every test makes and drops databases: synced, that took half of the time of all tests on a busy disk.
const NO_SYNC = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"];

/**
 * Starts a real PostgreSQL for the run, which never crashes here and so need not sync. The real migrations run once for
 * each kind of database: a test's database begins as a copy of what they made.
 */
export default async function startPostgres(project: TestProject): Promise<() => void> {
  const server = await startPostgresServer(NO_SYNC);
  project.provide("postgresUrl", server.url);
  const owner = new pg.Client({ connectionString: server.url });
  await owner.connect();
  await owner.query(`CREATE DATABASE ${MIGRATED}`);
  await owner.end();
  await migrate(server.url.replace(/postgres$/, MIGRATED));
  const folder = mkdtempSync(join(tmpdir(), "kickrack-migrated-"));
  const file = join(folder, "migrated.sqlite");
  await migrate(`sqlite:${file}`);
  project.provide("migratedFile", file);
  return () => {
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function migrate(url: string): Promise<void> {
  await (await Database.open(url)).close();
}
