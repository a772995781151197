import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, describe, inject } from "vitest";
import type { Origin } from "../../src/changes/origin.js";
import { Database, type DatabaseOptions } from "../../src/db/database.js";
import type { Beginning } from "./postgres-server.js";

/** Who writes in a test that does not go through a server. */
export const BY_TEST: Origin = { actor: "a test", through: "COMMAND", operation: "test" };

const KINDS = ["SQLite", "PostgreSQL"] as const;
export type DatabaseKind = (typeof KINDS)[number];

declare module "vitest" {
  export interface ProvidedContext {
    /** Those that this project runs its tests on; both when it does not say. */
    databases?: readonly DatabaseKind[];
  }
}

export const databases = (): readonly DatabaseKind[] => inject("databases") ?? KINDS;

/** A fresh, empty database of a kind, as a URL. */
export interface FreshDatabase {
  readonly kind: DatabaseKind;
  readonly url: string;
  open(options?: DatabaseOptions): Promise<Database>;
}

let nextName = 0;

/** The same tests on SQLite and on PostgreSQL, each with the real migrations on a database of its own. */
export function onBothDatabases(title: string, tests: (fresh: () => Promise<FreshDatabase>) => void): void {
  for (const kind of databases()) {
    describe(`${title} on ${kind}`, () => {
      const cleanups: Array<() => Promise<void> | void> = [];
      afterEach(async () => {
        for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
      });
      tests(async () => {
        const { url, drop } = kind === "SQLite" ? freshFile() : await freshPostgres();
        cleanups.push(drop);
        return {
          kind,
          url,
          open: async (options) => {
            const database = await Database.open(url, options);
            cleanups.push(() => (database.dataSource.isInitialized ? database.close() : undefined));
            return database;
          },
        };
      });
    });
  }
}

export function freshFile(beginning: Beginning = "migrated"): { url: string; drop: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "kickrack-test-"));
  const file = join(folder, "test.sqlite");
  copyFileSync(join(inject("beginnings"), `${beginning}.sqlite`), file);
  return { url: `sqlite:${file}`, drop: () => rmSync(folder, { recursive: true, force: true }) };
}

export async function freshPostgres(
  beginning: Beginning = "migrated",
): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = inject("postgresUrl");
  const name = `test_${process.pid}_${nextName++}`;
  const asOwner = async (sql: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await asOwner(`CREATE DATABASE ${name} TEMPLATE ${beginning}`);
  return {
    url: server.replace(/postgres$/, name),
    drop: () => asOwner(`DROP DATABASE ${name} WITH (FORCE)`),
  };
}
