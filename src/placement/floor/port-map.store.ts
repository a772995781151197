import type { EntityManager } from "typeorm";
import { dialectOf } from "../../db/dialect.js";
import { EntityTable } from "../../db/entity-table.js";
import { Statement } from "../../db/statement.js";
import { PortPlace } from "../rule/placement-rule.entity.js";
import { PortMap } from "./port-map.js";
import { Switch, SwitchPort } from "../switch/switch.entity.js";

/** In four statements. */
export async function portMap(manager: EntityManager): Promise<PortMap> {
  const all = async <T extends object>(table: EntityTable<T>) => {
    const text = `SELECT ${table.selection("listed")} FROM ${table.sql} listed`;
    return (await table.select(manager, new Statement(dialectOf(manager)), text)).map(({ entity }) => entity);
  };
  const switches = await all(EntityTable.of(Switch));
  const ports = await all(EntityTable.of(SwitchPort));
  const table = EntityTable.of(PortPlace);
  const text = `SELECT ${table.selection("place")}, rack.name AS rack_name
    FROM port_place place JOIN rack ON rack.id = place.rack_id ORDER BY place.id`;
  const readAt = await lastReadings(manager);
  const places = await table.select(manager, new Statement(dialectOf(manager)), text, { rack_name: "text" });
  return new PortMap(
    switches.map((each) => ({ ...each, readAt: readAt.get(each.id) ?? null })),
    ports,
    places.map(({ entity: { switchId, port, portKey, unit, column, columns, face }, rest: [rack] }) => {
      return { switchId, port, portKey, spot: { rack: rack as string, unit, column, columns, face } };
    }),
  );
}

async function lastReadings(manager: EntityManager): Promise<Map<number, Date>> {
  const rows: Array<{ switch_id: number; read_at: string | Date }> = await manager.query(
    `SELECT switch_id, max(seen_at) AS read_at FROM sighting
     WHERE switch_id IS NOT NULL AND source IN ('snmp', 'text') GROUP BY switch_id`,
  );
  return new Map(rows.map((row) => [row.switch_id, new Date(row.read_at)]));
}
