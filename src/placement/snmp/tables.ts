import { isUnicast, readMacAddress, type MacAddress } from "../../machine/mac-address.js";
import { portKey } from "../switch/port-name.js";
import type { SnmpRow, SnmpValue } from "./snmp-agent.js";
import { SELF } from "./oids.js";

// What the columns of the MIBs say together. Pure: rows in, names out.

export const number = (value: SnmpValue): number => Number(value ?? NaN);

/** A DisplayString or SnmpAdminString; null when there is nothing in it. */
export function text(value: SnmpValue): string | null {
  if (value === undefined || value === null) return null;
  const said = (Buffer.isBuffer(value) ? value.toString("utf8") : String(value)).toWellFormed();
  return (
    said
      .replace(/\p{Cc}/gu, " ")
      .trim()
      .slice(0, 256) || null
  );
}

/** By the last number of the index. */
export function byIndex<T>(rows: readonly SnmpRow[], read: (value: SnmpValue) => T): Map<number, T> {
  return new Map(rows.map(({ index, value }) => [index.at(-1) ?? 0, read(value)]));
}

export interface HeardAt {
  readonly macAddress: MacAddress;
  readonly bridgePort: number;
  /** The first number of a Q-BRIDGE index. */
  readonly fdbId: number | null;
}

/** The rows of dot1dTpFdbTable or dot1qTpFdbTable that name a port where somebody else was heard. */
export function forwardingRows(ports: readonly SnmpRow[], states: readonly SnmpRow[]): HeardAt[] {
  const stateOf = new Map(states.map(({ index, value }) => [index.join("."), number(value)]));
  return ports.flatMap(({ index, value }) => {
    const macAddress = macOf(index.slice(-6));
    const bridgePort = number(value);
    const told = macAddress !== undefined && isUnicast(macAddress) && bridgePort > 0;
    if (!told || stateOf.get(index.join(".")) === SELF) return [];
    return [{ macAddress, bridgePort, fdbId: index.length > 6 ? (index[0] ?? null) : null }];
  });
}

function macOf(octets: readonly number[]): MacAddress | undefined {
  if (octets.length !== 6) return undefined;
  return readMacAddress(octets.map((octet) => octet.toString(16).padStart(2, "0")).join(":"));
}

/** dot1qVlanFdbId is indexed by time mark and VLAN; where it is empty, a filtering database is numbered as its VLAN. */
export function vlansOfFdb(rows: readonly SnmpRow[]): (fdbId: number) => number | null {
  const vlans = new Map(rows.map(({ index, value }) => [number(value), index.at(-1) ?? 0]));
  return (fdbId) => {
    const vlan = vlans.size > 0 ? vlans.get(fdbId) : fdbId;
    return vlan !== undefined && vlan >= 1 && vlan <= 4094 ? vlan : null;
  };
}

// IEEE 802.1AB, lldpRemSysCapEnabled: bit 2 is a bridge, counted from the highest.
const BRIDGE = 0x20;

interface LldpRows {
  readonly names: readonly SnmpRow[];
  readonly capabilities: readonly SnmpRow[];
  readonly localIds: readonly SnmpRow[];
  readonly localDescriptions: readonly SnmpRow[];
}

/** The switches that are heard by LLDP, by the index of our interface. @param ifNames by index */
export function neighbours(rows: LldpRows, ifNames: ReadonlyMap<number, string>): Map<number, string> {
  const byKey = new Map([...ifNames].map(([ifIndex, name]) => [portKey(name), ifIndex]));
  const ids = byIndex(rows.localIds, text);
  const descriptions = byIndex(rows.localDescriptions, text);
  const names = new Map(rows.names.map(({ index, value }) => [index.join("."), text(value)]));
  const found = new Map<number, string>();
  for (const { index, value } of rows.capabilities) {
    const isBridge = Buffer.isBuffer(value) && ((value[0] ?? 0) & BRIDGE) !== 0;
    const local = index.at(-2);
    if (!isBridge || local === undefined) continue;
    const named = [ids.get(local), descriptions.get(local)].flatMap((name) => byKey.get(portKey(name ?? "")) ?? []);
    const ifIndex = named[0] ?? local; // most agents number their ports of LLDP as their interfaces
    found.set(ifIndex, names.get(index.join(".")) ?? "a switch without a name");
  }
  return found;
}
