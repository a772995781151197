import { join } from "node:path";
import type { Config } from "./config.js";
import type { Log } from "./log.js";
import type { RackThread } from "./rack/diagram/rack-thread.js";
import { beginDiagrams, writeDiagrams, type ExportedDiagrams } from "./rack/diagram/exported-diagrams.js";
import { appOf, handOverOf, openData } from "./open-app.js";
import { againstPlan } from "./placement/floor/ghosts.store.js";

/** Writes everything under `exports` once. */
export async function exportOnce(config: Config, log: Log, thread: RackThread): Promise<ExportedDiagrams> {
  const data = await openData(config);
  const { database } = data;
  const now = () => new Date();
  try {
    // Racks first: the thread draws while everything else is read and written. Neither fails because the other does.
    const drawing = beginDiagrams({ database, againstPlan, now }, thread);
    await drawing.catch(() => undefined);
    const diagrams = drawing.then((begun) => writeDiagrams(begun, join(config.exports, "racks")));
    const handedOver = appOf(data, config, log, now).then((app) => handOverOf(app).writeAll());
    const [handOver, exported] = await Promise.allSettled([handedOver, diagrams]);
    if (handOver.status === "rejected") throw handOver.reason;
    if (exported.status === "rejected") throw exported.reason;
    return exported.value;
  } finally {
    await database.close();
  }
}
