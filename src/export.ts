import { join } from "node:path";
import type { Config } from "./config.js";
import type { Log } from "./log.js";
import { exportDiagrams, type ExportedDiagrams } from "./rack/diagram/exported-diagrams.js";
import { handOverOf, openApp } from "./open-app.js";

/** Writes everything under `exports` once. */
export async function exportOnce(config: Config, log: Log): Promise<ExportedDiagrams> {
  const app = await openApp(config, log);
  try {
    await handOverOf(app).writeAll();
    return await exportDiagrams(app, join(config.exports, "racks"));
  } finally {
    await app.database.close();
  }
}
