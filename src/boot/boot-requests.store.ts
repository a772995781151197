import type { Database } from "../db/database.js";

/** A row of the table, by its columns. */
export interface BootRequestRow {
  readonly machine_id: number | null;
  readonly mac_address: string | null;
  readonly at: string;
  readonly method: string;
  readonly url: string;
  readonly user_agent: string | null;
  readonly remote_address: string;
  readonly status: number;
  readonly answer: string;
  readonly rule: string | null;
}

const COLUMNS = {
  mac_address: "text",
  at: "text",
  method: "text",
  url: "text",
  user_agent: "text",
  remote_address: "text",
  status: "integer",
  answer: "text",
  rule: "text",
} as const;

/** One statement for all. They are observations and no changes: nothing of them goes into the history. */
export async function insertBootRequests(
  { dataSource, dialect }: Database,
  rows: readonly BootRequestRow[],
): Promise<void> {
  const names = Object.keys(COLUMNS).join(", ");
  const given = dialect.rowsOf("$1", { machine_id: "integer", ...COLUMNS });
  await dataSource.transaction((manager) =>
    manager.query(
      // A machine may have gone since.
      `INSERT INTO boot_request (machine_id, ${names})
       SELECT (SELECT id FROM machine WHERE id = given.machine_id), ${names} FROM ${given} AS given`,
      [JSON.stringify(rows)],
    ),
  );
}
