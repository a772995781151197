import type { Database, Transaction } from "../db/database.js";
import { EntityTable } from "../db/entity-table.js";
import { InvalidInput, NotFound } from "../errors.js";
import type { Machine } from "../machine/machine.entity.js";
import { machineKind } from "../machine/machine.kind.js";
import { serverModels } from "./model/server-model.store.js";
import { overlaps, unitsBesides, type Face, type Place, type Strip } from "./rack-space.js";
import { amount, colorOf } from "./rack-values.js";
import { deleteShelves, makeRoom, placeColumns } from "./room.store.js";
import { Shelf } from "./shelf.entity.js";
import { shelfKind } from "./shelf.kind.js";
import { lockedRack, type LockedRack, type TakenPlace } from "./taken-places.store.js";

export interface Placement {
  readonly rack: string;
  readonly unit: number;
  /** The model's when undefined, 1 for a model nobody knows. */
  readonly heightU?: number | undefined;
  readonly face?: Face | undefined;
  readonly column: number;
  readonly columns: number;
  readonly strip?: Strip | null | undefined;
  /** What undefined leaves as it was, and null takes away, so that the model's figures count. */
  readonly amperes?: number | null | undefined;
  readonly watts?: number | null | undefined;
  readonly kilograms?: number | null | undefined;
  readonly color?: string | null | undefined;
  /** The id of a reservation that the machine is to stand in. */
  readonly reservation?: number | undefined;
  /** Machines that leave their places in the same transaction: they are in nobody's way. */
  readonly leaving?: ReadonlySet<number> | undefined;
}

/**
 * Puts a machine into a rack, or moves it there. Two placements into one rack wait for each other, so of fifty that
 * want one unit exactly one gets it.
 *
 * @throws InvalidInput when it does not fit the rack, Conflict that names who is in the way
 */
export async function placeMachine(
  database: Database,
  transaction: Transaction,
  machine: Machine,
  wanted: Placement,
  now: Date,
): Promise<Shelf> {
  const { manager, changes, touch } = transaction;
  const locked = await lockedRack(manager, database, wanted.rack);
  await database.dialect.lockMachines(manager, [machine.id]); // it may be on its way into another rack
  await changes.watch(machineKind, [machine.id]);
  const models = await serverModels(manager, locked.modelsVersion);
  const model = models.find(machine.manufacturer, machine.product);
  const place: Place = {
    unit: wanted.unit,
    heightU: wanted.heightU ?? model?.heightU ?? 1,
    face: wanted.face ?? (model?.fullDepth === false ? "FRONT" : "FULL"),
    column: wanted.column,
    columns: wanted.columns,
    strip: wanted.strip ?? null,
  };
  const reserved = wanted.reservation === undefined ? undefined : reservedPlace(locked, wanted.reservation, place);
  const isLeaving = ({ machineId }: TakenPlace) => machineId !== null && wanted.leaving?.has(machineId) === true;
  const isOwn = (taken: TakenPlace) => taken.machineId === machine.id || taken === reserved || isLeaving(taken);
  await makeRoom(transaction, locked, place, { kind: "MACHINE", isOwn }, now);
  if (reserved !== undefined) await takeOfReservation(transaction, locked, reserved, place);
  touch([machine.id]);
  return putShelf(transaction, locked, { ...placeColumns(locked.rack, place), ...loadColumns(wanted) }, machine);
}

type MachineShelf = Pick<Shelf, "rackId" | "unitHalfU" | "heightHalfU" | "face" | "column" | "columns" | "strip"> &
  Partial<Pick<Shelf, "amperes" | "watts" | "kilograms" | "color">>;

/** Of a machine that moves, the shelf keeps its id. */
async function putShelf(
  { manager }: Transaction,
  { rack }: LockedRack,
  values: MachineShelf,
  machine: Machine,
): Promise<Shelf> {
  const table = EntityTable.of(Shelf);
  const names = Object.keys(values).map((property) => table.column(property).sql);
  const [row] = await manager.query<[Pick<Shelf, "id" | "amperes" | "watts" | "kilograms" | "color">]>(
    `INSERT INTO shelf (machine_id, ${names.join(", ")}) VALUES ($1, ${names.map((_, i) => `$${i + 2}`).join(", ")})
     ON CONFLICT (machine_id) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(", ")}
     RETURNING id, amperes, watts, kilograms, color`,
    [machine.id, ...Object.values(values)],
  );
  const others = { name: null, manufacturer: null, product: null, owner: null, reason: null, endsAt: null };
  return manager.create(Shelf, { ...values, ...row, ...others, kind: "MACHINE", rack, machineId: machine.id });
}

/** What the caller said of it, and nothing else. */
function loadColumns({ amperes, watts, kilograms, color }: Placement) {
  return {
    ...(amperes === undefined ? {} : { amperes: amount("amperes", amperes) }),
    ...(watts === undefined ? {} : { watts: amount("watts", watts) }),
    ...(kilograms === undefined ? {} : { kilograms: amount("kilograms", kilograms) }),
    ...(color === undefined ? {} : { color: colorOf(color) }),
  };
}

/** @throws NotFound when it is none, InvalidInput when the place is elsewhere */
function reservedPlace({ rack, taken }: LockedRack, id: number, place: Place): TakenPlace {
  const reserved = taken.find((each) => each.id === id && each.kind === "RESERVED");
  if (reserved === undefined) throw new NotFound(`Shelf:${id} is no reservation in rack ${rack.name}`, ["reservation"]);
  if (!overlaps(reserved, place)) {
    const where = `U${reserved.unit}, ${reserved.heightU}U`;
    throw new InvalidInput(`this place is outside reservation Shelf:${id} (${where}); leave that out`, ["reservation"]);
  }
  return reserved;
}

/** The units that a machine takes are no longer reserved; those below and above it are. */
async function takeOfReservation(
  transaction: Transaction,
  { rack }: LockedRack,
  reserved: TakenPlace,
  place: Place,
): Promise<void> {
  const { manager, changes } = transaction;
  const { id } = reserved;
  const [rest, ...more] = unitsBesides(reserved, place);
  if (rest === undefined) return deleteShelves(transaction, [id]);
  await changes.watch(shelfKind, [id]);
  const { owner, reason, endsAt } = await manager.findOneByOrFail(Shelf, { id });
  await manager.update(Shelf, { id }, placeColumns(rack, rest));
  for (const each of more) {
    const columns = placeColumns(rack, each);
    const shelf = await manager.save(manager.create(Shelf, { ...columns, kind: "RESERVED", owner, reason, endsAt }));
    changes.created(shelfKind, [shelf.id]);
  }
}

/** @returns whether it stood anywhere */
export async function unplaceMachine({ manager, changes, touch }: Transaction, machine: Machine): Promise<boolean> {
  await changes.watch(machineKind, [machine.id]);
  touch([machine.id]);
  return (await manager.delete(Shelf, { machineId: machine.id })).affected !== 0;
}
