import { InvalidInput } from "../errors.js";
import { line } from "../rack/rack-values.js";
import type { ForwardingEntry } from "./mac-table/read-table.js";
import { portKey } from "./switch/port-name.js";

/** What one switch says of one port. */
export interface HeardPort {
  readonly name: string;
  readonly portKey: string;
  readonly macCount: number;
  readonly alias: string | null;
  readonly aggregate: string | null;
  /** The switch that is heard there by LLDP. */
  readonly neighbour: string | null;
}

type PortFacts = Pick<HeardPort, "name" | "alias" | "aggregate" | "neighbour">;

/** The ports of a table with how many addresses each has, and those that are known besides. By their keys. */
export function heardPorts(
  entries: readonly ForwardingEntry[],
  facts: readonly PortFacts[] = [],
): Map<string, HeardPort> {
  const addresses = new Map<string, Set<string>>();
  const names = new Map<string, string>();
  for (const { port, macAddress } of entries) {
    const key = portKey(port);
    const behind = addresses.get(key);
    if (behind === undefined) addresses.set(key, new Set([macAddress]));
    else behind.add(macAddress);
    names.set(key, port);
  }
  const known = new Map(facts.map((each) => [portKey(each.name), each]));
  const none = { alias: null, aggregate: null, neighbour: null };
  return new Map(
    [...new Set([...known.keys(), ...names.keys()])].map((key) => {
      const own = known.get(key) ?? { ...none, name: names.get(key) ?? key };
      return [key, { ...own, portKey: key, macCount: addresses.get(key)?.size ?? 0 }];
    }),
  );
}

/** One entry for each address: of several ports the one with the fewest addresses, which is the nearest to the machine. */
export function nearestEntries(
  entries: readonly ForwardingEntry[],
  ports: ReadonlyMap<string, HeardPort>,
): ForwardingEntry[] {
  const nearest = new Map<string, ForwardingEntry>();
  const crowd = ({ port }: ForwardingEntry) => ports.get(portKey(port))?.macCount ?? 0;
  for (const entry of entries) {
    const known = nearest.get(entry.macAddress);
    if (known === undefined || crowd(entry) < crowd(known)) nearest.set(entry.macAddress, entry);
  }
  return [...nearest.values()];
}

/** @throws InvalidInput when a port has no name that can be kept */
export function checkPorts(entries: ReadonlyArray<Pick<ForwardingEntry, "port">>): void {
  for (const [index, { port }] of entries.entries()) {
    const field = ["entries", String(index), "port"];
    if (line("port", port, 256) === null) throw new InvalidInput("a port has a name, such as Gi1/0/7", field);
  }
}
