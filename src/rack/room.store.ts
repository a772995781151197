import { In, type EntityManager } from "typeorm";
import type { Transaction } from "../db/database.js";
import { dialectOf } from "../db/dialect.js";
import { Statement } from "../db/statement.js";
import { Conflict } from "../errors.js";
import type { Rack } from "./rack.entity.js";
import { checkPlace, halfUnits, highestFreeStart, placesInTheWay, type Place } from "./rack-space.js";
import { hasEnded } from "./reservation.js";
import { Shelf } from "./shelf.entity.js";
import { shelfKind } from "./shelf.kind.js";
import { kindWord, type ShelfKind } from "./shelf-kind.js";
import { takenLabel, type LockedRack, type TakenPlace } from "./taken-places.store.js";

/** Who wants a place. */
export interface Comer {
  readonly kind: ShelfKind;
  /** What of the rack is not in its way, such as where it stands itself. */
  readonly isOwn: (taken: TakenPlace) => boolean;
}

/**
 * Makes sure that a place lies inside the rack and is free. A reservation that has ended is in nobody's way: those that
 * the place would overlap go.
 *
 * @throws InvalidInput when it does not fit the rack, Conflict that names who is in the way
 */
export async function makeRoom(
  transaction: Transaction,
  { rack, taken }: Pick<LockedRack, "rack" | "taken">,
  place: Place,
  { kind, isOwn }: Comer,
  now: Date,
): Promise<void> {
  const others = taken.filter((each) => !isOwn(each));
  const [ended, standing] = [
    others.filter((each) => hasEnded(each, now)),
    others.filter((each) => !hasEnded(each, now)),
  ];
  checkPlace(rack, place, { rackName: rack.name, others: standing, thing: kindWord(kind) });
  checkFree(rack, place, standing);
  await deleteShelves(
    transaction,
    placesInTheWay(place, ended).map(({ id }) => id),
  );
}

/** @throws Conflict that names who is in the way */
function checkFree(rack: Rack, place: Place, others: readonly TakenPlace[]): void {
  const inTheWay = placesInTheWay(place, others);
  if (inTheWay.length === 0) return;
  const free = highestFreeStart(rack, place, others);
  const advice = free === undefined ? "nothing of that height is free" : `the highest free start is U${free}`;
  const stand = inTheWay.length === 1 ? "stands" : "stand";
  const names = inTheWay.map(takenLabel).join(" and ");
  throw new Conflict(`${names} ${stand} there in rack ${rack.name}; ${advice}`, ["unit"]);
}

/** Shelves on which no machine stands. */
export async function deleteShelves({ manager, changes }: Transaction, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await checkNotPlanned(manager, ids);
  await changes.watch(shelfKind, ids);
  await manager.delete(Shelf, { id: In([...ids]) });
}

/** Plain SQL over another feature's table, as in machine.kind.ts. @throws Conflict that names who is expected there */
async function checkNotPlanned(manager: EntityManager, ids: readonly number[]): Promise<void> {
  const statement = new Statement(dialectOf(manager));
  const text = `SELECT id, hostname FROM expected_machine WHERE ${statement.isAmong("shelf_id", ids)} ORDER BY id`;
  const [plan] = await statement.rows(manager, text);
  if (plan === undefined) return;
  const who = `ExpectedMachine:${plan.id as number} (${plan.hostname as string})`;
  throw new Conflict(`${who} is expected there; cancelExpectedMachine first`, ["shelf"]);
}

/** A place as the shelf's table has it. */
export function placeColumns(rack: Rack, { unit, heightU, face, column, columns, strip }: Place) {
  return {
    rackId: rack.id,
    unitHalfU: halfUnits(unit, "the unit"),
    heightHalfU: halfUnits(heightU, "the height"),
    face,
    column,
    columns,
    strip: strip ?? null,
  };
}
