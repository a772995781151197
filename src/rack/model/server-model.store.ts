import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EntityManager } from "typeorm";
import { dialectOf } from "../../db/dialect.js";
import { EntityTable } from "../../db/entity-table.js";
import { Statement } from "../../db/statement.js";
import type { Machine } from "../../machine/machine.entity.js";
import { packageRoot } from "../../package-root.js";
import { ServerModel } from "./server-model.entity.js";
import { modelFor, parseServerModels } from "./server-model.js";

/** The models that Kickrack brings along, at the first start only: later they are the operator's. */
export async function addShippedModels(manager: EntityManager): Promise<void> {
  if (await manager.exists(ServerModel)) return;
  const csv = readFileSync(join(packageRoot, "src/rack/model/server-models.csv"), "utf8");
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
export async function serverModelFor(
  manager: EntityManager,
  { manufacturer, product }: Pick<Machine, "manufacturer" | "product">,
): Promise<ServerModel | undefined> {
  if (manufacturer === null || product === null) return undefined;
  // Hydrated by TypeORM, the 225 shipped models were a third of the processor time of a placement.
  const table = EntityTable.of(ServerModel);
  const text = `SELECT ${table.selection("known")} FROM server_model known`;
  const models = await table.select(manager, new Statement(dialectOf(manager)), text);
  return modelFor(
    models.map(({ entity }) => entity),
    manufacturer,
    product,
  );
}
