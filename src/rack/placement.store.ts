import type { Database, Transaction } from "../db/database.js";
import { Conflict } from "../errors.js";
import type { Machine } from "../machine/machine.entity.js";
import { machineKind } from "../machine/machine.kind.js";
import { serverModels } from "./model/server-model.store.js";
import {
  checkPlace,
  halfUnits,
  highestFreeStart,
  placesInTheWay,
  type Face,
  type Place,
  type Strip,
} from "./rack-space.js";
import { Shelf } from "./shelf.entity.js";
import { lockedRack, takenLabel, type TakenPlace } from "./taken-places.store.js";
import type { Rack } from "./rack.entity.js";

export interface Placement {
  readonly rack: string;
  readonly unit: number;
  /** The model's when undefined, 1 for a model nobody knows. */
  readonly heightU?: number | undefined;
  readonly face?: Face | undefined;
  readonly column: number;
  readonly columns: number;
  readonly strip?: Strip | null | undefined;
}

/**
 * Puts a machine into a rack, or moves it there. Two placements into one rack wait for each other, so of fifty that
 * want one unit exactly one gets it.
 *
 * @throws InvalidInput when it does not fit the rack, Conflict that names who is in the way
 */
export async function placeMachine(
  database: Database,
  { manager, changes, touch }: Transaction,
  machine: Machine,
  wanted: Placement,
): Promise<Shelf> {
  const { rack, taken, modelsVersion } = await lockedRack(manager, database, wanted.rack);
  await database.dialect.lockMachines(manager, [machine.id]); // it may be on its way into another rack
  await changes.watch(machineKind, [machine.id]);
  const models = await serverModels(manager, modelsVersion);
  const model = models.find(machine.manufacturer, machine.product);
  const place: Place = {
    unit: wanted.unit,
    heightU: wanted.heightU ?? model?.heightU ?? 1,
    face: wanted.face ?? (model?.fullDepth === false ? "FRONT" : "FULL"),
    column: wanted.column,
    columns: wanted.columns,
    strip: wanted.strip ?? null,
  };
  const others = taken.filter((each) => each.machineId !== machine.id);
  checkPlace(rack, place, { rackName: rack.name, others });
  checkFree(rack, place, others);
  const columns = {
    rackId: rack.id,
    unitHalfU: halfUnits(place.unit, "the unit"),
    heightHalfU: halfUnits(place.heightU, "the height"),
    face: place.face,
    column: place.column,
    columns: place.columns,
    strip: place.strip ?? null,
  };
  touch([machine.id]);
  const [row] = await manager.query<Array<{ id: number }>>(PUT_SHELF, [...Object.values(columns), machine.id]);
  return manager.create(Shelf, { ...columns, id: (row as { id: number }).id, rack, machineId: machine.id });
}

/** @throws Conflict that names who is in the way */
function checkFree(rack: Rack, place: Place, others: readonly TakenPlace[]): void {
  const inTheWay = placesInTheWay(place, others);
  if (inTheWay.length === 0) return;
  const free = highestFreeStart(rack, place, others);
  const advice = free === undefined ? "nothing of that height is free" : `the highest free start is U${free}`;
  const stand = inTheWay.length === 1 ? "stands" : "stand";
  throw new Conflict(`${inTheWay.map(takenLabel).join(" and ")} ${stand} there in rack ${rack.name}; ${advice}`, [
    "unit",
  ]);
}

// Of a machine that moves, the shelf keeps its id.
const PUT_SHELF = `INSERT INTO shelf (rack_id, unit_half_u, height_half_u, face, column_number, column_count, strip, machine_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (machine_id) DO UPDATE SET rack_id = excluded.rack_id, unit_half_u = excluded.unit_half_u,
    height_half_u = excluded.height_half_u, face = excluded.face, column_number = excluded.column_number,
    column_count = excluded.column_count, strip = excluded.strip
  RETURNING id`;

/** @returns whether it stood anywhere */
export async function unplaceMachine({ manager, changes, touch }: Transaction, machine: Machine): Promise<boolean> {
  await changes.watch(machineKind, [machine.id]);
  touch([machine.id]);
  return (await manager.delete(Shelf, { machineId: machine.id })).affected !== 0;
}
