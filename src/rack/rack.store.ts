import { In, type EntityManager } from "typeorm";
import type { Database, Transaction } from "../db/database.js";
import { EntityTable } from "../db/entity-table.js";
import { Statement } from "../db/statement.js";
import { Conflict, inField, InvalidInput, NotFound } from "../errors.js";
import { machineName } from "../machine/machine-name.js";
import { Machine } from "../machine/machine.entity.js";
import { machineKind } from "../machine/machine.kind.js";
import { parseName } from "../name.js";
import type { RackElevation, ShelfView } from "./drawing/elevation.js";
import type { Numbering } from "./rack-plan.js";
import { Rack, Shelf } from "./rack.entity.js";
import { rackKind } from "./rack.kind.js";
import {
  checkPlace,
  checkRackHeight,
  halfUnits,
  highestFreeStart,
  placesInTheWay,
  type Face,
  type Place,
} from "./rack-space.js";
import { serverModelFor } from "./model/server-model.store.js";

export interface RackValues {
  readonly name: string;
  readonly heightU: number;
  readonly numbering: Numbering;
  readonly site: string | null;
  readonly room: string | null;
  readonly row: string | null;
  readonly description: string | null;
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
  if (await manager.existsBy(Rack, { name })) throw new Conflict(`there is a rack ${name} already`, ["change"]);
  const { heightHalfU, numbering, site, room, row, description } = rackColumns(values);
  // TypeORM gives a generated id of its own, whatever it is told.
  await manager.query(
    `INSERT INTO rack (id, name, height_half_u, numbering, site, room, "row", description)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, name, heightHalfU, numbering, site, room, row, description],
  );
  changes.created(rackKind, [id]);
}

/** @throws Conflict when something would stand above the new top */
export async function updateRack(
  database: Database,
  { manager, changes }: Transaction,
  name: string,
  given: Partial<RackValues>,
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
  const highest = taken.toSorted((a, b) => top(b) - top(a))[0];
  if (highest !== undefined && top(highest) > values.heightU) {
    const stands = `${machineName(highest.machine)} stands at U${highest.unit} and needs ${highest.heightU}U`;
    throw new Conflict(`${stands}; move it first, or leave the rack ${top(highest)}U`, ["heightU"]);
  }
  return manager.save(Object.assign(rack, rackColumns(values), { name: newName }));
}

/** @throws Conflict while something stands in it */
export async function deleteRack(database: Database, { manager, changes }: Transaction, name: string): Promise<Rack> {
  const { rack, taken } = await lockedRack(manager, database, name);
  await changes.watch(rackKind, [rack.id]);
  if (taken.length > 0) {
    const names = taken.slice(0, 5).map(({ machine }) => machineName(machine));
    const more = taken.length > names.length ? " and others" : "";
    throw new Conflict(`${names.join(", ")}${more} stand in rack ${name}; unplace them first`, ["rack"]);
  }
  await manager.delete(Rack, { id: rack.id });
  return rack;
}

function rackColumns({ heightU, numbering, site, room, row, description }: Omit<RackValues, "name">) {
  const line = (what: string, text: string | null, length: number) => {
    const trimmed = text?.trim() ?? "";
    if (trimmed.length > length || /[\x00-\x1f\x7f]/.test(trimmed)) {
      throw new InvalidInput(`${what} is one line of at most ${length} characters`, [what]);
    }
    return trimmed === "" ? null : trimmed;
  };
  return {
    heightHalfU: halfUnits(heightU, "the rack's height"),
    numbering,
    site: line("site", site, 63),
    room: line("room", room, 63),
    row: line("row", row, 63),
    description: line("description", description, 256),
  };
}

export interface Placement {
  readonly rack: string;
  readonly unit: number;
  /** The model's when undefined, 1 for a model nobody knows. */
  readonly heightU?: number | undefined;
  readonly face?: Face | undefined;
  readonly column: number;
  readonly columns: number;
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
  const { rack, taken } = await lockedRack(manager, database, wanted.rack);
  await database.dialect.lockMachines(manager, [machine.id]); // it may be on its way into another rack
  await changes.watch(machineKind, [machine.id]);
  const model = await serverModelFor(manager, machine);
  const place: Place = {
    unit: wanted.unit,
    heightU: wanted.heightU ?? model?.heightU ?? 1,
    face: wanted.face ?? (model?.fullDepth === false ? "FRONT" : "FULL"),
    column: wanted.column,
    columns: wanted.columns,
  };
  const others = taken.filter((each) => each.machine.id !== machine.id);
  checkPlace(rack, place, { rackName: rack.name, others });
  const inTheWay = placesInTheWay(place, others);
  if (inTheWay.length > 0) {
    const names = inTheWay.map((shelf) => `${machineName(shelf.machine)} (U${shelf.unit}, ${shelf.heightU}U)`);
    const free = highestFreeStart(rack, place, others);
    const advice = free === undefined ? "nothing of that height is free" : `the highest free start is U${free}`;
    throw new Conflict(`${names.join(" and ")} stands there in rack ${rack.name}; ${advice}`, ["unit"]);
  }
  const columns = {
    rackId: rack.id,
    unitHalfU: halfUnits(place.unit, "the unit"),
    heightHalfU: halfUnits(place.heightU, "the height"),
    face: place.face,
    column: place.column,
    columns: place.columns,
  };
  touch([machine.id]);
  const [row] = await manager.query<Array<{ id: number }>>(PUT_SHELF, [...Object.values(columns), machine.id]);
  return manager.create(Shelf, { ...columns, id: (row as { id: number }).id, rack, machineId: machine.id });
}

// Of a machine that moves, the shelf keeps its id.
const PUT_SHELF = `INSERT INTO shelf (rack_id, unit_half_u, height_half_u, face, column_number, column_count, machine_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (machine_id) DO UPDATE SET rack_id = excluded.rack_id, unit_half_u = excluded.unit_half_u,
    height_half_u = excluded.height_half_u, face = excluded.face, column_number = excluded.column_number,
    column_count = excluded.column_count
  RETURNING id`;

/** @returns whether it stood anywhere */
export async function unplaceMachine({ manager, changes, touch }: Transaction, machine: Machine): Promise<boolean> {
  await changes.watch(machineKind, [machine.id]);
  touch([machine.id]);
  return (await manager.delete(Shelf, { machineId: machine.id })).affected !== 0;
}

/** @throws NotFound */
export async function rackNamed(manager: EntityManager, name: string): Promise<Rack> {
  const rack = await manager.findOneBy(Rack, { name });
  if (rack === null) throw noRack(name);
  return rack;
}

function noRack(name: string): NotFound {
  return new NotFound(`no rack ${JSON.stringify(name)}`, ["rack"]);
}

/** The rack and what stands in it, from the floor up. */
async function lockedRack(
  manager: EntityManager,
  database: Database,
  name: string,
): Promise<{ rack: Rack; taken: readonly TakenPlace[] }> {
  await database.dialect.lockForTransaction(manager, `rack ${name}`);
  const table = EntityTable.of(Rack);
  const statement = new Statement(database.dialect);
  // Every placement reads the whole rack, so without TypeORM's hydration of 40 shelves and machines.
  const text = `SELECT ${table.selection("rack")}, shelf.unit_half_u, shelf.height_half_u AS taken_half_u, shelf.face,
      shelf.column_number, shelf.column_count, machine.id AS machine_id, machine.hostname, machine.serial_number
    FROM rack LEFT JOIN shelf ON shelf.rack_id = rack.id LEFT JOIN machine ON machine.id = shelf.machine_id
    WHERE rack.name = ${statement.bind(name)} ORDER BY shelf.unit_half_u, shelf.column_number`;
  const rows = await table.select(manager, statement, text, TAKEN);
  const [first] = rows;
  if (first === undefined) throw noRack(name);
  const taken = rows.map(({ rest }) => rest).filter(([unit]) => unit !== null) as unknown as TakenRow[];
  return { rack: first.entity, taken: taken.map(takenPlace) };
}

interface TakenPlace extends Place {
  readonly machine: { readonly id: number; readonly hostname: string | null; readonly serialNumber: string | null };
}

const TAKEN = [
  ...["unit_half_u", "taken_half_u", "face", "column_number", "column_count"],
  ...["machine_id", "hostname", "serial_number"],
];
type TakenRow = readonly [number, number, Face, number, number, number, string | null, string | null];

function takenPlace([unit, height, face, column, columns, id, hostname, serialNumber]: TakenRow): TakenPlace {
  return { unit: unit / 2, heightU: height / 2, face, column, columns, machine: { id, hostname, serialNumber } };
}

/** What a drawing needs to know of these racks, in two statements however many they are. */
export async function elevationsOf(manager: EntityManager, racks: readonly Rack[]): Promise<RackElevation[]> {
  const shelves = await manager.find(Shelf, {
    where: { rackId: In(racks.map(({ id }) => id)) },
    relations: { machine: true },
  });
  return racks.map((rack) => ({
    name: rack.name,
    heightU: rack.heightU,
    numbering: rack.numbering,
    firstUnit: 1,
    location: { site: rack.site, room: rack.room, row: rack.row, position: null },
    capacity: { watts: null, kilograms: null },
    description: rack.description,
    shelves: shelves.filter(({ rackId }) => rackId === rack.id).map(shelfView),
  }));
}

function shelfView({ machine, unit, heightU, face, column, columns }: Shelf): ShelfView {
  const { manufacturer, product, serialNumber } = machine;
  const tooltip = [
    ...(product === null || manufacturer === null ? [] : [manufacturer]),
    ...(serialNumber === null ? [] : [`Serial number ${serialNumber}`]),
  ];
  return {
    place: { unit, heightU, face, column, columns },
    title: machineName(machine),
    // The maker's name as well would leave too little of the model's in one unit.
    subtitle: product ?? manufacturer ?? "",
    serialNumber,
    tooltip,
    kind: "MACHINE",
    status: machine.locked ? "LOCKED" : machine.state,
    href: null,
    profile: null,
    labels: {},
    reservation: null,
    amperes: null,
    watts: null,
    kilograms: null,
    paint: null,
    dimmed: false,
  };
}
