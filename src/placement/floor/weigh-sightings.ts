import { groupBy } from "../../graphql/batched.js";
import type { MacAddress } from "../../machine/mac-address.js";
import { spotKey, type Spot } from "../spot.js";

/** One sighting, with what is known of the port. */
export interface Heard {
  readonly sightingId: number;
  readonly macAddress: MacAddress;
  readonly source: string;
  readonly switchName: string;
  readonly port: string;
  /** The machine or its own switch said it; derived is what a forwarding table lets one conclude. */
  readonly direct: boolean;
  readonly seenAt: Date;
  /** Another switch hangs there: who is heard is behind it, and not here. */
  readonly uplink: boolean;
  /** The switch has been read since, and no longer had it. */
  readonly gone: boolean;
  /** Where the rules say that the port's machine stands; null: no rule covers the port. */
  readonly spot: Spot | null;
}

export interface Observed {
  readonly kind: "OBSERVED";
  readonly spot: Spot;
  /** What says so, newest first. */
  readonly evidence: readonly Heard[];
  /** Too old to tell where the machine is today. */
  readonly stale: boolean;
}

/** Evidence of equal weight for more than one place. */
export interface Disagreement {
  readonly kind: "DISAGREEMENT";
  readonly sides: ReadonlyArray<Omit<Observed, "kind" | "stale">>;
  /** The MAC address that is in two places itself; null: the machine's ports are, each in one. */
  readonly doubled: MacAddress | null;
  readonly stale: boolean;
}

/** Three readings, where a switch is read every five minutes: what is older than the newest by more is of before. */
const FRESH_MS = 15 * 60_000;
/** A machine that is switched off leaves a forwarding table after minutes; nobody walks to a rack for that. */
const HOLDS_MS = 24 * 3_600_000;

/**
 * Where the sightings of one machine say that it stands; null: they say nothing. Fresh beats stale, and of each MAC address
 * direct beats derived. Ports of one machine, and aggregated links, agree when their ports are for one place.
 */
export function weighSightings(sightings: readonly Heard[], now: Date): Observed | Disagreement | null {
  const placed = sightings.filter(({ uplink, spot }) => !uplink && spot !== null);
  const standing = placed.filter(({ gone }) => !gone);
  const pool = standing.length > 0 ? standing : placed;
  if (pool.length === 0) return null;
  // A clock that is ahead must not make its word the freshest for ever.
  const timeOf = ({ seenAt }: Heard) => Math.min(seenAt.getTime(), now.getTime());
  const newest = pool.reduce((latest, each) => Math.max(latest, timeOf(each)), 0);
  const stale = now.getTime() - newest > HOLDS_MS;
  const fresh = pool.filter((each) => timeOf(each) >= newest - FRESH_MS).sort((a, b) => timeOf(b) - timeOf(a));
  const byMac = [...groupBy(fresh, ({ macAddress }) => macAddress)].map(([mac, of]) => ({ mac, of: strongest(of) }));
  const sides = sidesOf(byMac.flatMap(({ of }) => of));
  const [only, ...others] = sides;
  if (only !== undefined && others.length === 0) return { kind: "OBSERVED", ...only, stale };
  const doubled = byMac.find(({ of }) => sidesOf(of).length > 1)?.mac ?? null;
  return { kind: "DISAGREEMENT", sides, doubled, stale };
}

function strongest(fresh: readonly Heard[]): readonly Heard[] {
  const direct = fresh.filter((each) => each.direct);
  return direct.length > 0 ? direct : fresh;
}

function sidesOf(evidence: readonly Heard[]): Array<Omit<Observed, "kind" | "stale">> {
  const sides = new Map<string, { spot: Spot; evidence: Heard[] }>();
  for (const each of evidence) {
    if (each.spot === null) continue;
    const side = sides.get(spotKey(each.spot));
    if (side === undefined) sides.set(spotKey(each.spot), { spot: each.spot, evidence: [each] });
    else side.evidence.push(each);
  }
  return [...sides.values()];
}
