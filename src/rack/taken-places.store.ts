import type { EntityManager } from "typeorm";
import type { Database } from "../db/database.js";
import type { Columns } from "../db/dialect.js";
import { EntityTable } from "../db/entity-table.js";
import { Statement, type Reading } from "../db/statement.js";
import { NotFound } from "../errors.js";
import { MODELS_VERSION } from "./model/server-model.store.js";
import { Rack } from "./rack.entity.js";
import type { Face, Place, Strip } from "./rack-space.js";
import { kindWord, type ShelfKind } from "./shelf-kind.js";

/** A place that is taken, by what and under which name. */
export interface TakenPlace extends Place {
  readonly id: number;
  readonly kind: ShelfKind;
  readonly machineId: number | null;
  /** Of a machine its host name or serial number, of equipment what is written on it, of a reservation its owner. */
  readonly name: string | null;
  /** Of a reservation, RFC 3339 in UTC. */
  readonly endsAt: string | null;
}

export interface LockedRack {
  readonly rack: Rack;
  /** From the floor up. */
  readonly taken: readonly TakenPlace[];
  /** See `serverModels`. */
  readonly modelsVersion: string | null;
}

/** For a transaction that will ask for several racks: in one order for everybody, so that no two wait for each other. */
export async function lockRacks(
  manager: EntityManager,
  database: Database,
  racks: ReadonlyArray<{ readonly rack: string }>,
): Promise<void> {
  const names = racks.map(({ rack }) => rack);
  for (const name of [...new Set(names)].sort()) await database.dialect.lockForTransaction(manager, `rack ${name}`);
}

/** The rack and what stands in it; two transactions that ask for one rack wait for each other. @throws NotFound */
export async function lockedRack(manager: EntityManager, database: Database, name: string): Promise<LockedRack> {
  const statement = new Statement(database.dialect);
  const reading = rackReading(statement, name);
  const locked = database.dialect.lockForTransaction(manager, `rack ${name}`);
  const [, [tuples = []]] = await Promise.all([locked, statement.together(manager, reading)]);
  return rackAmong(name, tuples);
}

/** For a statement that reads more than a rack, which its transaction has locked as `lockRacks` does. */
export function rackReading(statement: Statement, name: string): Reading {
  const table = EntityTable.of(Rack);
  // Every placement reads the whole rack, so without TypeORM's hydration of 40 shelves and machines.
  const text = `SELECT ${table.selection("rack")}, ${MODELS_VERSION} AS models_version, shelf.id AS shelf_id, shelf.kind,
      shelf.unit_half_u, shelf.height_half_u AS taken_half_u, shelf.face, shelf.column_number, shelf.column_count,
      shelf.strip, shelf.machine_id, shelf.ends_at,
      coalesce(machine.hostname, machine.serial_number, shelf.name, shelf.owner) AS taken_by
    FROM rack LEFT JOIN shelf ON shelf.rack_id = rack.id LEFT JOIN machine ON machine.id = shelf.machine_id
    WHERE rack.name = ${statement.bind(name)} ORDER BY shelf.unit_half_u, shelf.column_number, shelf.id`;
  return table.reading(text, { models_version: "text", ...TAKEN });
}

/** @throws NotFound */
export function rackAmong(name: string, tuples: readonly unknown[][]): LockedRack {
  const table = EntityTable.of(Rack);
  const [first] = tuples;
  if (first === undefined) throw noRack(name);
  const { entity: rack, rest } = table.read(first);
  const taken = tuples
    .map((values) => values.slice(table.columns.length + 1))
    .filter(([id]) => id !== null) as unknown as TakenRow[];
  return { rack, taken: taken.map(takenPlace), modelsVersion: rest[0] as string | null };
}

export function noRack(name: string): NotFound {
  return new NotFound(`no rack ${JSON.stringify(name)}`, ["rack"]);
}

const TAKEN: Columns = {
  ...{ shelf_id: "integer", kind: "text", unit_half_u: "integer", taken_half_u: "integer", face: "text" },
  ...{ column_number: "integer", column_count: "integer", strip: "text", machine_id: "integer" },
  ...{ ends_at: "text", taken_by: "text" },
};
type TakenRow = readonly [
  ...[id: number, kind: ShelfKind, unit: number, height: number, face: Face, column: number, columns: number],
  ...[strip: Strip | null, machineId: number | null, endsAt: string | null, name: string | null],
];

function takenPlace(row: TakenRow): TakenPlace {
  const [id, kind, unit, height, face, column, columns, strip, machineId, endsAt, name] = row;
  return { id, kind, unit: unit / 2, heightU: height / 2, face, column, columns, strip, machineId, endsAt, name };
}

/** Who stands there, for a refusal: "machine web-1 (U7, 1U)". */
export function takenLabel({ kind, name, machineId, unit, heightU, strip, endsAt }: TakenPlace): string {
  const called = name ?? (machineId === null ? undefined : `Machine:${machineId}`);
  const until = endsAt === null ? "" : `, until ${endsAt.slice(0, 16).replace("T", " ")} UTC`;
  const side = strip == null ? "" : `, ${strip.toLowerCase()} strip`;
  const where = `(U${unit}, ${heightU}U${side}${until})`;
  if (kind === "RESERVED") return `a reservation of ${called ?? "nobody"} ${where}`;
  return [kind === "NOT_AVAILABLE" ? "a place that is not available" : kindWord(kind), called, where]
    .filter((part) => part !== undefined)
    .join(" ");
}
