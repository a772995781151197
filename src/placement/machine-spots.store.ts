import { In, type EntityManager } from "typeorm";
import { dialectOf } from "../db/dialect.js";
import { Statement } from "../db/statement.js";
import { groupBy } from "../graphql/batched.js";
import { Rack } from "../rack/rack.entity.js";
import { observedPlaces } from "./floor/floor.store.js";
import { spotKey, type Spot } from "./spot.js";
import type { Observed } from "./floor/weigh-sightings.js";

/** The place that a rule gives a machine which stands nowhere. */
export interface SpotOfMachine extends Spot {
  readonly machineId: number;
  readonly rackId: number;
  readonly switch: string;
  readonly port: string;
}

/** Of these machines those that may be placed by evidence, as far as anything was seen of them and any port has a rule. */
export async function placeable(manager: EntityManager, machineIds: readonly number[]): Promise<number[]> {
  if (machineIds.length === 0) return [];
  const statement = new Statement(dialectOf(manager));
  const rows = await statement.rows(
    manager,
    `SELECT machine.id FROM machine WHERE ${statement.isAmong("machine.id", machineIds)}
       AND NOT machine.locked AND machine.state NOT IN ('INSTALLING', 'INSTALLED', 'RETIRED')
       AND NOT EXISTS (SELECT 1 FROM shelf WHERE shelf.machine_id = machine.id)
       AND NOT EXISTS (SELECT 1 FROM ethernet_interface port WHERE port.machine_id = machine.id AND port.disputed)
       AND EXISTS (SELECT 1 FROM sighting WHERE sighting.machine_id = machine.id)
       AND EXISTS (SELECT 1 FROM port_place)
     ORDER BY machine.id`,
  );
  return rows.map(({ id }) => id as number);
}

/** Where these machines are to be placed: not who is seen at two places or was seen before, nor two that share one. */
export async function spotsOfMachines(
  manager: EntityManager,
  machineIds: readonly number[],
  now: Date,
): Promise<SpotOfMachine[]> {
  const ids = await placeable(manager, machineIds);
  if (ids.length === 0) return [];
  const seen = [...(await observedPlaces(manager, ids, now))].flatMap(([machineId, observed]) => {
    return observed.kind === "OBSERVED" && stands(observed) ? [{ machineId, observed }] : [];
  });
  const shared = groupBy(seen, ({ observed }) => spotKey(observed.spot));
  const names = [...new Set(seen.map(({ observed }) => observed.spot.rack))];
  const racks = await manager.find(Rack, { where: { name: In(names) }, select: { id: true, name: true } });
  const rackIds = new Map(racks.map(({ id, name }) => [name, id]));
  return seen.flatMap(({ machineId, observed: { spot, evidence } }) => {
    const [rackId, newest] = [rackIds.get(spot.rack), evidence[0]];
    if (rackId === undefined || newest === undefined || shared.get(spotKey(spot))?.length !== 1) return [];
    return [{ ...spot, machineId, rackId, switch: newest.switchName, port: newest.port }];
  });
}

function stands({ stale, evidence }: Observed): boolean {
  return !stale && evidence.some(({ gone }) => !gone);
}
