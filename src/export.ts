import { join } from "node:path";
import type { Config } from "./config.js";
import type { Log } from "./log.js";
import type { RackThread } from "./rack/diagram/rack-thread.js";
import { exportDiagrams, type ExportedDiagrams } from "./rack/diagram/exported-diagrams.js";
import { handOverOf, openApp } from "./open-app.js";

/** Writes everything under `exports` once. */
export async function exportOnce(config: Config, log: Log, thread: RackThread): Promise<ExportedDiagrams> {
  const app = await openApp(config, log);
  try {
    const diagrams = exportDiagrams(app, thread, join(config.exports, "racks"));
    // Neither waits for the other, nor fails because the other does.
    const [handOver, exported] = await Promise.allSettled([handOverOf(app).writeAll(), diagrams]);
    if (handOver.status === "rejected") throw handOver.reason;
    if (exported.status === "rejected") throw exported.reason;
    return exported.value;
  } finally {
    await app.database.close();
  }
}
