import type { EntityManager } from "typeorm";
import { dialectOf } from "../../db/dialect.js";
import { EntityTable } from "../../db/entity-table.js";
import { Statement } from "../../db/statement.js";
import type { MacAddress } from "../../machine/mac-address.js";
import { DHCP_OPTION82, Sighting } from "../../machine/sighting.entity.js";
import type { PortMap } from "./port-map.js";
import { portOfOption82 } from "../option82/port-of-option82.js";
import { portKey } from "../switch/port-name.js";
import type { Heard } from "./weigh-sightings.js";

export interface HeardMachine extends Heard {
  /** Null: nobody knows the MAC address. */
  readonly machineId: number | null;
  /** IEEE 802.1Q. */
  readonly vlan: number | null;
}

/** What is asked for; what is not given may be anything. */
interface Asked {
  readonly machineIds?: readonly number[];
  readonly macAddress?: MacAddress | null;
  /** Whose table it stands in. */
  readonly switchId?: number | null;
  /** Only what is no known machine's. */
  readonly unknown?: boolean;
}

/** What was seen, of all or of what is asked for, with what is known of the ports; in one statement. */
export async function heardMachines(
  manager: EntityManager,
  ports: PortMap,
  { machineIds, macAddress, switchId, unknown }: Asked = {},
): Promise<HeardMachine[]> {
  const table = EntityTable.of(Sighting);
  const statement = new Statement(dialectOf(manager));
  const wanted = [
    ...(machineIds === undefined ? [] : [statement.isAmong("seen.machine_id", machineIds)]),
    ...(switchId == null ? [] : [`seen.switch_id = ${statement.bind(switchId)}`]),
    ...(unknown ? ["seen.machine_id IS NULL"] : []),
    ...(macAddress == null ? [] : [isHeardAs(statement.bind(macAddress))]),
  ];
  const text = `SELECT ${table.selection("seen")},
      coalesce(seen.mac_address,
        (SELECT min(mac_address) FROM ethernet_interface WHERE machine_id = seen.machine_id)) AS heard_mac
    FROM sighting seen ${wanted.length === 0 ? "" : `WHERE ${wanted.join(" AND ")}`} ORDER BY seen.machine_id, seen.id`;
  const rows = await table.select(manager, statement, text, { heard_mac: "text" });
  return rows.map(({ entity, rest: [mac] }) => heardMachine(ports, entity, mac as MacAddress));
}

/** Also of the machine that spoke itself, and whose other card it is. */
function isHeardAs(macAddress: string): string {
  return `(seen.mac_address = ${macAddress} OR seen.mac_address IS NULL AND seen.machine_id =
    (SELECT machine_id FROM ethernet_interface WHERE mac_address = ${macAddress}))`;
}

function heardMachine(ports: PortMap, sighting: Sighting, macAddress: MacAddress): HeardMachine {
  const { id, machineId, source, systemName, chassisId, direct, vlan } = sighting;
  const seenAt = new Date(sighting.seenAt);
  const { known, names } =
    source === DHCP_OPTION82
      ? byOption82(ports, sighting)
      : { known: switchOf(ports, sighting), names: namesOf(sighting) };
  const keys = known === undefined ? [] : names.map(portKey);
  const spots = keys.flatMap((key) => (known && ports.spotOf(known.id, key)) ?? []);
  return {
    ...{ sightingId: id, machineId, macAddress, source, seenAt, direct, vlan },
    switchName: known?.name ?? systemName ?? chassisId ?? "",
    port: names[0] ?? "",
    uplink: known !== undefined && keys.some((key) => ports.isUplink(known.id, key)),
    gone: !direct && known?.readAt != null && seenAt < known.readAt,
    spot: spots[0] ?? null,
  };
}

function byOption82(ports: PortMap, sighting: Sighting) {
  const { known, port } = portOfOption82(ports, sighting);
  return { known, names: [port] };
}

function switchOf(ports: PortMap, { switchId, chassisId, systemName }: Sighting) {
  return switchId === null ? ports.switchCalled(chassisId, systemName) : ports.switchWithId(switchId);
}

/** A port's id may be its number or its MAC address, and its description then is its name; or the other way round. */
function namesOf({ portName, portId, portDescription }: Sighting): string[] {
  return [portName, portId, portDescription].filter((name) => name !== null);
}
