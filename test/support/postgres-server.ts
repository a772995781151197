import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { BY_START } from "../../src/changes/origin.js";
import { Database } from "../../src/db/database.js";
import { addShippedProfiles } from "../../src/install/shipped/shipped.store.js";
import { Vault } from "../../src/install/vault.js";
import { addShippedModels } from "../../src/rack/model/server-model.store.js";
import { startPostgresServer } from "./postgres.js";

/** What a test's database begins as: as the migrations leave it, or with what the first start of a server brings along. */
export const BEGINNINGS = ["migrated", "shipped"] as const;
export type Beginning = (typeof BEGINNINGS)[number];

declare module "vitest" {
  export interface ProvidedContext {
    /** postgres://… of the server's maintenance database; each test makes its own database beside it. */
    postgresUrl: string;
    /** Of SQLite files BEGINNING.sqlite; a test's own is a copy of one. PostgreSQL has databases of these names. */
    beginnings: string;
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
  const folder = mkdtempSync(join(tmpdir(), "kickrack-beginnings-"));
  for (const name of BEGINNINGS) {
    await owner.query(`CREATE DATABASE ${name}`);
    for (const url of [server.url.replace(/postgres$/, name), `sqlite:${join(folder, `${name}.sqlite`)}`]) {
      await begin(url, name);
    }
  }
  await owner.end();
  project.provide("beginnings", folder);
  return () => {
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function begin(url: string, name: Beginning): Promise<void> {
  const database = await Database.open(url);
  if (name === "shipped") {
    await database.write(BY_START, async (transaction) => {
      await addShippedProfiles(transaction, new Vault("seals nothing: what is shipped has no secrets"));
      await addShippedModels(transaction.manager);
    });
  }
  await database.close();
}
