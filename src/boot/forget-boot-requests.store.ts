import type { Database } from "../db/database.js";

/** How many boot requests are kept. */
export interface Kept {
  readonly perMachine: number;
  /** Of all that are a machine's. */
  readonly total: number;
  /** Of those that matched nothing: a stranger must not push out what machines did. */
  readonly unmatched: number;
}

export const KEPT: Kept = { perMachine: 200, total: 200_000, unmatched: 10_000 };

/** One statement deletes no more. */
const AT_ONCE = 20_000;

/** All but the newest `kept` of each of these machines. */
export async function forgetOfMachines(
  { dataSource, dialect }: Database,
  ids: readonly number[],
  kept: number,
): Promise<void> {
  await dataSource.transaction((manager) =>
    manager.query(
      `DELETE FROM boot_request WHERE id IN (
         SELECT id FROM (
           SELECT id, ROW_NUMBER() OVER (PARTITION BY machine_id ORDER BY id DESC) AS nth
           FROM boot_request WHERE machine_id IN ${dialect.integersOf("$1")}
         ) AS numbered WHERE nth > $2 LIMIT ${AT_ONCE})`,
      [JSON.stringify(ids), kept],
    ),
  );
}

/** All but the newest `kept` of those for which `condition` holds. */
export async function forgetBeyond({ dataSource }: Database, condition: string, kept: number): Promise<void> {
  await dataSource.transaction((manager) =>
    manager.query(
      `DELETE FROM boot_request WHERE id IN (
         SELECT id FROM boot_request WHERE ${condition} ORDER BY id DESC LIMIT ${AT_ONCE} OFFSET $1)`,
      [kept],
    ),
  );
}
