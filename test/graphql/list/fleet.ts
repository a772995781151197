import type { Context } from "../../../src/context.js";
import type { EntityMetadata } from "typeorm";
import type { Database } from "../../../src/db/database.js";
import type { Random } from "../../support/random.js";
import { modelsVersion, serverModels } from "../../../src/rack/model/server-model.store.js";

const COLUMNS = {
  serial_number: "text",
  uuid: "text",
  hostname: "text",
  asset_tag: "text",
  state: "text",
  locked: "boolean",
  seen: "text",
} as const;

const STATES = ["DISCOVERED", "READY", "INSTALLED", "FAILED"];
// Sorts differently by a language's rules, by UTF-16 units and by bytes.
const LETTERS = ["a", "B", "c", "D", "-", " ", "_", "%", "é", "Z", "z", "\u{ffdc}", "\u{1f5a7}", "1", "10", "\\"];

let made = 0;

/** Machines of every sort of name, and many without one. @returns their ids */
export async function insertMachines(database: Database, random: Random, count: number): Promise<number[]> {
  const text = () => random.list(1 + random.below(4), () => random.pick(LETTERS)).join("");
  const rows = Array.from({ length: count }, () => ({
    serial_number: random.chance(0.3) ? null : text(),
    uuid: random.chance(0.5) ? null : `uuid-${random.below(1_000)}`,
    hostname: random.chance(0.4) ? null : `${text()}~${made++}`,
    asset_tag: random.chance(0.98) ? null : text(),
    state: random.pick(STATES),
    locked: random.chance(0.1),
    seen: new Date(1_700_000_000_000 + random.below(1_000_000_000)).toISOString(),
  }));
  const inserted: Array<{ id: number }> = await database.manager.query(
    `INSERT INTO machine (serial_number, uuid, hostname, asset_tag, state, locked, first_seen_at, last_seen_at)
     SELECT serial_number, uuid, hostname, asset_tag, state, locked, seen, seen
       FROM ${database.dialect.rowsOf("$1", COLUMNS)} AS each WHERE true RETURNING id`,
    [JSON.stringify(rows)],
  );
  return inserted.map(({ id }) => id);
}

/** What a list needs of a request. */
export function asking(database: Database): Context {
  const actor = { tokenId: 1, name: "a test", role: "ADMINISTRATOR", scopes: [], expiresAt: null } as const;
  return { app: { database }, actor, requestId: "", loaders: new Map() } as unknown as Context;
}

/**
 * Rows 1 to `count` in every table: no value twice, each row of one table naming the row of the same number of another,
 * and every third value missing where it may be.
 */
export async function fillTables({ manager, dialect, dataSource }: Database, count: number): Promise<void> {
  const numbers = JSON.stringify(Array.from({ length: count }, (_, i) => ({ n: i + 1 })));
  const filled = new Set<EntityMetadata>();
  const fill = async (table: EntityMetadata): Promise<void> => {
    if (filled.has(table)) return;
    filled.add(table);
    for (const { referencedEntityMetadata } of table.foreignKeys) await fill(referencedEntityMetadata);
    const columns = table.columns.filter(({ isGenerated }) => !isGenerated);
    const names = columns.map(({ databaseName }) => `"${databaseName}"`).join(", ");
    const values = columns.map(valueSql).join(", ");
    const rows = dialect.rowsOf("$1", { n: "integer" });
    await manager.query(
      `INSERT INTO "${table.tableName}" (${names}) SELECT ${values} FROM ${rows} AS each WHERE true`,
      [numbers],
    );
  };
  for (const table of dataSource.entityMetadatas) await fill(table);
  // Each machine that says what it is has a model; which models there are is read once and remembered.
  await manager.query(
    "UPDATE server_model SET manufacturer_pattern = id || '-manufacturer', product_pattern = id || '-product'",
  );
  await serverModels(manager, await modelsVersion(manager));
}

function valueSql(column: EntityMetadata["columns"][number]): string {
  const { databaseName, isNullable, type, length, relationMetadata } = column;
  if (relationMetadata !== undefined) return "n";
  const value = {
    boolean: "n % 2 = 0",
    integer: "n",
    "double precision": "n",
    "simple-array": "''",
    "simple-json": "'{}'",
  }[String(type)];
  const text = `substr(CAST(n AS text) || '-${databaseName}', 1, ${length === "" ? 1_000 : length})`;
  return isNullable ? `CASE WHEN n % 3 = 0 THEN NULL ELSE ${value ?? text} END` : (value ?? text);
}
