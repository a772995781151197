import type { Planned, RawDifference } from "./compare-floor.js";
import { groupBy } from "../../graphql/batched.js";
import { spotText, type NumberedRack } from "../spot.js";
import type { Heard } from "./weigh-sightings.js";

/** What words for a difference need besides it. */
export interface Words {
  /** Null: the sentence says no time, and stays the same until something else is seen. */
  readonly now: Date | null;
  /** By name; of one that is not there places are told as they count from the floor. */
  readonly racks: ReadonlyMap<string, NumberedRack>;
}

/** What is wrong and what to do about it, for somebody who was woken by it. */
export function differenceSentence(difference: RawDifference, words: Words): string {
  const { kind, of, other, macAddress, evidence } = difference;
  const { name } = of;
  const planned = of.room === null ? "nowhere" : spotText(of.room, words.racks);
  const observed = difference.observed === null ? "" : spotText(difference.observed, words.racks);
  const seen = seenBy(evidence, words);
  switch (kind) {
    case "SWAPPED": {
      const theirs = other?.room == null ? "" : spotText(other.room, words.racks);
      return (
        `${name} and ${other?.name} are swapped: ${name} is planned at ${planned} and is at ${observed} (${seen}), ` +
        `${other?.name} is planned at ${theirs} and is at ${planned}; swap their cables, or accept both places`
      );
    }
    case "MOVED":
      return (
        `${name} is planned at ${planned}, but is at ${observed} (${seen})${meantFor(difference.inTheWay)}; ` +
        "check its cable, or accept the place"
      );
    case "UNPLACED":
      return `${name} has no place in the plan, but is at ${observed} (${seen})${meantFor(difference.inTheWay)}; accept the place`;
    case "UNKNOWN": {
      const meant = of.machineId === null ? `${name} is expected` : `${name} is planned`;
      return `an unknown machine, ${macAddress}, is at ${observed} (${seen}), where ${meant}; let it boot from the network, or unplug it`;
    }
    case "DOUBLED_MAC":
      return `${name}'s MAC address ${macAddress} is in two places at once: ${sides(evidence, words)}; one of them is a copy, or a loop`;
    case "SPLIT":
      return `${name}, planned at ${planned}, has its cables in two places: ${sides(evidence, words)}; one cable is in the wrong port`;
    case "MISSING":
      return missing(of, planned, evidence, words);
  }
}

function missing({ name, watchedBy }: Planned, planned: string, evidence: readonly Heard[], words: Words): string {
  const ports = watchedBy.map(({ switchName, port }) => `${switchName} ${port}`).join(" and ");
  const last = evidence[0];
  const since = last === undefined ? "was never seen" : `was last seen by ${seenBy([last], words)}`;
  return `${name} is planned at ${planned}, but nobody hears it on ${ports} or elsewhere; it ${since}; check power and cable`;
}

function meantFor(planned: readonly Planned[]): string {
  return planned.length === 0 ? "" : `, where ${planned.map(({ name }) => name).join(" and ")} is planned`;
}

function sides(evidence: readonly Heard[], words: Words): string {
  const bySpot = groupBy(evidence, ({ spot }) => (spot === null ? "" : spotText(spot, words.racks)));
  return [...bySpot].map(([spot, of]) => `${spot} (${of[0]?.macAddress} on ${seenBy(of, words)})`).join(" and ");
}

function seenBy(evidence: readonly Heard[], words: Words): string {
  const newest = evidence[0];
  if (newest === undefined) return "nobody";
  const ports = new Set(evidence.map(({ switchName, port }) => `${switchName} ${port}`));
  const names = [...ports].join(" and ");
  return words.now === null ? names : `${names}, ${ago(words.now.getTime() - newest.seenAt.getTime())}`;
}

const SPANS = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
] as const;

function ago(ms: number): string {
  for (const [length, unit] of SPANS) {
    const count = Math.floor(ms / length);
    if (count >= 1) return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
  }
  return "just now";
}
