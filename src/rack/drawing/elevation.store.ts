import type { EntityManager } from "typeorm";
import { contentsOf, type ShelfContents } from "../rack-contents.store.js";
import type { Rack } from "../rack.entity.js";
import { hasEnded } from "../reservation.js";
import { placeOf, reservationOf, standsOf } from "../rack-plan.store.js";
import type { AgainstPlan } from "./against-plan.js";
import type { RackElevation, ShelfView } from "./elevation.js";

export interface Shown {
  /** Ids of machines: whatever is none of them fades. */
  readonly highlighted?: ReadonlySet<number> | undefined;
  /** Without it nothing is told of the floor. */
  readonly againstPlan?: AgainstPlan | undefined;
}

/**
 * What a drawing needs to know of these racks, in a number of statements that does not depend on how many they are. A
 * reservation that has ended takes no place any more.
 */
export async function elevationsOf(
  manager: EntityManager,
  racks: readonly Rack[],
  now: Date,
  shown: Shown = {},
): Promise<RackElevation[]> {
  return elevationsFrom(racks, await contentsOf(manager, racks), now, shown);
}

/** The same of contents that are read already: `contents[i]` stands in `racks[i]`. */
export function elevationsFrom(
  racks: readonly Rack[],
  contents: readonly ShelfContents[][],
  now: Date,
  { highlighted, againstPlan }: Shown,
): RackElevation[] {
  return racks.map((rack, i) => {
    const { name, heightU, numbering, firstUnit, description } = rack;
    const shelves = (contents[i] ?? [])
      .filter(({ shelf }) => !hasEnded(shelf, now))
      .map((each) => ({
        ...shelfView(each, isDimmed(each.shelf.machineId, highlighted)),
        absence: againstPlan?.absences.get(each.shelf.machineId ?? 0) ?? null,
      }));
    const ghosts = (againstPlan?.ghosts.get(name) ?? []).map(({ machineId, ...ghost }) => {
      return { ...ghost, dimmed: isDimmed(machineId, highlighted) };
    });
    return { name, heightU, numbering, firstUnit, ...standsOf(rack), description, shelves, ghosts };
  });
}

function isDimmed(machineId: number | null, highlighted: ReadonlySet<number> | undefined): boolean {
  return highlighted !== undefined && (machineId === null || !highlighted.has(machineId));
}

function shelfView(
  { shelf, machine, name, manufacturer, product, watts, kilograms }: ShelfContents,
  dimmed: boolean,
): Omit<ShelfView, "absence"> {
  const { kind, amperes, color, owner, reason } = shelf;
  const serialNumber = machine?.serialNumber ?? null;
  return {
    place: placeOf(shelf),
    kind,
    status: machine === null ? null : machine.locked ? "LOCKED" : machine.state,
    title: kind === "RESERVED" ? (owner ?? "") : name,
    // The maker's name as well would leave too little of the model's in one unit.
    subtitle: (kind === "RESERVED" ? reason : (product ?? manufacturer)) ?? "",
    serialNumber,
    tooltip: [
      ...(product === null || manufacturer === null ? [] : [manufacturer]),
      ...(serialNumber === null ? [] : [`S/N ${serialNumber}`]),
    ],
    href: null,
    profile: machine?.profile ?? null,
    labels: machine?.labels ?? {},
    reservation: reservationOf(shelf),
    amperes,
    watts,
    kilograms,
    paint: color === null ? null : { fill: color, line: null, text: null },
    dimmed,
  };
}
