import type { Database } from "../../src/db/database.js";
import type { InventoryReport } from "../../src/machine/inventory-request.js";
import type { Registration } from "../../src/machine/registration-batch.js";
import * as store from "../../src/machine/registration.store.js";

/** One batch, whose reports are all there already. */
export function registerAll(
  database: Database,
  reports: readonly InventoryReport[],
  now: Date,
): Promise<Registration[]> {
  return store.registerAll(
    database,
    () => reports,
    () => now,
  );
}
