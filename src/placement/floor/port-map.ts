import { readMacAddress } from "../../machine/mac-address.js";
import { portKey } from "../switch/port-name.js";
import { holds, rowOf, rowsOf, type Room, type Spot } from "../spot.js";
import type { Switch, SwitchPort } from "../switch/switch.entity.js";
import { isUplink } from "../switch/uplink.js";

export interface KnownSwitch extends Pick<Switch, "id" | "name" | "systemName" | "chassisId" | "managementAddress"> {
  /** When its forwarding table was read; null: never. */
  readonly readAt: Date | null;
}
export type KnownPort = Pick<SwitchPort, "switchId" | "portKey" | "role" | "aggregate" | "macCount" | "neighbour">;

/** As a circuit id tells them: RFC 3046 leaves that to the makers. */
export interface PortNumbers {
  readonly module: number;
  readonly port: number;
}

/** A port that a rule covers. */
export interface PlacedPort {
  readonly switchId: number;
  readonly port: string;
  readonly portKey: string;
  readonly spot: Spot;
}

/** What is known of all switches' ports, by every name that evidence has for them. */
export class PortMap {
  readonly #switches = new Map<number, KnownSwitch>();
  readonly #called = new Map<string, Set<KnownSwitch>>();
  readonly #ports = new Map<string, KnownPort>();
  readonly #places = new Map<string, PlacedPort>();
  readonly #at = new Map<string, KnownSwitch | undefined>();
  readonly #placesOf = new Map<number, PlacedPort[]>();
  readonly #members = new Map<string, string[]>();
  readonly #byRow = new Map<string, PlacedPort[]>();

  constructor(switches: readonly KnownSwitch[], ports: readonly KnownPort[], places: readonly PlacedPort[]) {
    for (const each of switches) {
      this.#switches.set(each.id, each);
      const host = hostOf(each.managementAddress ?? "");
      this.#at.set(host, this.#at.has(host) ? undefined : each);
      for (const name of [each.chassisId, each.systemName, each.name]) {
        if (name !== null)
          this.#called.set(deviceKey(name), (this.#called.get(deviceKey(name)) ?? new Set()).add(each));
      }
    }
    for (const port of ports) {
      this.#ports.set(keyOf(port.switchId, port.portKey), port);
      if (port.aggregate !== null) push(this.#members, keyOf(port.switchId, portKey(port.aggregate)), port.portKey);
    }
    for (const place of places) {
      this.#places.set(keyOf(place.switchId, place.portKey), place);
      push(this.#byRow, rowOf(place.spot.rack, place.spot.unit), place);
      push(this.#placesOf, place.switchId, place);
    }
  }

  switchWithId(id: number): KnownSwitch | undefined {
    return this.#switches.get(id);
  }

  /** By what LLDP says of it: its name, with or without its domain, and its chassis id; undefined when two fit. */
  switchCalled(...names: ReadonlyArray<string | null>): KnownSwitch | undefined {
    const fits = new Set(names.flatMap((name) => (name === null ? [] : this.#fitting(name))));
    return fits.size === 1 ? [...fits][0] : undefined;
  }

  /** By its management address; undefined when two have it. */
  switchAt(address: string): KnownSwitch | undefined {
    return this.#at.get(address);
  }

  /**
   * The one port with a rule that is meant: whose key is among `whole`, else the only one among `words`, else the only one
   * that has these numbers. @returns its name
   */
  placedPort(
    switchId: number,
    whole: readonly string[],
    words: readonly string[],
    numbers: PortNumbers | null,
  ): string | undefined {
    const named = (key: string) => this.#places.get(keyOf(switchId, key)) ?? [];
    const exact = whole.flatMap(named);
    if (exact.length > 0) return exact[0]?.port;
    const found = new Set(words.flatMap(named));
    if (found.size > 0 || numbers === null) return only([...found])?.port;
    const ports = this.#placesOf.get(switchId) ?? [];
    const fit = ports.filter(({ portKey }) => hasNumbers(portKey, numbers, true));
    return only(fit.length > 0 ? fit : ports.filter(({ portKey }) => hasNumbers(portKey, numbers, false)))?.port;
  }

  #fitting(name: string): KnownSwitch[] {
    const found = this.#called.get(deviceKey(name)) ?? this.#called.get(deviceKey(name.split(".")[0] ?? ""));
    return [...(found ?? [])];
  }

  /** Where the machine at a port stands; of an aggregated link, what its members agree on. */
  spotOf(switchId: number, key: string): Spot | null {
    const own = this.#places.get(keyOf(switchId, key));
    if (own !== undefined) return own.spot;
    const members = this.#members.get(keyOf(switchId, key)) ?? [];
    const spots = members.flatMap((member) => this.#places.get(keyOf(switchId, member))?.spot ?? []);
    const [first, ...others] = spots;
    return first !== undefined && others.every((each) => JSON.stringify(each) === JSON.stringify(first)) ? first : null;
  }

  isUplink(switchId: number, key: string): boolean {
    const port = this.#ports.get(keyOf(switchId, key));
    return port !== undefined && isUplink(port);
  }

  /** The ports for a place, of switches whose tables have been read. */
  watching(room: Room): Array<{ switchName: string; port: string }> {
    const near = rowsOf(room).flatMap((row) => this.#byRow.get(row) ?? []);
    return near.flatMap(({ switchId, port, spot }) => {
      const known = this.#switches.get(switchId);
      return known?.readAt != null && holds(room, spot) ? [{ switchName: known.name, port }] : [];
    });
  }
}

function deviceKey(name: string): string {
  return readMacAddress(name.trim()) ?? name.trim().toLowerCase();
}

/** Without the UDP port of SNMP. */
function hostOf(address: string): string {
  return /^\[([^\]]+)\]/.exec(address)?.[1] ?? address.replace(/^([^:]+):\d+$/, "$1");
}

/** `gi1/0/7` is module 1, port 7; a switch of one module may count it as 0. */
function hasNumbers(key: string, { module, port }: PortNumbers, exactly: boolean): boolean {
  const parts = (/\d+(?:\/\d+)*$/.exec(key)?.[0] ?? "").split("/").map(Number);
  if (parts.at(-1) !== port) return false;
  return exactly ? (parts.length > 1 ? parts[0] : 0) === module : module === 0;
}

function only<T>(of: readonly T[]): T | undefined {
  return of.length === 1 ? of[0] : undefined;
}

function keyOf(switchId: number, key: string): string {
  return `${switchId} ${key}`;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
