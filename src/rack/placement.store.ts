import type { EntityManager } from "typeorm";
import type { Database, Transaction } from "../db/database.js";
import { EntityTable } from "../db/entity-table.js";
import { Statement } from "../db/statement.js";
import { InvalidInput, NotFound } from "../errors.js";
import type { Machine } from "../machine/machine.entity.js";
import { machineKind, PLACE_COLUMNS, placeFacts, type PlaceRow } from "../machine/machine.kind.js";
import { isNamed, machineAmong, machinesReading } from "../machine/machine.store.js";
import { serverModels } from "./model/server-model.store.js";
import { overlaps, unitsBesides, type Face, type Place, type Strip } from "./rack-space.js";
import { amount, colorOf } from "./rack-values.js";
import { deleteShelves, makeRoom, placeColumns } from "./room.store.js";
import { Shelf } from "./shelf.entity.js";
import { shelfKind } from "./shelf.kind.js";
import { rackAmong, rackReading, type LockedRack, type TakenPlace } from "./taken-places.store.js";

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
 * @param key an id, a MAC address, a host name or a serial number
 * @throws NotFound, InvalidInput when it does not fit the rack, Conflict that names who is in the way
 */
export async function placeMachine(
  database: Database,
  transaction: Transaction,
  key: string,
  wanted: Placement,
  now: Date,
): Promise<Shelf> {
  const { manager, changes, touch } = transaction;
  const { machine, stood, locked } = await lockedMachineAndRack(manager, database, key, wanted.rack);
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
  const shelf = await putShelf(
    manager,
    locked,
    { ...placeColumns(locked.rack, place), ...loadColumns(wanted) },
    machine,
  );
  changes.changed(machineKind, machine.id, "shelf", placeFacts(stood), placeFacts(placeRow(shelf)));
  return shelf;
}

const PLACE_NAMES = Object.keys(PLACE_COLUMNS);

/** With one way to the database and back. The machine is locked too: it may be on its way into another rack. */
async function lockedMachineAndRack(
  manager: EntityManager,
  database: Database,
  key: string,
  rack: string,
): Promise<{ machine: Machine; stood: PlaceRow; locked: LockedRack }> {
  const { dialect } = database;
  const lock = new Statement(dialect);
  const rows = `SELECT wanted.id FROM machine wanted WHERE ${isNamed(lock, [key])} ORDER BY wanted.id`;
  const statement = new Statement(dialect);
  const stand = `SELECT wanted.id, ${PLACE_NAMES.map((name) => (name === "rack" ? "rack.name AS rack" : `shelf.${name}`)).join(", ")}
    FROM machine wanted JOIN shelf ON shelf.machine_id = wanted.id JOIN rack ON rack.id = shelf.rack_id
    WHERE ${isNamed(statement, [key])}`;
  const readings = [
    machinesReading(statement, [key]),
    { text: stand, columns: { id: "integer", ...PLACE_COLUMNS } } as const,
    rackReading(statement, rack),
  ];
  const [, , [named = [], places = [], racks = []]] = await Promise.all([
    dialect.lockForTransaction(manager, `rack ${rack}`),
    dialect.lockRows(manager, rows, lock.parameters),
    statement.together(manager, ...readings),
  ]);
  const machine = machineAmong(key, named);
  const [, ...place] = places.find(([id]) => id === machine.id) ?? [];
  const stood = Object.fromEntries(PLACE_NAMES.map((name, i) => [name, place[i] ?? null])) as unknown as PlaceRow;
  return { machine, stood, locked: rackAmong(rack, racks) };
}

function placeRow({ rack, unitHalfU, heightHalfU, column, columns, ...same }: Shelf): PlaceRow {
  return {
    ...same,
    rack: rack.name,
    unit_half_u: unitHalfU,
    height_half_u: heightHalfU,
    column_number: column,
    column_count: columns,
  };
}

type MachineShelf = Pick<Shelf, "rackId" | "unitHalfU" | "heightHalfU" | "face" | "column" | "columns" | "strip"> &
  Partial<Pick<Shelf, "amperes" | "watts" | "kilograms" | "color">>;

/** Of a machine that moves, the shelf keeps its id. */
async function putShelf(
  manager: EntityManager,
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
  const own = { kind: "MACHINE", rack, machineId: machine.id } as const;
  return Object.assign(new Shelf(), { ...values, ...row, ...others, ...own });
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
