import { In, type EntityManager } from "typeorm";
import type { Database, Transaction } from "../db/database.js";
import { insertWithId } from "../db/insert-with-id.js";
import { Conflict, inField } from "../errors.js";
import { machineKind } from "../machine/machine.kind.js";
import { parseName } from "../name.js";
import type { Numbering } from "./rack-plan.js";
import { Rack } from "./rack.entity.js";
import { rackKind } from "./rack.kind.js";
import { amount, line, within } from "./rack-values.js";
import { checkRackHeight, halfUnits, type Place } from "./rack-space.js";
import { hasEnded } from "./reservation.js";
import { deleteShelves } from "./room.store.js";
import { Shelf } from "./shelf.entity.js";
import { kindLabel } from "./shelf-kind.js";
import { lockedRack, noRack, takenLabel } from "./taken-places.store.js";

export interface RackValues {
  readonly name: string;
  readonly heightU: number;
  readonly numbering: Numbering;
  readonly site: string | null;
  readonly room: string | null;
  readonly row: string | null;
  readonly position: number | null;
  readonly description: string | null;
  readonly firstUnit: number;
  readonly capacityWatts: number | null;
  readonly capacityKilograms: number | null;
}

/** @throws InvalidInput, Conflict when the name is taken */
export async function createRack({ manager, changes }: Transaction, values: RackValues): Promise<Rack> {
  const name = inField(["name"], () => parseName("rack", values.name));
  if (await manager.existsBy(Rack, { name })) throw new Conflict(`there is a rack ${name} already`, ["name"]);
  checkRackHeight(values.heightU);
  const rack = await manager.save(manager.create(Rack, { ...rackColumns(values), name }));
  changes.created(rackKind, [rack.id]);
  return rack;
}

/** A deleted rack as it was, under its old id. @throws Conflict when its name is taken meanwhile */
export async function recreateRack({ manager, changes }: Transaction, id: number, values: RackValues): Promise<void> {
  const { name } = values;
  const columns = rackColumns(values);
  if (await manager.existsBy(Rack, { name })) throw new Conflict(`there is a rack ${name} already`, ["change"]);
  await insertWithId(manager, Rack, { id, name, ...columns });
  changes.created(rackKind, [id]);
}

/** @throws Conflict when something would stand above the new top */
export async function updateRack(
  database: Database,
  { manager, changes, touch }: Transaction,
  name: string,
  given: Partial<RackValues>,
  now: Date,
): Promise<Rack> {
  const { rack, taken } = await lockedRack(manager, database, name);
  await changes.watch(rackKind, [rack.id]);
  const values = { ...rack, heightU: rack.heightU, ...given };
  const newName = inField(["name"], () => parseName("rack", values.name));
  checkRackHeight(values.heightU);
  if (newName !== rack.name && (await manager.existsBy(Rack, { name: newName }))) {
    throw new Conflict(`there is a rack ${newName} already`, ["name"]);
  }
  const top = (shelf: Place) => shelf.unit + shelf.heightU - 1;
  const highest = taken.filter((each) => !hasEnded(each, now)).sort((a, b) => top(b) - top(a))[0];
  if (highest !== undefined && top(highest) > values.heightU) {
    const stands = `${takenLabel(highest)} would stand above the top`;
    throw new Conflict(`${stands}; move it first, or leave the rack ${top(highest)}U`, ["heightU"]);
  }
  // Their boot menus name it.
  if (newName !== rack.name) touch(taken.map(({ machineId }) => machineId).filter((id) => id !== null));
  return manager.save(Object.assign(rack, rackColumns(values), { name: newName }));
}

/** What becomes of what stands in a rack that is deleted. */
export type Occupants = "REFUSE" | "UNPLACE";

/** @throws Conflict while something stands in it, unless it is said what becomes of that */
export async function deleteRack(
  database: Database,
  transaction: Transaction,
  name: string,
  occupants: Occupants,
  now: Date,
): Promise<Rack> {
  const { manager, changes, touch } = transaction;
  const { rack, taken } = await lockedRack(manager, database, name);
  await changes.watch(rackKind, [rack.id]);
  await checkNoRule(manager, rack);
  const standing = taken.filter((each) => !hasEnded(each, now));
  if (standing.length > 0 && occupants === "REFUSE") {
    const names = standing.slice(0, 5).map(({ name, kind }) => name ?? kindLabel(kind));
    const more = standing.length > names.length ? " and others" : "";
    const advice = "unplace them first, or delete it with occupants: UNPLACE";
    throw new Conflict(`${names.join(", ")}${more} stand in rack ${name}; ${advice}`, ["rack"]);
  }
  const machines = taken.map(({ machineId }) => machineId).filter((id) => id !== null);
  await changes.watch(machineKind, machines);
  touch(machines);
  await manager.delete(Shelf, { machineId: In(machines) });
  await deleteShelves(
    transaction,
    taken.filter(({ machineId }) => machineId === null).map(({ id }) => id),
  );
  await manager.delete(Rack, { id: rack.id });
  return rack;
}

/** Plain SQL over another feature's tables, as in machine.kind.ts. @throws Conflict that names the rules */
async function checkNoRule(manager: EntityManager, { id, name }: Rack): Promise<void> {
  const rules: Array<{ name: string }> = await manager.query(
    `SELECT DISTINCT placement_rule.name FROM placement_rule LEFT JOIN port_place ON port_place.rule_id = placement_rule.id
     WHERE port_place.rack_id = $1 OR placement_rule.rack_id = $1 ORDER BY placement_rule.name`,
    [id],
  );
  if (rules.length === 0) return;
  const names = rules.map((rule) => rule.name).join(", ");
  throw new Conflict(`placement rules put machines into rack ${name}: ${names}; delete or change them first`, ["rack"]);
}

function rackColumns(values: Omit<RackValues, "name">) {
  const { heightU, numbering, site, room, row, position, description, firstUnit } = values;
  return {
    heightHalfU: halfUnits(heightU, "the rack's height"),
    numbering,
    firstUnit: within("firstUnit", firstUnit, 0, 1_000) ?? 1,
    position: within("position", position, 0, 1_000_000),
    capacityWatts: amount("capacityWatts", values.capacityWatts),
    capacityKilograms: amount("capacityKilograms", values.capacityKilograms),
    site: line("site", site, 63),
    room: line("room", room, 63),
    row: line("row", row, 63),
    description: line("description", description, 256),
  };
}

/** @throws NotFound */
export async function rackNamed(manager: EntityManager, name: string): Promise<Rack> {
  const rack = await manager.findOneBy(Rack, { name });
  if (rack === null) throw noRack(name);
  return rack;
}
