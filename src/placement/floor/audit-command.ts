import type { Config } from "../../config.js";
import { Database } from "../../db/database.js";
import type { AuditFormat } from "./audit-cli.js";
import { printDifferences } from "./audit-report.js";
import { floorDifferences } from "./floor.store.js";

/** `kickrack audit`, on the server's own database. */
export async function audit(config: Config, format: AuditFormat): Promise<{ text: string; differences: number }> {
  const database = await Database.open(config.databaseUrl, { existing: true });
  try {
    const differences = await floorDifferences(database.manager, new Date());
    return { text: printDifferences(differences, format), differences: differences.length };
  } finally {
    await database.close();
  }
}
