import { groupBy } from "../../graphql/batched.js";
import type { AgainstPlan, SeenMachine } from "../../rack/drawing/against-plan.js";
import type { Absence } from "../../rack/drawing/elevation.js";
import { unitsLabel } from "../../rack/drawing/unit-labels.js";
import type { Place } from "../../rack/rack-space.js";
import { holds, spotKey, type NumberedRack, type Room, type Spot } from "../spot.js";
import type { Difference } from "./compare-floor.js";

/** What of a machine a ghost shows. */
export interface GhostMachine {
  readonly model: string;
  /** As the model says. */
  readonly heightU: number;
  readonly fullDepth: boolean;
}

interface Known {
  /** Those that are drawn, and all others that a place is told in. */
  readonly racks: ReadonlyMap<string, NumberedRack>;
  readonly machines: ReadonlyMap<number, GhostMachine>;
}

/** The differences as a drawing shows them: machines where they are seen, and marks where they are planned. */
export function ghostsOf(differences: readonly Difference[], known: Known): AgainstPlan {
  const sightings = differences.flatMap((each) => sightingsIn(each));
  const seen = sightings.flatMap(({ machineId, name, room, spot, sentence }) => {
    const rack = known.racks.get(spot.rack);
    if (rack === undefined) return [];
    const machine = machineId === null ? undefined : known.machines.get(machineId);
    const place = ghostPlace(rack, spot, room, machine);
    const ghost = { machineId, place, title: name, subtitle: machine?.model ?? "unknown", sentence };
    return [{ rack: spot.rack, ghost: ghost satisfies SeenMachine }];
  });
  const byRack = groupBy(seen, ({ rack }) => rack);
  return {
    ghosts: new Map([...byRack].map(([rack, of]) => [rack, of.map(({ ghost }) => ghost)])),
    absences: new Map([...absencesOf(differences, sightings, known)]),
  };
}

interface Seen {
  readonly machineId: number | null;
  readonly name: string;
  /** Where it is planned. */
  readonly room: Room | null;
  readonly spot: Spot;
  readonly sentence: string;
}

function sightingsIn(difference: Difference): Seen[] {
  const {
    kind,
    machineId,
    name,
    planned: room,
    observed,
    otherMachineId,
    otherName,
    otherPlanned,
    sentence,
  } = difference;
  switch (kind) {
    case "MISSING":
      return [];
    case "UNKNOWN":
      return observed === null
        ? []
        : [{ machineId: null, name: difference.macAddress ?? "", room: null, spot: observed, sentence }];
    case "MOVED":
    case "UNPLACED":
      return observed === null ? [] : [{ machineId, name, room, spot: observed, sentence }];
    case "SWAPPED": {
      const one = observed === null ? [] : [{ machineId, name, room, spot: observed, sentence }];
      const there = room === null ? null : { ...room, face: null };
      const other = { machineId: otherMachineId, name: otherName ?? "", room: otherPlanned, sentence };
      return there === null ? one : [...one, { ...other, spot: there }];
    }
    case "DOUBLED_MAC":
    case "SPLIT": {
      const spots = difference.evidence.flatMap(({ spot }) => spot ?? []);
      const elsewhere = spots.filter((spot) => room === null || !holds(room, spot));
      const each = new Map(elsewhere.map((spot) => [spotKey(spot), spot]));
      return [...each.values()].map((spot) => ({ machineId, name, room, spot, sentence }));
    }
  }
}

function* absencesOf(
  differences: readonly Difference[],
  sightings: readonly Seen[],
  { racks }: Known,
): Generator<[number, Absence]> {
  // Who is planned where a stranger is seen: nobody hears it.
  for (const { machineId, sentence } of differences)
    if (machineId !== null) yield [machineId, { where: null, sentence }];
  const byMachine = groupBy(sightings, ({ machineId }) => machineId);
  for (const [machineId, seen] of byMachine) {
    const [first] = seen;
    if (machineId === null || first === undefined) continue;
    const labels = seen.map(({ spot, room }) => {
      const rack = racks.get(spot.rack);
      const units = rack === undefined ? `U${spot.unit}` : unitsLabel(rack, { ...spot, face: "FULL", heightU: 1 });
      return spot.rack === room?.rack ? units : `${spot.rack} ${units}`;
    });
    yield [machineId, { where: labels.join(" and "), sentence: first.sentence }];
  }
}

/** As high as it is, from the unit that the port is for, but not out of the rack. */
function ghostPlace(
  rack: NumberedRack,
  { unit, column, columns, face }: Spot,
  room: Room | null,
  machine: GhostMachine | undefined,
): Place {
  const own = room === null || room.strip != null ? (machine?.heightU ?? 1) : room.heightU;
  const heightU = Math.min(own, rack.heightU);
  const asBuilt = machine?.fullDepth === false ? "FRONT" : "FULL";
  const lowest = Math.max(1, Math.min(unit, rack.heightU - heightU + 1));
  return { unit: lowest, heightU, column, columns, face: face ?? room?.face ?? asBuilt };
}
