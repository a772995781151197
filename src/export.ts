import { join } from "node:path";
import type { Config } from "./config.js";
import type { Log } from "./log.js";
import type { RackThread } from "./rack/diagram/rack-thread.js";
import { beginDiagrams, writeDiagrams, type ExportedDiagrams } from "./rack/diagram/exported-diagrams.js";
import { handOverOf, openApp } from "./open-app.js";

/** Writes everything under `exports` once. */
export async function exportOnce(config: Config, log: Log, thread: RackThread): Promise<ExportedDiagrams> {
  const app = await openApp(config, log);
  try {
    const drawing = beginDiagrams(app, thread);
    const diagrams = drawing.then((begun) => writeDiagrams(app, begun, join(config.exports, "racks")));
    // The thread draws while dnsmasq's files are written. Neither fails because the other does.
    await drawing.catch(() => undefined);
    const [handOver, exported] = await Promise.allSettled([handOverOf(app).writeAll(), diagrams]);
    if (handOver.status === "rejected") throw handOver.reason;
    if (exported.status === "rejected") throw exported.reason;
    return exported.value;
  } finally {
    await app.database.close();
  }
}
