import { In, IsNull, Not, type EntityManager } from "typeorm";
import { dialectOf } from "../db/dialect.js";
import { Sighting } from "../machine/sighting.entity.js";
import type { Face } from "../rack/rack-space.js";
import { groupBy } from "../graphql/batched.js";
import { portKey } from "./port-name.js";

/** A machine was heard at this port. */
export interface PortOfMachine {
  readonly machineId: number;
  readonly switchId: number;
  readonly port: string;
}

/** The place that a rule gives a machine which stands nowhere. */
export interface SpotOfMachine {
  readonly machineId: number;
  readonly switch: string;
  readonly port: string;
  readonly rack: string;
  readonly rackId: number;
  readonly unit: number;
  readonly column: number;
  readonly columns: number;
  readonly face: Face | null;
}

const HEARD = { machine_id: "integer", switch_id: "integer", port_key: "text" } as const;

/** For machines that may be placed by evidence: not for who was heard at two places, nor for two at one port. */
export async function placesOfPorts(manager: EntityManager, heard: readonly PortOfMachine[]): Promise<SpotOfMachine[]> {
  if (heard.length === 0) return [];
  const rows = heard.map(({ machineId, switchId, port }) => {
    return { machine_id: machineId, switch_id: switchId, port_key: portKey(port) };
  });
  const found: SpotRow[] = await manager.query(
    `SELECT DISTINCT heard.machine_id, switch.name AS switch_name, place.port, rack.name AS rack_name, place.rack_id,
       place.unit_half_u, place.column_number, place.column_count, place.face
     FROM ${dialectOf(manager).rowsOf("$1", HEARD)} AS heard
     JOIN port_place place ON place.switch_id = heard.switch_id AND place.port_key = heard.port_key
     JOIN switch ON switch.id = place.switch_id
     JOIN rack ON rack.id = place.rack_id
     JOIN machine ON machine.id = heard.machine_id
     WHERE NOT machine.locked AND machine.state NOT IN ('INSTALLING', 'INSTALLED', 'RETIRED')
       AND NOT EXISTS (SELECT 1 FROM shelf WHERE shelf.machine_id = machine.id)
       AND NOT EXISTS (SELECT 1 FROM ethernet_interface port WHERE port.machine_id = machine.id AND port.disputed)
     ORDER BY heard.machine_id, place.port`,
    [JSON.stringify(rows)],
  );
  const roomOf = (row: SpotRow) => [row.rack_id, row.unit_half_u, row.column_number, row.column_count].join();
  const alone = new Set<SpotRow>();
  for (const [, own] of groupBy(found, ({ machine_id }) => machine_id)) {
    const [first] = own;
    if (first !== undefined && new Set(own.map(roomOf)).size === 1) alone.add(first);
  }
  const crowded = groupBy(found, roomOf);
  const isShared = (row: SpotRow) => new Set(crowded.get(roomOf(row))?.map(({ machine_id }) => machine_id)).size > 1;
  return [...alone].filter((row) => !isShared(row)).map(spotOf);
}

// A port that was heard that much before another one is where the machine has been.
const AT_ONCE_MS = 60 * 60_000;

/** Where switches say that these machines are, by what they have said last. */
export async function portsOfSightings(
  manager: EntityManager,
  machineIds: readonly number[],
): Promise<PortOfMachine[]> {
  const where = { machineId: In([...machineIds]), switchId: Not(IsNull()), portName: Not(IsNull()) };
  const sightings = await manager.find(Sighting, { where, order: { seenAt: "DESC" } });
  const newest = new Map<number | null, number>();
  return sightings.flatMap(({ machineId, switchId, portName, seenAt }) => {
    const last = newest.get(machineId) ?? seenAt.getTime();
    newest.set(machineId, last);
    if (machineId === null || switchId === null || portName === null) return [];
    return last - seenAt.getTime() > AT_ONCE_MS ? [] : [{ machineId, switchId, port: portName }];
  });
}

interface SpotRow {
  readonly machine_id: number;
  readonly switch_name: string;
  readonly port: string;
  readonly rack_name: string;
  readonly rack_id: number;
  readonly unit_half_u: number;
  readonly column_number: number;
  readonly column_count: number;
  readonly face: Face | null;
}

function spotOf(row: SpotRow): SpotOfMachine {
  return {
    machineId: row.machine_id,
    switch: row.switch_name,
    port: row.port,
    rack: row.rack_name,
    rackId: row.rack_id,
    unit: row.unit_half_u / 2,
    column: row.column_number,
    columns: row.column_count,
    face: row.face,
  };
}
