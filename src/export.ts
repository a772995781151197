import { join } from "node:path";
import type { Config } from "./config.js";
import { replaceFile } from "./dhcp/atomic-file.js";
import type { Log } from "./log.js";
import { drawRacks } from "./rack/drawing/draw.js";
import { elevationsOf } from "./rack/drawing/elevation.store.js";
import { Rack } from "./rack/rack.entity.js";
import { handOverOf, openApp } from "./server.js";

/** Writes everything under `exports` once. Answers how many diagrams there are. */
export async function exportOnce(config: Config, log: Log): Promise<number> {
  const app = await openApp(config, log);
  const { manager } = app.database;
  try {
    await handOverOf(app).writeAll();
    const racks = await manager.find(Rack, { order: { name: "ASC" } });
    for (const rack of racks) {
      const svg = await drawRacks(await elevationsOf(manager, [rack], app.now()), {
        face: "FRONT",
        theme: "auto",
        colorBy: { by: "STATE" },
      });
      await replaceFile(join(config.exports, "racks", `${rack.name}.svg`), svg);
    }
    return racks.length;
  } finally {
    await app.database.close();
  }
}
