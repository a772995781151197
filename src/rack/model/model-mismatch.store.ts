import { In, type EntityManager } from "typeorm";
import { dialectOf } from "../../db/dialect.js";
import { Statement } from "../../db/statement.js";
import { storedPlansOf } from "../rack-plan.store.js";
import { Rack } from "../rack.entity.js";
import type { Shelf } from "../shelf.entity.js";
import { mismatchesIn } from "./model-mismatch.js";
import type { ServerModel } from "./server-model.entity.js";
import { modelsVersion, serverModels } from "./server-model.store.js";

/** A machine that stands with another height than its model has. */
export interface ModelMismatch {
  readonly shelf: Shelf;
  readonly model: ServerModel;
  readonly inTheWay: readonly Shelf[];
  readonly message: string;
}

/** What SMBIOS says of a machine. */
export interface Product {
  readonly manufacturer: string;
  readonly product: string;
}

/** The products of placed machines that a model fits; none for a model that others fit better. */
export async function productsOf(manager: EntityManager, ids: readonly number[]): Promise<Product[]> {
  const models = await serverModels(manager, await modelsVersion(manager));
  const products = await manager.query<Product[]>(
    `SELECT DISTINCT machine.manufacturer, machine.product FROM machine JOIN shelf ON shelf.machine_id = machine.id
     WHERE machine.manufacturer IS NOT NULL AND machine.product IS NOT NULL`,
  );
  return products.filter(({ manufacturer, product }) => {
    const model = models.find(manufacturer, product);
    return model !== undefined && ids.includes(model.id);
  });
}

/** Which of the machines of these products stand with another height than their model has now. */
export async function mismatchesAmong(
  manager: EntityManager,
  products: readonly Product[],
  now: Date,
): Promise<ModelMismatch[]> {
  const models = await serverModels(manager, await modelsVersion(manager));
  const wanted = products.flatMap(({ manufacturer, product }) => {
    const model = models.find(manufacturer, product);
    return model === undefined ? [] : [{ manufacturer, product, height: model.heightHalfU }];
  });
  if (wanted.length === 0) return [];
  const racks = await manager.findBy(Rack, { id: In(await racksWithOthers(manager, wanted)) });
  const isWanted = new Set(wanted.map(({ manufacturer, product }) => JSON.stringify([manufacturer, product])));
  const modelOf = ({ manufacturer, product }: { manufacturer: string | null; product: string | null }) =>
    isWanted.has(JSON.stringify([manufacturer, product])) ? models.find(manufacturer, product) : undefined;
  const plans = await storedPlansOf(manager, racks);
  return plans.flatMap((plan) =>
    mismatchesIn(plan, modelOf, now).map(({ item, model, inTheWay, message }) => {
      return { shelf: item.shelf, model, inTheWay: inTheWay.map(({ shelf }) => shelf), message };
    }),
  );
}

interface SizedProduct extends Product {
  readonly height: number;
}

/** Where machines of these products stand with other heights, so that nobody reads all the other racks. */
async function racksWithOthers(manager: EntityManager, products: readonly SizedProduct[]): Promise<number[]> {
  const dialect = dialectOf(manager);
  const statement = new Statement(dialect);
  const known = dialect.rowsOf(statement.bind(JSON.stringify(products)), {
    manufacturer: "text",
    product: "text",
    height: "integer",
  });
  const rows = await statement.rows(
    manager,
    `SELECT DISTINCT shelf.rack_id FROM shelf JOIN machine ON machine.id = shelf.machine_id
     JOIN ${known} AS known ON known.manufacturer = machine.manufacturer AND known.product = machine.product
     WHERE shelf.height_half_u <> known.height`,
  );
  return rows.map((row) => row.rack_id as number);
}
