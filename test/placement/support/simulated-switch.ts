import { OID } from "../../../src/placement/snmp/oids.js";
import { inOrder, type Recorded } from "./snmpsim.js";

interface SimulatedPort {
  readonly ifIndex: number;
  readonly name: string;
  readonly alias?: string;
  readonly macs?: readonly string[];
  /** The ifIndex of the link that it is a member of. */
  readonly aggregate?: number;
  /** Name and LLDP capability: 0x20 is a bridge, 0x01 a station. */
  readonly neighbour?: readonly [name: string, capability: number];
}

export interface SimulatedSwitch {
  readonly name: string;
  readonly ports: readonly SimulatedPort[];
  readonly own?: readonly string[];
  /** dot1qTpFdbTable with this VLAN, or dot1dTpFdbTable for null. */
  readonly vlan: number | null;
}

const octets = (mac: string) =>
  mac
    .split(":")
    .map((each) => parseInt(each, 16))
    .join(".");
const BRIDGE_PORTS = 100; // bridge port 107 is interface 7: agents that number both alike would hide a mistake

/** What an agent of such a switch holds. */
export function recordsOf({ name, ports, own = [], vlan }: SimulatedSwitch): Recorded[] {
  const records: Recorded[] = [[OID.sysName, "4", name]];
  const forward = (mac: string, port: number, status: number) => {
    const [portOid, statusOid, index] =
      vlan === null
        ? [OID.dot1dTpFdbPort, OID.dot1dTpFdbStatus, octets(mac)]
        : [OID.dot1qTpFdbPort, OID.dot1qTpFdbStatus, `${vlan + 10_000}.${octets(mac)}`];
    records.push([`${portOid}.${index}`, "2", port], [`${statusOid}.${index}`, "2", status]);
  };
  for (const port of ports) {
    const { ifIndex, alias = "", macs = [], aggregate, neighbour } = port;
    records.push([`${OID.ifName}.${ifIndex}`, "4", port.name], [`${OID.ifAlias}.${ifIndex}`, "4", alias]);
    records.push([`${OID.dot1dBasePortIfIndex}.${ifIndex + BRIDGE_PORTS}`, "2", ifIndex]);
    for (const mac of macs) forward(mac, ifIndex + BRIDGE_PORTS, 3);
    if (aggregate !== undefined) records.push([`${OID.dot3adAggPortAttachedAggId}.${ifIndex}`, "2", aggregate]);
    if (neighbour === undefined) continue;
    const [system, capability] = neighbour;
    records.push([`${OID.lldpLocPortId}.${ifIndex}`, "4", port.name]);
    records.push([`${OID.lldpRemSysName}.0.${ifIndex}.1`, "4", system]);
    records.push([`${OID.lldpRemSysCapEnabled}.0.${ifIndex}.1`, "4x", `${capability.toString(16).padStart(2, "0")}00`]);
  }
  for (const mac of own) forward(mac, 1 + BRIDGE_PORTS, 4);
  if (vlan !== null) records.push([`${OID.dot1qVlanFdbId}.0.${vlan}`, "2", vlan + 10_000]);
  return records;
}

const mac = (i: number) =>
  `00:26:${[24, 16, 8, 0].map((by) => ((i >> by) & 255).toString(16).padStart(2, "0")).join(":")}`;

/** A leaf of a fabric: machines at its own 48 ports, and so many addresses in all, the others behind one link. */
export function leaf(addresses: number, macOf: (i: number) => string = mac): Recorded[] {
  const ports = Array.from({ length: 48 }, (_, i) => ({ ifIndex: i + 1, name: `Eth1/${i + 1}`, macs: [macOf(i)] }));
  const others = Array.from({ length: addresses - 48 }, (_, i) => macOf(i + 48));
  return inOrder(recordsOf({ name: "leaf", vlan: 20, ports: [...ports, { ifIndex: 49, name: "Po1", macs: others }] }));
}
