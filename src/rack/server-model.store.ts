import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EntityManager } from "typeorm";
import type { Machine } from "../machine/machine.entity.js";
import { packageRoot } from "../package-root.js";
import { ServerModel } from "./server-model.entity.js";
import { modelFor, parseServerModels } from "./server-model.js";

/** The models that Kickrack brings along, at the first start only: later they are the operator's. */
export async function addShippedModels(manager: EntityManager): Promise<void> {
  if (await manager.exists(ServerModel)) return;
  const csv = readFileSync(join(packageRoot, "src/rack/server-models.csv"), "utf8");
  const models = parseServerModels(csv).map(({ manufacturerPattern, productPattern, heightU, fullDepth, weightKg }) =>
    manager.create(ServerModel, {
      manufacturerPattern,
      productPattern,
      heightHalfU: heightU * 2,
      fullDepth,
      weightKg: weightKg ?? null,
    }),
  );
  await manager.save(models, { chunk: 100 });
}

/** The model of a machine by what SMBIOS says; undefined when nobody knows it. */
export async function serverModelFor(manager: EntityManager, machine: Machine): Promise<ServerModel | undefined> {
  const { manufacturer, product } = machine;
  if (manufacturer === null || product === null) return undefined;
  return modelFor(await manager.find(ServerModel), manufacturer, product);
}
