import type { EntityManager } from "typeorm";
import { dialectOf } from "../../db/dialect.js";
import { Statement } from "../../db/statement.js";
import { groupBy } from "../../graphql/batched.js";
import { machineName } from "../../machine/machine-name.js";
import { Rack } from "../../rack/rack.entity.js";
import type { Face, Strip } from "../../rack/rack-space.js";
import { compareFloor, type Difference, type Found, type Planned } from "./compare-floor.js";
import { heardMachines, type HeardMachine } from "./heard.store.js";
import type { PortMap } from "./port-map.js";
import { portMap } from "./port-map.store.js";
import type { NumberedRack, Room } from "../spot.js";
import { weighSightings, type Disagreement, type Observed } from "./weigh-sightings.js";

/** Where the evidence has these machines, in four statements; of whom there is none, nothing. */
export async function observedPlaces(
  manager: EntityManager,
  machineIds: readonly number[],
  now: Date,
): Promise<Map<number, Observed | Disagreement>> {
  const heard = await heardMachines(manager, await portMap(manager), { machineIds });
  return new Map(
    foundOf(heard, now).flatMap(({ machineId, weighed }) =>
      machineId === null ? [] : [[machineId, weighed] as const],
    ),
  );
}

/** All that is not where it was planned, on the whole floor. */
export async function floorDifferences(manager: EntityManager, now: Date): Promise<Difference[]> {
  return (await compared(manager, now, now)).differences;
}

/** The same in sentences that say no time: a drawing stays as it is while nothing moves. With the racks by name. */
export function lastingDifferences(manager: EntityManager, now: Date): Promise<ComparedFloor> {
  return compared(manager, now, null);
}

interface ComparedFloor {
  readonly racks: ReadonlyMap<string, NumberedRack>;
  readonly differences: readonly Difference[];
}

async function compared(manager: EntityManager, now: Date, told: Date | null) {
  const ports = await portMap(manager);
  const found = foundOf(await heardMachines(manager, ports), now);
  const racks = await numberedRacks(manager);
  const differences = compareFloor(await plannedMachines(manager, ports), found, { now: told, racks });
  return { racks, differences };
}

async function numberedRacks(manager: EntityManager): Promise<Map<string, NumberedRack>> {
  const select = { id: true, name: true, heightHalfU: true, numbering: true, firstUnit: true } as const;
  const racks = await manager.find(Rack, { select });
  return new Map(racks.map((rack) => [rack.name, rack]));
}

/** Each machine, and each MAC address that is no known machine's, where its sightings have it. */
function foundOf(heard: readonly HeardMachine[], now: Date): Found[] {
  const groups = groupBy(heard, ({ machineId, macAddress }) => machineId ?? macAddress);
  return [...groups.values()].flatMap((sightings) => {
    const weighed = weighSightings(sightings, now);
    const [first] = sightings;
    if (weighed === null || first === undefined) return [];
    return [{ machineId: first.machineId, macAddress: first.macAddress, weighed }];
  });
}

interface PlannedRow {
  readonly machine_id: number | null;
  readonly hostname: string | null;
  readonly serial_number: string | null;
  readonly rack: string | null;
  readonly unit_half_u: number;
  readonly height_half_u: number;
  readonly face: Face;
  readonly column_number: number;
  readonly column_count: number;
  readonly strip: Strip | null;
}

const PLACE = `rack.name AS rack, shelf.unit_half_u, shelf.height_half_u, shelf.face, shelf.column_number,
  shelf.column_count, shelf.strip`;

/** Who stands in a rack or was seen somewhere, and who is expected; those out of service are nobody's. */
async function plannedMachines(manager: EntityManager, ports: PortMap): Promise<Planned[]> {
  const rows = await new Statement(dialectOf(manager)).rows(
    manager,
    `SELECT machine.id AS machine_id, machine.hostname, machine.serial_number, ${PLACE} FROM machine
       LEFT JOIN shelf ON shelf.machine_id = machine.id LEFT JOIN rack ON rack.id = shelf.rack_id
       WHERE machine.state <> 'RETIRED'
         AND (shelf.id IS NOT NULL OR EXISTS (SELECT 1 FROM sighting WHERE sighting.machine_id = machine.id))
     UNION ALL
     SELECT NULL, expected.hostname, NULL, ${PLACE} FROM expected_machine expected
       JOIN shelf ON shelf.id = expected.shelf_id JOIN rack ON rack.id = shelf.rack_id
       WHERE expected.fulfilled_at IS NULL
     ORDER BY rack, unit_half_u DESC, machine_id`,
  );
  return (rows as unknown as PlannedRow[]).map((row) => {
    const room = roomOf(row);
    const { machine_id: id, hostname, serial_number: serialNumber } = row;
    const name = id === null ? (hostname ?? "") : machineName({ id, hostname, serialNumber });
    return { machineId: id, name, room, watchedBy: room === null ? [] : ports.watching(room) };
  });
}

function roomOf(row: PlannedRow): Room | null {
  if (row.rack === null) return null;
  return {
    rack: row.rack,
    unit: row.unit_half_u / 2,
    heightU: row.height_half_u / 2,
    face: row.face,
    column: row.column_number,
    columns: row.column_count,
    strip: row.strip,
  };
}
