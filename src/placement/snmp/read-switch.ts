import type { HeardPort } from "../forwarding.js";
import type { ForwardingEntry } from "../mac-table/read-table.js";
import type { SnmpCredentials } from "../switch/switch-credentials.js";
import { CISCO, OID } from "./oids.js";
import { ReadingAllowance } from "./reading-allowance.js";
import { ScanFault } from "./scan-fault.js";
import { SnmpAgent } from "./snmp-agent.js";
import { byIndex, forwardingRows, neighbours, number, text, vlansOfFdb, type HeardAt } from "./tables.js";

export interface SwitchReading {
  readonly systemName: string | null;
  /** The chassis id of LLDP, when it is a MAC address. */
  readonly chassisId: string | null;
  readonly entries: readonly ForwardingEntry[];
  readonly ports: ReadonlyArray<Pick<HeardPort, "name" | "alias" | "aggregate" | "neighbour">>;
}

/** Cisco's own, for FDDI and Token Ring: they have no table. */
const isReserved = (vlan: number) => vlan >= 1002 && vlan <= 1005;
const VLANS = 512;

/** Asks one switch for all that tells where machines are. @throws ScanFault */
export async function readSwitch(
  address: string,
  credentials: SnmpCredentials,
  allowance = new ReadingAllowance(),
): Promise<SwitchReading> {
  const inVlan = async <T>(vlan: number | undefined, work: (agent: SnmpAgent) => Promise<T>): Promise<T> => {
    const agent = new SnmpAgent(address, credentials, allowance, vlan);
    try {
      return await work(agent);
    } finally {
      agent.close();
    }
  };
  return inVlan(undefined, async (agent) => {
    const systemName = text(await agent.get(OID.sysName));
    const interfaces = await readInterfaces(agent);
    const whole = await readTable(agent, "Q-BRIDGE");
    const vlans = whole.length === 0 ? await vlansOfCisco(agent) : [];
    const perVlan: PlacedEntry[] = [];
    for (const vlan of vlans) {
      const own = await inVlan(vlan, (each) => readTable(each, "BRIDGE"));
      perVlan.push(...own.map((entry) => ({ ...entry, vlan })));
    }
    const plain = whole.length === 0 && perVlan.length === 0 ? await readTable(agent, "BRIDGE") : [];
    const placed = [...whole, ...perVlan, ...plain];
    const entries = placed.flatMap(({ macAddress, ifIndex, vlan }) => {
      const port = interfaces.names.get(ifIndex);
      return port === undefined ? [] : [{ macAddress, port, vlan }];
    });
    if (entries.length === 0 && placed.length > 0) throw new ScanFault("it tells addresses and no names of its ports");
    return { systemName, chassisId: await chassisIdOf(agent), entries, ports: portsOf(interfaces, placed) };
  });
}

interface PlacedEntry extends Omit<HeardAt, "bridgePort" | "fdbId"> {
  readonly ifIndex: number;
  readonly vlan: number | null;
}

async function readTable(agent: SnmpAgent, mib: "Q-BRIDGE" | "BRIDGE"): Promise<PlacedEntry[]> {
  const [port, state] =
    mib === "Q-BRIDGE"
      ? (["dot1qTpFdbPort", "dot1qTpFdbStatus"] as const)
      : (["dot1dTpFdbPort", "dot1dTpFdbStatus"] as const);
  const ports = await agent.column(port, OID[port]);
  if (ports.length === 0) return [];
  const heard = forwardingRows(ports, await agent.column(state, OID[state]));
  const ifIndexes = byIndex(await agent.column("dot1dBasePortIfIndex", OID.dot1dBasePortIfIndex), number);
  const vlanOf = vlansOfFdb(mib === "Q-BRIDGE" ? await agent.column("dot1qVlanFdbId", OID.dot1qVlanFdbId) : []);
  const placed = heard.flatMap(({ macAddress, bridgePort, fdbId }) => {
    const ifIndex = ifIndexes.get(bridgePort);
    return ifIndex === undefined ? [] : [{ macAddress, ifIndex, vlan: fdbId === null ? null : vlanOf(fdbId) }];
  });
  if (placed.length === 0 && heard.length > 0) throw new ScanFault("it tells addresses and not dot1dBasePortIfIndex");
  return placed;
}

async function vlansOfCisco(agent: SnmpAgent): Promise<number[]> {
  const maker = String(await agent.get(OID.sysObjectId));
  if (!`${maker}.`.startsWith(CISCO)) return [];
  const states = await agent.column("vtpVlanState", OID.vtpVlanState);
  const vlans = states.map(({ index }) => index.at(-1) ?? 0).filter((vlan) => !isReserved(vlan));
  if (vlans.length > VLANS) throw new ScanFault(`it has ${vlans.length} VLANs, and each would be asked by itself`);
  return vlans;
}

interface Interfaces {
  readonly names: ReadonlyMap<number, string>;
  readonly aliases: ReadonlyMap<number, string | null>;
  readonly aggregates: ReadonlyMap<number, number>;
  readonly neighbours: ReadonlyMap<number, string>;
}

async function readInterfaces(agent: SnmpAgent): Promise<Interfaces> {
  const told = await agent.column("ifName", OID.ifName);
  const rows = told.length > 0 ? told : await agent.column("ifDescr", OID.ifDescr);
  const names = new Map([...byIndex(rows, text)].flatMap(([index, name]) => (name === null ? [] : [[index, name]])));
  const aliases = byIndex(await agent.column("ifAlias", OID.ifAlias), text);
  const attached = await agent.column("dot3adAggPortAttachedAggID", OID.dot3adAggPortAttachedAggId);
  const aggregates = new Map([...byIndex(attached, number)].filter(([member, whole]) => whole > 0 && whole !== member));
  const lldp = {
    capabilities: await agent.column("lldpRemSysCapEnabled", OID.lldpRemSysCapEnabled),
    names: await agent.column("lldpRemSysName", OID.lldpRemSysName),
    localIds: await agent.column("lldpLocPortId", OID.lldpLocPortId),
    localDescriptions: await agent.column("lldpLocPortDesc", OID.lldpLocPortDesc),
  };
  return { names, aliases, aggregates, neighbours: neighbours(lldp, names) };
}

/** Ports that have an address behind them, and those that are heard by LLDP or belong to a link of several. */
function portsOf({ names, aliases, aggregates, neighbours }: Interfaces, placed: readonly PlacedEntry[]) {
  // A neighbour is heard by the members of a link, and addresses by the link itself.
  const behind = new Map([...neighbours].flatMap(([member, name]) => [[aggregates.get(member) ?? member, name]]));
  const wanted = new Set([
    ...placed.map(({ ifIndex }) => ifIndex),
    ...neighbours.keys(),
    ...behind.keys(),
    ...aggregates.keys(),
  ]);
  return [...wanted].flatMap((index) => {
    const name = names.get(index);
    if (name === undefined) return [];
    const aggregate = names.get(aggregates.get(index) ?? -1) ?? null;
    const neighbour = neighbours.get(index) ?? behind.get(index) ?? null;
    return [{ name, alias: aliases.get(index) ?? null, aggregate, neighbour }];
  });
}

async function chassisIdOf(agent: SnmpAgent): Promise<string | null> {
  const value = await agent.get(OID.lldpLocChassisId);
  if (!Buffer.isBuffer(value) || value.length !== 6) return null;
  return value.toString("hex").replace(/..(?!$)/g, "$&:");
}
