import type { Transaction } from "../db/database.js";
import { dialectOf } from "../db/dialect.js";
import { heardPorts, nearestEntries, type HeardPort } from "./forwarding.js";
import type { ForwardingEntry } from "./mac-table/read-table.js";
import { portKey } from "./switch/port-name.js";
import { SwitchPort } from "./switch/switch.entity.js";
import { isUplink } from "./switch/uplink.js";

export interface RecordedTable {
  /** Addresses of which it is kept where they were seen. */
  readonly recorded: number;
  /** Ports behind which another switch is: what is heard there is not kept. */
  readonly uplinks: readonly string[];
  /** Machines that were seen. */
  readonly machineIds: readonly number[];
}

interface HeardTable {
  readonly switchId: number;
  readonly source: "snmp" | "text";
  readonly entries: readonly ForwardingEntry[];
  /** What the switch says of its ports besides; nothing in a text. */
  readonly ports?: ReadonlyArray<Pick<HeardPort, "name" | "alias" | "aggregate" | "neighbour">>;
}

/** Keeps what a switch says, with a fixed number of statements. An observation, and so nothing for the history. */
export async function recordForwarding(
  { manager }: Transaction,
  { switchId, source, entries, ports: facts }: HeardTable,
  now: Date,
): Promise<RecordedTable> {
  const ports = heardPorts(entries, facts);
  await keepPorts(manager, switchId, [...ports.values()], facts !== undefined);
  const known = await manager.findBy(SwitchPort, { switchId });
  const uplinks = new Map(known.filter(isUplink).map(({ portKey, name }) => [portKey, name]));
  const nearest = nearestEntries(entries, ports).filter(({ port }) => !uplinks.has(portKey(port)));
  const machineIds = await keepSightings(manager, { switchId, source, entries: nearest, now: now.toISOString() });
  return { recorded: nearest.length, uplinks: [...uplinks.values()], machineIds };
}

type Manager = Transaction["manager"];

async function keepPorts(
  manager: Manager,
  switchId: number,
  ports: readonly HeardPort[],
  withFacts: boolean,
): Promise<void> {
  const columns = { name: "text", port_key: "text", mac_count: "integer", alias: "text" } as const;
  const rows = ports.map(({ name, portKey, macCount, alias, aggregate, neighbour }) => {
    return { name, port_key: portKey, mac_count: macCount, alias, aggregate, neighbour };
  });
  // A text says nothing of what SNMP has told before.
  const learned = withFacts ? ["alias", "aggregate", "neighbour"].map((each) => `${each} = excluded.${each}`) : [];
  await manager.query(
    `INSERT INTO switch_port (switch_id, name, port_key, alias, role, aggregate, mac_count, neighbour)
     SELECT $2, name, port_key, alias, 'AUTO', aggregate, mac_count, neighbour
     FROM ${dialectOf(manager).rowsOf("$1", { ...columns, aggregate: "text", neighbour: "text" })} AS r WHERE true
     ON CONFLICT (switch_id, port_key) DO UPDATE SET ${["mac_count = excluded.mac_count", ...learned].join(", ")}`,
    [JSON.stringify(rows), switchId],
  );
}

interface Seen {
  readonly switchId: number;
  readonly source: string;
  readonly entries: readonly ForwardingEntry[];
  readonly now: string;
}

async function keepSightings(manager: Manager, { switchId, source, entries, now }: Seen): Promise<number[]> {
  const dialect = dialectOf(manager);
  const columns = { mac_address: "text", port_name: "text", port_key: "text", vlan: "integer" } as const;
  const rows = entries.map(({ macAddress, port, vlan }) => {
    return { mac_address: macAddress, port_name: port, port_key: portKey(port), vlan };
  });
  await manager.query(
    `INSERT INTO sighting (machine_id, source, mac_address, switch_id, port_name, port_key, vlan, seen_at)
     SELECT e.machine_id, $2, r.mac_address, $3, r.port_name, r.port_key, r.vlan, $4
     FROM ${dialect.rowsOf("$1", columns)} AS r LEFT JOIN ethernet_interface e ON e.mac_address = r.mac_address WHERE true
     ON CONFLICT (mac_address, source, switch_id) DO UPDATE SET machine_id = excluded.machine_id,
       port_name = excluded.port_name, port_key = excluded.port_key, vlan = excluded.vlan, seen_at = excluded.seen_at`,
    [JSON.stringify(rows), source, switchId, now],
  );
  const seen: Array<{ machine_id: number }> = await manager.query(
    `SELECT DISTINCT machine_id FROM sighting
     WHERE switch_id = $1 AND source = $2 AND seen_at = $3 AND machine_id IS NOT NULL`,
    [switchId, source, now],
  );
  return seen.map(({ machine_id }) => machine_id);
}
