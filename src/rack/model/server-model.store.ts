import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DataSource, EntityManager } from "typeorm";
import { dialectOf } from "../../db/dialect.js";
import { EntityTable } from "../../db/entity-table.js";
import { Setting } from "../../db/setting.entity.js";
import { Statement } from "../../db/statement.js";
import { packageRoot } from "../../package-root.js";
import { ServerModel } from "./server-model.entity.js";
import { ModelIndex, parseServerModels } from "./server-model.js";

const VERSION = "server models version";

/** Of all models, as a column for a statement that reads something else: so that a look-up takes none of its own. */
export const MODELS_VERSION = `(SELECT setting.value FROM setting WHERE setting.name = '${VERSION}')`;

interface Known {
  readonly version: string | null;
  readonly models: ModelIndex<ServerModel>;
}

const known = new WeakMap<DataSource, Known>();

/**
 * All models, read again when there is another version of them. Every write of a model gives them a new one that was
 * never there before, so what a transaction reads of its own writes serves nobody else when it is rolled back.
 *
 * @param version what MODELS_VERSION has said in this transaction
 */
export async function serverModels(manager: EntityManager, version: string | null): Promise<ModelIndex<ServerModel>> {
  const found = known.get(manager.dataSource);
  if (found?.version === version) return found.models;
  // Hydrated by TypeORM, the 225 shipped models were a third of the processor time of a placement.
  const table = EntityTable.of(ServerModel);
  const text = `SELECT ${table.selection("known")} FROM server_model known`;
  const rows = await table.select(manager, new Statement(dialectOf(manager)), text);
  const models = new ModelIndex(rows.map(({ entity }) => entity));
  known.set(manager.dataSource, { version, models });
  return models;
}

export async function modelsVersion(manager: EntityManager): Promise<string | null> {
  const [row] = await manager.query<Array<{ version: string | null }>>(`SELECT ${MODELS_VERSION} AS version`);
  return row?.version ?? null;
}

/** To be called before every write of a model. */
export async function renewModelsVersion(manager: EntityManager): Promise<void> {
  await manager.upsert(Setting, { name: VERSION, value: randomUUID() }, ["name"]);
}

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
      watts: null,
    }),
  );
  await renewModelsVersion(manager);
  await manager.save(models, { chunk: 100 });
}
