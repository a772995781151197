import type { EntityManager } from "typeorm";
import { contentsOf, type ShelfContents } from "./rack-contents.store.js";
import type { Rack } from "./rack.entity.js";
import type { PlannedItem, RackCapacity, RackLocation, RackPlan, Reservation } from "./rack-plan.js";
import type { Place } from "./rack-space.js";
import type { Shelf } from "./shelf.entity.js";

/** A rack's plan, with the rows that it was read from. */
export interface StoredPlan extends RackPlan {
  readonly rack: Rack;
  readonly items: ReadonlyArray<PlannedItem & { readonly shelf: Shelf }>;
}

/** In a number of statements that does not depend on how many racks they are. */
export async function storedPlansOf(manager: EntityManager, racks: readonly Rack[]): Promise<StoredPlan[]> {
  const contents = await contentsOf(manager, racks);
  return racks.map((rack, i) => {
    const items = (contents[i] ?? []).map((each) => ({ ...plannedItem(each), shelf: each.shelf }));
    return { ...emptyPlan(rack), rack, items };
  });
}

/** What is meant to stand in these racks, in a number of statements that does not depend on how many they are. */
export async function plansOf(manager: EntityManager, racks: readonly Rack[]): Promise<RackPlan[]> {
  return plansFrom(racks, await contentsOf(manager, racks));
}

/** The same of contents that are read already: `contents[i]` stands in `racks[i]`. */
export function plansFrom(racks: readonly Rack[], contents: readonly ShelfContents[][]): RackPlan[] {
  return racks.map((rack, i) => ({ ...emptyPlan(rack), items: (contents[i] ?? []).map(plannedItem) }));
}

function emptyPlan(rack: Rack): Omit<RackPlan, "items"> {
  const { name, heightU, numbering, firstUnit, description } = rack;
  return { name, heightU, numbering, firstUnit, ...standsOf(rack), description };
}

/** Where a rack stands and what it bears. */
export function standsOf(rack: Rack): { readonly location: RackLocation; readonly capacity: RackCapacity } {
  const { site, room, row, position, capacityWatts: watts, capacityKilograms: kilograms } = rack;
  return { location: { site, room, row, position }, capacity: { watts, kilograms } };
}

function plannedItem({ shelf, name, manufacturer, product, watts, kilograms }: ShelfContents): PlannedItem {
  const { kind, amperes, color } = shelf;
  const at = { place: placeOf(shelf), kind, name, manufacturer, product };
  return { ...at, amperes, watts, kilograms, color, reservation: reservationOf(shelf) };
}

export function placeOf({ unit, heightU, face, column, columns, strip }: Shelf): Place {
  return { unit, heightU, face, column, columns, strip };
}

export function reservationOf({ reservation }: Shelf): Reservation | null {
  return reservation && { ...reservation, endsAt: reservation.endsAt?.toISOString() ?? null };
}
