import type { MacAddress } from "../../machine/mac-address.js";
import { differenceSentence, type Words } from "./difference-sentence.js";
import { holds, rowOf, rowsOf, type Room, type Spot } from "../spot.js";
import type { Disagreement, Heard, Observed } from "./weigh-sightings.js";

export const DIFFERENCE_KINDS = ["SWAPPED", "MOVED", "UNPLACED", "UNKNOWN", "DOUBLED_MAC", "SPLIT", "MISSING"] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** Who is meant to stand where. */
export interface Planned {
  /** Null: a machine that is expected, and has not appeared. */
  readonly machineId: number | null;
  readonly name: string;
  /** Null: it has no place. */
  readonly room: Room | null;
  /** The ports that are for its place, of switches whose tables have been read. */
  readonly watchedBy: ReadonlyArray<Pick<Heard, "switchName" | "port">>;
}

/** Where who was heard stands. */
export interface Found {
  /** Null: nobody knows the MAC address. */
  readonly machineId: number | null;
  readonly macAddress: MacAddress;
  readonly weighed: Observed | Disagreement;
}

export interface Difference {
  readonly kind: DifferenceKind;
  readonly name: string;
  /** Null: of an unknown machine at a place that is kept for an expected one. */
  readonly machineId: number | null;
  /** Of a swapped pair: the other one. */
  readonly otherMachineId: number | null;
  readonly otherName: string | null;
  readonly otherPlanned: Room | null;
  readonly macAddress: MacAddress | null;
  readonly planned: Room | null;
  readonly observed: Spot | null;
  readonly evidence: readonly Heard[];
  readonly sentence: string;
}

/** A difference before it is put into words. */
export interface RawDifference extends Pick<Difference, "kind" | "macAddress" | "planned" | "observed" | "evidence"> {
  readonly of: Planned;
  readonly other: Planned | null;
  /** Who is meant to stand where this one was seen. */
  readonly inTheWay: readonly Planned[];
}

/** How plan and floor of one machine go together. */
export const AGREEMENTS = ["AGREES", "DIFFERS", "DISAGREEMENT", "UNPLANNED", "UNSEEN"] as const;
export type Agreement = (typeof AGREEMENTS)[number];

export function agreementOf(room: Room | null, weighed: Observed | Disagreement | null): Agreement {
  if (weighed === null) return "UNSEEN";
  const spots = spotsOf(weighed);
  if (room !== null && spots.every((spot) => holds(room, spot))) return "AGREES";
  if (weighed.kind === "DISAGREEMENT") return "DISAGREEMENT";
  return room === null ? "UNPLANNED" : "DIFFERS";
}

/** Everything on the floor that is not as it was planned, in the order of the plan. */
export function compareFloor(planned: readonly Planned[], found: readonly Found[], words: Words): Difference[] {
  return new Floor(planned, found).differences().map(({ of, other, inTheWay, ...raw }) => ({
    ...raw,
    name: of.name,
    machineId: of.machineId,
    otherMachineId: other?.machineId ?? null,
    otherName: other?.name ?? null,
    otherPlanned: other?.room ?? null,
    sentence: differenceSentence({ of, other, inTheWay, ...raw }, words),
  }));
}

class Floor {
  readonly #rows = new Map<string, Planned[]>();
  readonly #found = new Map<number, Found>();
  readonly #strangers: Found[] = [];
  /** Where known machines are seen. */
  readonly #taken = new Map<string, Spot[]>();

  constructor(
    private readonly planned: readonly Planned[],
    found: readonly Found[],
  ) {
    for (const each of planned) {
      for (const row of each.room === null ? [] : rowsOf(each.room)) push(this.#rows, row, each);
    }
    for (const each of found) {
      if (each.machineId === null) this.#strangers.push(each);
      else {
        this.#found.set(each.machineId, each);
        if (!each.weighed.stale)
          for (const spot of spotsOf(each.weighed)) push(this.#taken, rowOf(spot.rack, spot.unit), spot);
      }
    }
  }

  differences(): RawDifference[] {
    const swapped = new Set<Planned>();
    const unknown = this.#unknown();
    const replaced = new Set(unknown.map(({ of }) => of));
    const known = this.planned.flatMap((each) => {
      if (swapped.has(each)) return [];
      const raw = this.#differenceOf(each);
      if (raw?.other != null) swapped.add(raw.other);
      return raw === undefined || (raw.kind === "MISSING" && replaced.has(each)) ? [] : [raw];
    });
    return [...known, ...unknown];
  }

  #differenceOf(of: Planned): RawDifference | undefined {
    if (of.machineId === null) return undefined;
    const found = this.#found.get(of.machineId);
    if (found === undefined || (found.weighed.stale && of.watchedBy.length > 0)) return this.#missing(of, found);
    const { weighed } = found;
    if (agreementOf(of.room, weighed) === "AGREES") return undefined;
    if (weighed.kind === "DISAGREEMENT") return this.#disagreement(of, weighed);
    const inTheWay = this.#plannedAt(weighed.spot).filter((each) => each !== of);
    const other = inTheWay.find((each) => of.room !== null && this.#standsIn(each, of.room)) ?? null;
    const kind = of.room === null ? "UNPLACED" : other === null ? "MOVED" : "SWAPPED";
    const { spot: observed, evidence } = weighed;
    return { kind, of, other, inTheWay, macAddress: found.macAddress, planned: of.room, observed, evidence };
  }

  #missing(of: Planned, found: Found | undefined): RawDifference | undefined {
    if (of.room === null || of.watchedBy.length === 0) return undefined;
    const evidence = found === undefined ? [] : evidenceOf(found.weighed);
    const macAddress = found?.macAddress ?? null;
    return { kind: "MISSING", of, other: null, inTheWay: [], macAddress, planned: of.room, observed: null, evidence };
  }

  #disagreement(of: Planned, weighed: Disagreement): RawDifference {
    const { doubled } = weighed;
    const kind = doubled === null ? "SPLIT" : "DOUBLED_MAC";
    const inTheWay = weighed.sides.flatMap(({ spot }) => this.#plannedAt(spot)).filter((each) => each !== of);
    const evidence = evidenceOf(weighed);
    return { kind, of, other: null, inTheWay, macAddress: doubled, planned: of.room, observed: null, evidence };
  }

  /** Who is heard where a machine is planned, and is no machine that is known: unless one that is known is there too. */
  #unknown(): RawDifference[] {
    const told = new Set<Planned>();
    return this.#strangers.flatMap(({ macAddress, weighed }) =>
      // One machine has many addresses: of its guests, its management controller, its second port.
      weighed.stale || weighed.kind === "DISAGREEMENT" || this.#isTaken(weighed.spot)
        ? []
        : this.#plannedAt(weighed.spot).flatMap((of) => {
            if (told.has(of) || of.room === null || this.#standsIn(of, of.room)) return [];
            told.add(of);
            const { spot: observed, evidence } = weighed;
            return [
              {
                kind: "UNKNOWN",
                of,
                other: null,
                inTheWay: [],
                macAddress,
                planned: of.room,
                observed,
                evidence,
              } as const,
            ];
          }),
    );
  }

  #isTaken(spot: Spot): boolean {
    const taken = this.#taken.get(rowOf(spot.rack, spot.unit)) ?? [];
    return taken.some((other) => holds({ ...spot, heightU: 0.5, face: spot.face ?? "FULL" }, other));
  }

  #plannedAt(spot: Spot): Planned[] {
    const candidates = this.#rows.get(rowOf(spot.rack, spot.unit)) ?? [];
    return candidates.filter(({ room }) => room !== null && holds(room, spot));
  }

  #standsIn({ machineId }: Planned, room: Room): boolean {
    const weighed = machineId === null ? undefined : this.#found.get(machineId)?.weighed;
    return weighed?.stale === false && spotsOf(weighed).some((spot) => holds(room, spot));
  }
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

function spotsOf(weighed: Observed | Disagreement): Spot[] {
  return weighed.kind === "OBSERVED" ? [weighed.spot] : weighed.sides.map(({ spot }) => spot);
}

export function evidenceOf(weighed: Observed | Disagreement): readonly Heard[] {
  return weighed.kind === "OBSERVED" ? weighed.evidence : weighed.sides.flatMap(({ evidence }) => evidence);
}
