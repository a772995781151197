import { IsNull, type EntityManager } from "typeorm";
import type { App } from "../../context.js";
import type { Transaction } from "../../db/database.js";
import { changeLives } from "../../install/installation.store.js";
import { assignProfile } from "../../install/profile.store.js";
import { Conflict } from "../../machine/conflict.entity.js";
import { conflictKind } from "../../machine/conflict.kind.js";
import { EthernetInterface, type Machine } from "../../machine/machine.entity.js";
import { renameMachine, settleApproved } from "../../machine/machine.store.js";
import { placeMachine } from "../../rack/placement.store.js";
import { overlaps, type Place } from "../../rack/rack-space.js";
import { ExpectedMachine } from "./expected-machine.entity.js";
import { expectedMachineKind } from "../placement.kinds.js";

/** Who does what a plan says, for the history. */
export const BY_PLAN = "its plan";

/** The plans that are open in this rack and want a part of this place; one that begins there alone, where one does. */
export async function plansAt(manager: EntityManager, rackId: number, place: Place): Promise<ExpectedMachine[]> {
  const plans = await manager.find(ExpectedMachine, {
    where: { fulfilledAt: IsNull(), shelf: { rackId } },
    relations: { shelf: { rack: true }, profile: true },
  });
  const near = plans.filter(({ shelf }) => shelf !== null && overlaps(shelf, place));
  const exact = near.filter(({ shelf }) => shelf?.unit === place.unit);
  return exact.length > 0 ? exact : near;
}

/** The machine that was planned is there: name, place and profile are its own now, and it is approved. */
export async function takePlan(
  { database, lifeLimits, config, now }: App,
  transaction: Transaction,
  machine: Machine,
  plan: ExpectedMachine,
): Promise<void> {
  const { manager, changes } = transaction;
  const { shelf } = plan;
  if (shelf === null) return;
  await changes.watch(expectedMachineKind, [plan.id]);
  const fulfilled = { shelfId: null, fulfilledById: machine.id, fulfilledAt: now() };
  await manager.update(ExpectedMachine, { id: plan.id }, fulfilled);
  const { unit, heightU, face, column, columns, strip } = shelf;
  const place = { rack: shelf.rack.name, unit, heightU, face, column, columns, strip, reservation: shelf.id };
  await placeMachine(database, transaction, machine.globalId, place, now());
  await renameMachine(transaction, machine, plan.hostname);
  if (plan.profile !== null) await assignProfile(transaction, [machine], plan.profile);
  if (machine.state === "DISCOVERED") {
    const life = { actor: BY_PLAN, now: now(), limits: lifeLimits };
    await changeLives(database, transaction, [machine], { type: "approve" }, life);
    await settleApproved(transaction, [machine], BY_PLAN, now(), config.nameRule);
  }
  await endMismatch(transaction, machine, now());
}

/** The machine that appeared is not the one that was planned: a person decides. */
export async function keepMismatch(
  { manager, changes }: Transaction,
  machine: Machine,
  detail: string,
  now: Date,
): Promise<void> {
  const port = await manager.findOne(EthernetInterface, { where: { machineId: machine.id }, order: { id: "ASC" } });
  if (port === null) return;
  const identity = { machineId: machine.id, otherMachineId: machine.id, macAddress: port.macAddress };
  const known = await manager.findOneBy(Conflict, identity);
  // Decided, and nothing new since.
  if (known !== null && known.resolvedAt !== null && known.detail === detail) return;
  if (known !== null) await changes.watch(conflictKind, [known.id]);
  const kept = await manager.save(
    manager.create(Conflict, {
      ...(known ?? { ...identity, firstSeenAt: now }),
      ...{ kind: "PLAN_MISMATCH", detail, count: (known?.count ?? 0) + 1, lastSeenAt: now },
      ...{ resolvedAt: null, resolvedBy: null },
    }),
  );
  if (known === null) changes.created(conflictKind, [kept.id]);
}

async function endMismatch({ manager, changes }: Transaction, { id }: Machine, now: Date): Promise<void> {
  const where = { machineId: id, kind: "PLAN_MISMATCH", resolvedAt: IsNull() } as const;
  const open = await manager.findBy(Conflict, where);
  await changes.watch(
    conflictKind,
    open.map((each) => each.id),
  );
  await manager.update(Conflict, where, { resolvedAt: now, resolvedBy: BY_PLAN });
}
