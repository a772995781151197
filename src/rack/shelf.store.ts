import type { EntityManager } from "typeorm";
import type { Database, Transaction } from "../db/database.js";
import { insertWithId } from "../db/insert-with-id.js";
import { Conflict, InvalidInput, NotFound } from "../errors.js";
import { deleteShelves, makeRoom, placeColumns } from "./room.store.js";
import type { Place } from "./rack-space.js";
import { amount, colorOf, line } from "./rack-values.js";
import { Shelf } from "./shelf.entity.js";
import { shelfKind } from "./shelf.kind.js";
import { EQUIPMENT_KINDS, type ShelfKind } from "./shelf-kind.js";
import { lockedRack, lockRacks } from "./taken-places.store.js";

/** What takes a place and is no machine. */
export interface ShelfValues {
  readonly kind: Exclude<ShelfKind, "MACHINE">;
  readonly name: string | null;
  readonly manufacturer: string | null;
  readonly product: string | null;
  readonly amperes: number | null;
  readonly watts: number | null;
  readonly kilograms: number | null;
  readonly color: string | null;
  /** Of a reservation. */
  readonly owner: string | null;
  readonly reason: string | null;
  /** RFC 3339. */
  readonly endsAt: Date | string | null;
}

/** What undefined leaves empty. */
export type NewShelf = Pick<ShelfValues, "kind"> & {
  readonly [name in keyof ShelfValues]?: ShelfValues[name] | undefined;
};

export interface RackPlace extends Place {
  readonly rack: string;
}

/**
 * Puts equipment, a reservation or a place that nobody may use into a rack. It waits for placements of machines into that
 * rack and they wait for it.
 *
 * @throws InvalidInput when it does not fit the rack, Conflict that names who is in the way
 */
export async function addShelf(
  database: Database,
  transaction: Transaction,
  { rack: name, ...place }: RackPlace,
  values: NewShelf,
  now: Date,
): Promise<Shelf> {
  const { manager, changes } = transaction;
  const locked = await lockedRack(manager, database, name);
  await makeRoom(transaction, locked, place, { kind: values.kind, isOwn: () => false }, now);
  const columns = { ...placeColumns(locked.rack, place), ...shelfColumns(values), machineId: null };
  const shelf = await manager.save(manager.create(Shelf, columns));
  changes.created(shelfKind, [shelf.id]);
  return Object.assign(shelf, { rack: locked.rack });
}

/** A deleted shelf as it was, under its old id. @throws as `addShelf` */
export async function recreateShelf(
  database: Database,
  transaction: Transaction,
  id: number,
  { rack: name, ...facts }: RackPlace & ShelfValues,
  now: Date,
): Promise<void> {
  const { manager, changes } = transaction;
  const locked = await lockedRack(manager, database, name);
  await makeRoom(transaction, locked, facts, { kind: facts.kind, isOwn: () => false }, now);
  await insertWithId(manager, Shelf, { id, ...placeColumns(locked.rack, facts), ...shelfColumns(facts) });
  changes.created(shelfKind, [id]);
}

/**
 * Changes what is given; another rack or unit moves it there.
 *
 * @param isFit throws when the shelf is of another kind than the caller means
 * @throws as `addShelf`
 */
export async function updateShelf(
  database: Database,
  transaction: Transaction,
  id: number,
  { rack: name, ...given }: Partial<RackPlace & ShelfValues>,
  isFit: (shelf: Shelf) => void,
  now: Date,
): Promise<Shelf> {
  const { manager, changes } = transaction;
  const shelf = await lockedShelf(manager, database, id, name);
  isFit(shelf);
  await changes.watch(shelfKind, [id]);
  const values = { ...shelf, ...placeOfShelf(shelf), ...given } as Place & ShelfValues;
  const locked = await lockedRack(manager, database, name ?? shelf.rack.name);
  await makeRoom(transaction, locked, values, { kind: values.kind, isOwn: (taken) => taken.id === id }, now);
  const columns = { ...placeColumns(locked.rack, values), ...shelfColumns(values) };
  await manager.update(Shelf, { id }, columns);
  return Object.assign(shelf, columns, { rack: locked.rack });
}

/** @throws NotFound, Conflict when a machine stands there */
export async function removeShelf(transaction: Transaction, id: number, isFit: (shelf: Shelf) => void): Promise<Shelf> {
  const shelf = await shelfWithoutMachine(transaction.manager, id);
  isFit(shelf);
  await deleteShelves(transaction, [id]);
  return shelf;
}

/** @throws NotFound, InvalidInput when a machine stands there */
export async function shelfWithoutMachine(manager: EntityManager, id: number): Promise<Shelf> {
  const shelf = await manager.findOne(Shelf, { where: { id }, relations: { rack: true } });
  if (shelf === null) throw new NotFound(`no shelf Shelf:${id}`, ["shelf"]);
  if (shelf.kind !== "MACHINE") return shelf;
  const what = `Machine:${shelf.machineId} stands on Shelf:${id}`;
  throw new InvalidInput(`${what}; machines are moved by placeMachine and taken out by unplaceMachine`, ["shelf"]);
}

/** @throws InvalidInput that says what it is instead */
export function checkEquipment({ id, kind }: Shelf): void {
  if (EQUIPMENT_KINDS.some((each) => each === kind)) return;
  throw new InvalidInput(`Shelf:${id} is ${kind} and no equipment; see updateReservation and releaseShelf`, ["shelf"]);
}

/** @throws InvalidInput that says what it is instead */
export function checkReservation({ id, kind }: Shelf): void {
  if (kind !== "RESERVED") throw new InvalidInput(`Shelf:${id} is ${kind} and no reservation`, ["shelf"]);
}

/** @throws InvalidInput that says what it is instead */
export function checkReleasable({ id, kind }: Shelf): void {
  if (kind === "RESERVED" || kind === "NOT_AVAILABLE") return;
  throw new InvalidInput(`Shelf:${id} is ${kind}, which is removed by removeEquipment`, ["shelf"]);
}

/** Keeps everybody else out of the shelf's rack and the one it shall go to; in one order, so that nobody waits for ever. */
async function lockedShelf(manager: EntityManager, database: Database, id: number, to?: string): Promise<Shelf> {
  const seen = await shelfWithoutMachine(manager, id);
  await lockRacks(manager, database, [{ rack: seen.rack.name }, { rack: to ?? seen.rack.name }]);
  const shelf = await shelfWithoutMachine(manager, id);
  if (shelf.rackId === seen.rackId) return shelf;
  throw new Conflict(`Shelf:${id} was moved to rack ${shelf.rack.name} at this moment; look again and repeat`, [
    "shelf",
  ]);
}

function placeOfShelf({ unit, heightU, face, column, columns, strip }: Shelf): Place {
  return { unit, heightU, face, column, columns, strip };
}

function shelfColumns(values: NewShelf) {
  const owner = line("owner", values.owner, 128);
  if (values.kind === "RESERVED" && owner === null) {
    throw new InvalidInput("say whom the place is kept for", ["owner"]);
  }
  return {
    kind: values.kind,
    name: line("name", values.name, 128),
    manufacturer: line("manufacturer", values.manufacturer, 256),
    product: line("product", values.product, 256),
    amperes: amount("amperes", values.amperes),
    watts: amount("watts", values.watts),
    kilograms: amount("kilograms", values.kilograms),
    color: colorOf(values.color),
    owner,
    reason: line("reason", values.reason, 256),
    endsAt: values.endsAt == null ? null : new Date(values.endsAt),
  };
}
