import type { EntityManager } from "typeorm";

/** Switches that can be asked and have a rule for a place where no machine stands; those that answered the last time first. */
export async function switchesWithRoom(manager: EntityManager): Promise<number[]> {
  const rows: Array<{ id: number }> = await manager.query(
    `SELECT id FROM switch WHERE management_address IS NOT NULL AND credentials IS NOT NULL AND EXISTS
       (SELECT 1 FROM port_place place WHERE place.switch_id = switch.id AND NOT EXISTS
         (SELECT 1 FROM shelf WHERE shelf.rack_id = place.rack_id AND shelf.machine_id IS NOT NULL
            AND shelf.unit_half_u <= place.unit_half_u
            AND shelf.unit_half_u + shelf.height_half_u > place.unit_half_u))
     ORDER BY CASE WHEN scan_error IS NULL THEN 0 ELSE 1 END, id`,
  );
  return rows.map(({ id }) => id);
}
