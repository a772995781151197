import { In } from "typeorm";
import type { WriteContext } from "../../context.js";
import { CallerError, Conflict, Refusals } from "../../errors.js";
import { machineName } from "../../machine/machine-name.js";
import type { Machine } from "../../machine/machine.entity.js";
import { placeMachine } from "../../rack/placement.store.js";
import { placeOf } from "../../rack/rack-plan.store.js";
import { Rack } from "../../rack/rack.entity.js";
import { Shelf } from "../../rack/shelf.entity.js";
import { lockRacks } from "../../rack/taken-places.store.js";
import { agreementOf } from "./compare-floor.js";
import { observedPlaces } from "./floor.store.js";
import type { Spot } from "../spot.js";
import type { Disagreement, Observed } from "./weigh-sightings.js";

interface Move {
  readonly machine: Machine;
  readonly shelf: Shelf | undefined;
  readonly spot: Spot;
}

/**
 * Writes into the record where machines were seen, all or none: two that have changed places each leave room for the
 * other. Who stands where it was planned stays.
 *
 * @returns the machines that were moved
 * @throws Refusals for every machine that cannot stand there, and for who is in two places
 */
export async function acceptPlaces(context: WriteContext, machines: readonly Machine[]) {
  const { app, transaction } = context;
  const { manager } = transaction;
  const ids = machines.map(({ id }) => id);
  const observed = await observedPlaces(manager, ids, app.now());
  const spots = [...observed.values()].flatMap((each) => (each.kind === "OBSERVED" ? [each.spot] : []));
  await lockRacks(manager, app.database, spots);
  const shelves = await manager.find(Shelf, { where: { machineId: In(ids) } });
  const racks = await manager.findBy(Rack, { id: In(shelves.map(({ rackId }) => rackId)) });
  const nameOf = new Map(racks.map(({ id, name }) => [id, name]));
  const refused: CallerError[] = [];
  const moves = machines.flatMap((machine, index): Move[] => {
    const weighed = observed.get(machine.id) ?? null;
    const shelf = shelves.find(({ machineId }) => machineId === machine.id);
    const room = shelf === undefined ? null : { ...placeOf(shelf), rack: nameOf.get(shelf.rackId) ?? "" };
    if (agreementOf(room, weighed) === "AGREES") return [];
    const why = unclear(machine, weighed);
    if (why === undefined && weighed?.kind === "OBSERVED") return [{ machine, shelf, spot: weighed.spot }];
    if (why !== undefined) refused.push(new Conflict(why, ["machines", String(index)]));
    return [];
  });
  if (refused.length > 0) throw new Refusals(refused);
  await moveAll(context, moves);
  return moves.map(({ machine }) => machine);
}

function unclear(machine: Machine, weighed: Observed | Disagreement | null): string | undefined {
  const name = machineName(machine);
  if (weighed === null) return `nothing tells where ${name} is; read its switch first`;
  if (weighed.kind === "DISAGREEMENT") return `${name} is seen in two places; see floorConflicts, and place it by hand`;
  return undefined;
}

async function moveAll({ app, transaction }: WriteContext, moves: readonly Move[]): Promise<void> {
  const leaving = new Set(moves.map(({ machine }) => machine.id));
  const refused: CallerError[] = [];
  for (const { machine, shelf, spot } of moves) {
    const { rack, unit, column, columns } = spot;
    const face = spot.face ?? shelf?.face;
    const wanted = { rack, unit, column, columns, face, heightU: shelf?.heightU, leaving };
    try {
      await placeMachine(app.database, transaction, machine.globalId, wanted, app.now());
      leaving.delete(machine.id);
    } catch (error) {
      if (!(error instanceof CallerError)) throw error;
      refused.push(new Conflict(`${machineName(machine)}: ${error.message}`, ["machines"], { cause: error }));
    }
  }
  if (refused.length > 0) throw new Refusals(refused);
}
