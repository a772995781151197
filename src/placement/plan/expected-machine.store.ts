import type { EntityManager } from "typeorm";
import type { Database, Transaction } from "../../db/database.js";
import { insertWithId } from "../../db/insert-with-id.js";
import { Conflict, InvalidInput, NotFound } from "../../errors.js";
import { profileNamed } from "../../install/profile.store.js";
import { parseHostname } from "../../machine/hostname.js";
import { holdersOf, lockNames } from "../../machine/machine-names.store.js";
import { modelsVersion, serverModels } from "../../rack/model/server-model.store.js";
import { line, within } from "../../rack/rack-values.js";
import { deleteShelves } from "../../rack/room.store.js";
import { addShelf, type RackPlace } from "../../rack/shelf.store.js";
import { ExpectedMachine } from "./expected-machine.entity.js";
import { expectedMachineKind } from "../placement.kinds.js";

/** What is planned of a machine that nobody has seen. */
export interface PlanValues {
  readonly hostname: string;
  readonly profile: string | null;
  readonly manufacturer: string | null;
  readonly product: string | null;
  readonly serialNumber: string | null;
  readonly armsItself: boolean;
  /** How often it may be armed by itself. */
  readonly armsLeft: number;
}

/** Height and face are the model's where they are not given. */
export type PlannedPlace = Omit<RackPlace, "heightU" | "face"> & Partial<Pick<RackPlace, "heightU" | "face">>;

/** Keeps a place and a name for a machine. @throws InvalidInput, NotFound, Conflict that names who has the place or name */
export async function expectMachine(
  database: Database,
  transaction: Transaction,
  place: PlannedPlace,
  values: PlanValues,
  now: Date,
): Promise<ExpectedMachine> {
  const { manager, changes } = transaction;
  const columns = await planColumns(manager, values);
  await checkNameFree(manager, columns.hostname, undefined);
  const models = await serverModels(manager, await modelsVersion(manager));
  const model = models.find(columns.manufacturer, columns.product);
  const room: RackPlace = {
    ...place,
    heightU: place.heightU ?? model?.heightU ?? 1,
    face: place.face ?? (model?.fullDepth === false ? "FRONT" : "FULL"),
  };
  const reserved = { kind: "RESERVED", owner: columns.hostname, reason: "its machine is expected" } as const;
  const shelf = await addShelf(database, transaction, room, reserved, now);
  const plan = manager.create(ExpectedMachine, { ...columns, shelfId: shelf.id, fulfilledById: null });
  await manager.save(plan);
  changes.created(expectedMachineKind, [plan.id]);
  return plan;
}

/** Changes what is given of a plan that is open. @throws NotFound, InvalidInput, Conflict */
export async function updateExpectedMachine(
  transaction: Transaction,
  id: number,
  given: Partial<PlanValues>,
): Promise<ExpectedMachine> {
  const { manager, changes } = transaction;
  const plan = await openPlan(manager, id);
  await changes.watch(expectedMachineKind, [id]);
  const columns = await planColumns(manager, { ...plan, profile: plan.profile?.name ?? null, ...given });
  if (columns.hostname !== plan.hostname) await checkNameFree(manager, columns.hostname, plan);
  await manager.update(ExpectedMachine, { id }, columns);
  return manager.findOneByOrFail(ExpectedMachine, { id });
}

/** Nobody is expected any more, and the place is free. @throws NotFound, Conflict when its machine has appeared */
export async function cancelExpectedMachine(transaction: Transaction, id: number): Promise<ExpectedMachine> {
  const plan = await openPlan(transaction.manager, id);
  const { shelfId } = plan;
  await forgetPlan(transaction, id);
  if (shelfId !== null) await deleteShelves(transaction, [shelfId]);
  return plan;
}

/** The plan alone: its shelf is taken back on its own. */
export async function forgetPlan({ manager, changes }: Transaction, id: number): Promise<void> {
  await changes.watch(expectedMachineKind, [id]);
  await manager.delete(ExpectedMachine, { id });
}

/** A plan that was cancelled, under its old id, on its shelf that is there again. @throws Conflict */
export async function recreatePlan(
  { manager, changes }: Transaction,
  id: number,
  shelfId: number | null,
  values: PlanValues,
): Promise<void> {
  const columns = await planColumns(manager, values);
  await checkNameFree(manager, columns.hostname, undefined);
  await insertWithId(manager, ExpectedMachine, { id, ...columns, shelfId });
  changes.created(expectedMachineKind, [id]);
}

async function openPlan(manager: EntityManager, id: number): Promise<ExpectedMachine> {
  await lockNames(manager);
  const plan = await manager.findOne(ExpectedMachine, { where: { id }, relations: { profile: true } });
  if (plan === null) throw new NotFound(`no expected machine ExpectedMachine:${id}`, ["expectedMachine"]);
  if (plan.fulfilledAt === null) return plan;
  throw new Conflict(`its machine has appeared: Machine:${plan.fulfilledById}`, ["expectedMachine"]);
}

async function planColumns(manager: EntityManager, values: PlanValues) {
  const { armsItself } = values;
  const profile = values.profile === null ? null : await profileNamed(manager, values.profile);
  if (armsItself && profile === null) {
    throw new InvalidInput("a machine that arms itself takes a profile; name it", ["profile"]);
  }
  const armsLeft = within("count", values.armsLeft, 0, 100) ?? 0;
  if (armsItself && armsLeft === 0) {
    throw new InvalidInput("write how often the machine may be armed by itself; 1 is once", ["count"]);
  }
  return {
    hostname: parseHostname(values.hostname),
    profileId: profile?.id ?? null,
    manufacturer: line("manufacturer", values.manufacturer, 256),
    product: line("product", values.product, 256),
    serialNumber: line("serialNumber", values.serialNumber, 256),
    armsItself,
    armsLeft: armsItself ? armsLeft : 0,
  };
}

async function checkNameFree(
  manager: EntityManager,
  hostname: string,
  own: ExpectedMachine | undefined,
): Promise<void> {
  await lockNames(manager);
  const holder = (await holdersOf(manager, [hostname])).get(hostname);
  if (holder === undefined || holder === own?.globalId) return;
  throw new Conflict(`${hostname} is the name of ${holder} already`, ["hostname"]);
}
