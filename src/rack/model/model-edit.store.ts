import type { EntityManager } from "typeorm";
import type { Transaction } from "../../db/database.js";
import { dialectOf } from "../../db/dialect.js";
import { insertWithId } from "../../db/insert-with-id.js";
import { Conflict, InvalidInput, NotFound } from "../../errors.js";
import { halfUnits, MAX_RACK_HEIGHT_U } from "../rack-space.js";
import { amount, line } from "../rack-values.js";
import { ServerModel } from "./server-model.entity.js";
import { serverModelKind } from "./server-model.kind.js";
import { modelsVersion, renewModelsVersion, serverModels } from "./server-model.store.js";

export interface ModelValues {
  readonly manufacturerPattern: string;
  readonly productPattern: string;
  readonly heightU: number;
  readonly fullDepth: boolean;
  readonly weightKg: number | null;
  readonly watts: number | null;
}

/** @throws InvalidInput, Conflict when there is one with these patterns */
export async function createModel({ manager, changes }: Transaction, values: ModelValues): Promise<ServerModel> {
  const columns = modelColumns(values);
  await beginEdit(manager, columns);
  const model = await manager.save(manager.create(ServerModel, columns));
  changes.created(serverModelKind, [model.id]);
  return model;
}

/** A deleted model as it was, under its old id. @throws Conflict when there is one with its patterns meanwhile */
export async function recreateModel({ manager, changes }: Transaction, id: number, values: ModelValues): Promise<void> {
  const columns = modelColumns(values);
  await beginEdit(manager, columns);
  await insertWithId(manager, ServerModel, { id, ...columns });
  changes.created(serverModelKind, [id]);
}

/** Moves nothing that is placed. @throws NotFound, InvalidInput, Conflict */
export async function updateModel(
  { manager, changes }: Transaction,
  id: number,
  given: Partial<ModelValues>,
): Promise<ServerModel> {
  const model = await modelById(manager, id);
  await changes.watch(serverModelKind, [id]);
  const columns = modelColumns({ ...model, heightU: model.heightU, ...given });
  await beginEdit(manager, columns, id);
  return manager.save(Object.assign(model, columns));
}

/** @throws NotFound */
export async function deleteModel({ manager, changes }: Transaction, id: number): Promise<ServerModel> {
  const model = await modelById(manager, id);
  await changes.watch(serverModelKind, [id]);
  await renewModelsVersion(manager);
  await manager.delete(ServerModel, { id });
  return model;
}

async function modelById(manager: EntityManager, id: number): Promise<ServerModel> {
  const model = await manager.findOneBy(ServerModel, { id });
  if (model === null) throw new NotFound(`no model ServerModel:${id}`, ["model"]);
  return model;
}

/** One edit at a time, since patterns are compared without regard to case and no index does that. */
async function beginEdit(manager: EntityManager, patterns: ModelColumns, id?: number): Promise<void> {
  await dialectOf(manager).lockForTransaction(manager, "server models");
  const { models } = await serverModels(manager, await modelsVersion(manager));
  const key = ({ manufacturerPattern, productPattern }: ModelColumns) =>
    JSON.stringify([manufacturerPattern, productPattern]).toLowerCase();
  const same = models.find((each) => each.id !== id && key(each) === key(patterns));
  if (same !== undefined) {
    throw new Conflict(`ServerModel:${same.id} has these patterns already; change that one`, ["productPattern"]);
  }
  await renewModelsVersion(manager);
}

type ModelColumns = Pick<ServerModel, "manufacturerPattern" | "productPattern">;

function modelColumns(values: ModelValues) {
  const heightHalfU = halfUnits(values.heightU, "the height", ["heightU"]);
  if (heightHalfU < 1 || values.heightU > MAX_RACK_HEIGHT_U) {
    throw new InvalidInput(`a model of ${values.heightU}U; write a height from 0.5 to ${MAX_RACK_HEIGHT_U}`, [
      "heightU",
    ]);
  }
  return {
    manufacturerPattern: pattern("manufacturerPattern", values.manufacturerPattern),
    productPattern: pattern("productPattern", values.productPattern),
    heightHalfU,
    fullDepth: values.fullDepth,
    weightKg: amount("weightKg", values.weightKg),
    watts: amount("watts", values.watts),
  };
}

/** @throws InvalidInput for an empty one, which would fit every machine */
function pattern(what: string, text: string): string {
  const trimmed = line(what, text, 128);
  if (trimmed === null) throw new InvalidInput("write how it begins, as SMBIOS has it", [what]);
  return trimmed;
}
