import type { Database, Transaction } from "../../db/database.js";
import { DHCP_OPTION82 } from "../../machine/sighting.entity.js";
import { REGISTRATION_LOCK } from "../../machine/registration.store.js";
import type { DhcpEvent } from "./dhcp-event.js";

export interface SeenEvent extends DhcpEvent {
  readonly seenAt: Date;
}

const COLUMNS = {
  mac_address: "text",
  system_name: "text",
  chassis_id: "text",
  port_id: "text",
  port_description: "text",
  port_name: "text",
  seen_at: "text",
} as const;

/**
 * Keeps what relays said, of each address the last, with a fixed number of statements. In their words: which switch and which
 * port is meant, port-of-option82.ts tells when it is asked. @returns the machines that were seen
 */
export async function recordOption82(
  { manager }: Transaction,
  { dialect }: Database,
  events: readonly SeenEvent[],
): Promise<number[]> {
  // A second Kickrack on one PostgreSQL would add a second row, and a registration not find the first.
  await dialect.lockForTransaction(manager, REGISTRATION_LOCK);
  const ofEach = new Map([...events].sort((a, b) => +a.seenAt - +b.seenAt).map((event) => [event.macAddress, event]));
  const rows = [...ofEach.values()].map((event) => ({
    mac_address: event.macAddress,
    system_name: event.relayAddress,
    chassis_id: event.switch ?? event.remoteId,
    port_id: event.circuitId,
    port_description: event.subscriberId,
    port_name: event.port,
    seen_at: event.seenAt.toISOString(),
  }));
  const given = [JSON.stringify(rows)];
  const told = dialect.rowsOf("$1", COLUMNS);
  const words = Object.keys(COLUMNS).filter((name) => name !== "seen_at" && name !== "mac_address");
  await manager.query(
    `UPDATE sighting SET ${words.map((name) => `${name} = r.${name}`).join(", ")}, seen_at = r.seen_at
     FROM ${told} AS r WHERE sighting.mac_address = r.mac_address AND source = '${DHCP_OPTION82}' AND sighting.seen_at <= r.seen_at`,
    given,
  );
  await manager.query(
    `INSERT INTO sighting (machine_id, source, mac_address, ${words.join(", ")}, seen_at)
     SELECT e.machine_id, '${DHCP_OPTION82}', r.mac_address, ${words.map((name) => `r.${name}`).join(", ")}, r.seen_at
     FROM ${told} AS r LEFT JOIN ethernet_interface e ON e.mac_address = r.mac_address
     WHERE NOT EXISTS (SELECT 1 FROM sighting WHERE sighting.mac_address = r.mac_address AND source = '${DHCP_OPTION82}')`,
    given,
  );
  const seen: Array<{ machine_id: number }> = await manager.query(
    `SELECT DISTINCT machine_id FROM sighting JOIN ${told} AS r ON r.mac_address = sighting.mac_address
     WHERE source = '${DHCP_OPTION82}' AND machine_id IS NOT NULL`,
    given,
  );
  return seen.map(({ machine_id }) => machine_id);
}
