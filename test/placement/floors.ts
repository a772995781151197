import type { MacAddress } from "../../src/machine/mac-address.js";
import type { Found, Planned } from "../../src/placement/floor/compare-floor.js";
import type { Room, Spot } from "../../src/placement/spot.js";
import { weighSightings, type Heard } from "../../src/placement/floor/weigh-sightings.js";
import type { Random } from "../support/random.js";

export const NOW = new Date("2026-11-23T03:00:00Z");

export function spot(rack: string, unit: number): Spot {
  return { rack, unit, column: 1, columns: 1, face: null };
}

export function room(rack: string, unit: number, heightU = 1): Room {
  return { rack, unit, heightU, face: "FULL", column: 1, columns: 1 };
}

export function heard(macAddress: MacAddress, at: Spot | null, rest: Partial<Heard> = {}): Heard {
  return {
    ...{ sightingId: 1, macAddress, spot: at, source: "snmp", switchName: `sw-${at?.rack}`, port: `Gi1/0/${at?.unit}` },
    ...{ direct: false, uplink: false, gone: false, seenAt: NOW },
    ...rest,
  };
}

export function planned(machineId: number, at: Room | null, rest: Partial<Planned> = {}): Planned {
  const watchedBy = at === null ? [] : [{ switchName: `sw-${at.rack}`, port: `Gi1/0/${at.unit}` }];
  return { machineId, name: `web${machineId}`, room: at, watchedBy, ...rest };
}

export function macOf(machine: number, card = 0): MacAddress {
  const digits = (machine * 2 + card).toString(16).padStart(8, "0");
  return `00:26:${digits.replace(/..(?!$)/g, "$&:")}` as MacAddress;
}

/** @returns nothing when its sightings tell nothing */
export function found(machineId: number | null, sightings: readonly Heard[]): Found[] {
  const weighed = weighSightings(sightings, NOW);
  const [first] = sightings;
  return weighed === null || first === undefined ? [] : [{ machineId, macAddress: first.macAddress, weighed }];
}

export const RACKS = 40;
export const MACHINES = 40;

export interface Cabling {
  /** Where the plan has each machine, and where it hangs. */
  readonly homes: readonly Spot[];
  readonly places: readonly Spot[];
  readonly swapped: ReadonlySet<number>;
  /** In another port of its rack, or in another rack. */
  readonly moved: ReadonlySet<number>;
}

/** 40 racks of 40 machines; `wrong` of them are not where the plan has them. */
export function cabling(random: Random, wrong: number): Cabling {
  const count = RACKS * MACHINES;
  const homes = Array.from({ length: count }, (_, id) => spot(`R${Math.floor(id / MACHINES)}`, 1 + (id % MACHINES)));
  const places = [...homes];
  const [swapped, moved] = [new Set<number>(), new Set<number>()];
  const untouched = () => {
    for (;;) {
      const id = random.below(count);
      if (!swapped.has(id) && !moved.has(id)) return id;
    }
  };
  const taken = new Set<string>();
  while (swapped.size + moved.size < wrong) {
    const [one, other] = [untouched(), untouched()];
    if (one === other) continue;
    if (random.chance(0.5) && swapped.size + moved.size + 2 <= wrong) {
      [places[one], places[other]] = [places[other] as Spot, places[one] as Spot];
      swapped.add(one).add(other);
    } else {
      // Units 41 to 48 are free in each rack: its own, or another one.
      const rack = random.chance(0.5) ? (homes[one] as Spot).rack : `R${random.below(RACKS)}`;
      const free = spot(rack, 41 + random.below(8));
      if (taken.has(`${rack} ${free.unit}`)) continue;
      taken.add(`${rack} ${free.unit}`);
      places[one] = free;
      moved.add(one);
    }
  }
  return { homes, places, swapped, moved };
}

export interface SimulatedFloor extends Pick<Cabling, "swapped" | "moved"> {
  readonly plan: Planned[];
  readonly found: Found[];
}

/** Its machines have two cards each on two switches of 48 ports. */
export function simulatedFloor(random: Random, wrong: number): SimulatedFloor {
  const { homes, places, ...sets } = cabling(random, wrong);
  const seen = places.map((place, id) => [0, 1].flatMap((card) => sightingsOf(random, id, card, place)));
  return {
    plan: homes.map((home, id) => planned(id, room(home.rack, home.unit))),
    found: seen.flatMap((sightings, id) => found(id, random.chance(0.5) ? sightings : sightings.toReversed())),
    ...sets,
  };
}

/** Its own switch, the uplinks of some others, and now and then where it stood a week ago. */
function sightingsOf(random: Random, id: number, card: number, place: Spot): Heard[] {
  const mac = macOf(id, card);
  const seenAt = new Date(NOW.getTime() - random.below(240) * 1000);
  const week = new Date(NOW.getTime() - 7 * 86_400_000);
  const elsewhere = () => spot(`R${random.below(RACKS)}`, 1 + random.below(48));
  return [
    heard(mac, place, { switchName: `sw${card}-${place.rack}`, seenAt, direct: random.chance(0.2) }),
    ...random.list(2, () => heard(mac, elsewhere(), { uplink: true, port: "Te1/1/1", seenAt })),
    ...(random.chance(0.1) ? [heard(mac, elsewhere(), { seenAt: week })] : []),
  ];
}
