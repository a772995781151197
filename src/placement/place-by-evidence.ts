import type { App } from "../context.js";
import type { Transaction } from "../db/database.js";
import { CallerError, Refusals } from "../errors.js";
import { armChosen } from "../install/arming.store.js";
import { armedUntil } from "../install/installation.store.js";
import { Machine } from "../machine/machine.entity.js";
import { machineKind } from "../machine/machine.kind.js";
import { machineName } from "../machine/machine-name.js";
import { placeMachine } from "../rack/placement.store.js";
import type { Face } from "../rack/rack-space.js";
import { Shelf } from "../rack/shelf.entity.js";
import { lockRacks } from "../rack/taken-places.store.js";
import { ExpectedMachine } from "./plan/expected-machine.entity.js";
import { spotsOfMachines, type SpotOfMachine } from "./machine-spots.store.js";
import { expectedMachineKind } from "./placement.kinds.js";
import { planFault } from "./plan/plan-fault.js";
import { BY_PLAN, keepMismatch, plansAt, takePlan } from "./plan/take-plan.store.js";

const ARMED_MINUTES = 60;

/**
 * Places those of the machines that stand nowhere and are seen at a port with a rule, and gives those that are expected there
 * what was planned. Whatever is installed, locked or placed already stays as it is, and so does what is ambiguous.
 */
export async function placeByEvidence(
  app: App,
  transaction: Transaction,
  machineIds: readonly number[],
): Promise<void> {
  const spots = await spotsOfMachines(transaction.manager, machineIds, app.now());
  if (spots.length === 0) return;
  await lockRacks(transaction.manager, app.database, spots);
  for (const spot of spots) {
    const machine = { machine: `Machine:${spot.machineId}` };
    const plan = await orBack(app, transaction, machine, () => placeOne(app, transaction, spot));
    if (plan?.armsItself !== true) continue;
    // On its own: what cannot be armed is still placed.
    await orBack(app, transaction, machine, () => armByPlan(app, transaction, plan.id));
  }
}

/** Takes back what one machine's placing has written when it is refused: the others are placed. */
async function orBack<T>(
  app: App,
  { manager }: Transaction,
  machine: Readonly<Record<string, string>>,
  work: () => Promise<T>,
): Promise<T | undefined> {
  await manager.query("SAVEPOINT one_machine");
  try {
    return await work();
  } catch (error) {
    // Whatever it was: PostgreSQL takes no RELEASE after an error, and would tell of that one instead.
    await manager.query("ROLLBACK TO SAVEPOINT one_machine");
    if (!(error instanceof CallerError || error instanceof Refusals)) throw error;
    app.log.warn("not done by evidence", { ...machine, why: error.message });
    return undefined;
  } finally {
    await manager.query("RELEASE SAVEPOINT one_machine");
  }
}

async function placeOne(app: App, transaction: Transaction, spot: SpotOfMachine): Promise<ExpectedMachine | undefined> {
  const { manager } = transaction;
  const { machineId, rack, rackId, unit, column, columns } = spot;
  await app.database.dialect.lockMachines(manager, [machineId]);
  const machine = await manager.findOneBy(Machine, { id: machineId });
  // Compared as a whole at the end: what is taken back to a savepoint is no change.
  await transaction.changes.watch(machineKind, [machineId]);
  if (machine === null || (await manager.existsBy(Shelf, { machineId }))) return undefined;
  const face: Face = spot.face ?? "FULL";
  const plans = await plansAt(manager, rackId, { unit, heightU: 0.5, face, column, columns });
  const [plan] = plans;
  if (plan === undefined) {
    const place = { rack, unit, column, columns, face: spot.face ?? undefined };
    await placeMachine(app.database, transaction, machine.globalId, place, app.now());
    return undefined;
  }
  const name = `ExpectedMachine:${plan.id} (${plan.hostname})`;
  const fault = plans.length > 1 ? "several machines are expected at its port" : planFault(plan, machine);
  if (fault === undefined) {
    await takePlan(app, transaction, machine, plan);
    return plan;
  }
  const where = `port ${spot.port} of ${spot.switch}, rack ${rack} U${unit}`;
  const detail = `${machineName(machine)} appeared at ${where}, where ${name} is expected: ${fault}`;
  await keepMismatch(transaction, machine, detail.slice(0, 1000), app.now());
  return undefined;
}

async function armByPlan(app: App, transaction: Transaction, id: number): Promise<void> {
  const { manager, changes } = transaction;
  const relations = { profile: true, fulfilledBy: true };
  const { profile, fulfilledBy, armsLeft } = await manager.findOneOrFail(ExpectedMachine, { where: { id }, relations });
  if (profile === null || fulfilledBy === null || armsLeft < 1) return;
  await changes.watch(expectedMachineKind, [id]);
  await manager.update(ExpectedMachine, { id }, { armsLeft: armsLeft - 1 });
  const life = { actor: BY_PLAN, now: app.now(), limits: app.lifeLimits };
  const chosen = [{ machine: fulfilledBy, profile }];
  await armChosen(app, transaction, chosen, armedUntil(app.now(), ARMED_MINUTES), life);
}
