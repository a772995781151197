import { readMacAddress } from "../../machine/mac-address.js";
import { portKey } from "../switch/port-name.js";
import { holds, type Room, type Spot } from "../spot.js";
import type { Switch, SwitchPort } from "../switch/switch.entity.js";
import { isUplink } from "../switch/uplink.js";

export interface KnownSwitch extends Pick<Switch, "id" | "name" | "systemName" | "chassisId"> {
  /** When its forwarding table was read; null: never. */
  readonly readAt: Date | null;
}
export type KnownPort = Pick<SwitchPort, "switchId" | "portKey" | "role" | "aggregate" | "macCount" | "neighbour">;

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
  readonly #members = new Map<string, string[]>();
  readonly #byRack = new Map<string, PlacedPort[]>();

  constructor(switches: readonly KnownSwitch[], ports: readonly KnownPort[], places: readonly PlacedPort[]) {
    for (const each of switches) {
      this.#switches.set(each.id, each);
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
      push(this.#byRack, place.spot.rack, place);
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
    return (this.#byRack.get(room.rack) ?? []).flatMap(({ switchId, port, spot }) => {
      const known = this.#switches.get(switchId);
      return known?.readAt != null && holds(room, spot) ? [{ switchName: known.name, port }] : [];
    });
  }
}

function deviceKey(name: string): string {
  return readMacAddress(name.trim()) ?? name.trim().toLowerCase();
}

function keyOf(switchId: number, key: string): string {
  return `${switchId} ${key}`;
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
