import type { App } from "../context.js";
import type { Transaction } from "../db/database.js";
import type { Machine } from "../machine/machine.entity.js";
import { keepPlan, planOf } from "./install-plan.store.js";
import { armAll, type Arming, type LifeContext } from "./installation.store.js";
import { checkBoots } from "./installer-check.js";
import type { Profile } from "./profile.entity.js";

export interface Chosen {
  readonly machine: Machine;
  readonly profile: Profile;
}

/**
 * Permits one installation of each, which wipes the machine.
 *
 * @throws Refusals naming each machine that may not be armed, or whose installer cannot boot
 */
export async function armChosen(
  app: App,
  transaction: Transaction,
  chosen: readonly Chosen[],
  until: Date,
  context: LifeContext,
): Promise<Machine[]> {
  const armings = await withPlans(transaction, chosen);
  const machines = await armAll(app.database, transaction, armings, until, app.secretKey, context);
  // After the states: who is not approved is told that, and not that it has no host name yet.
  await checkBoots(app, transaction.manager, armings);
  return machines;
}

type PlanOf = Pick<Arming, "plan" | "planId">;

/** What each profile is now: many machines have one, or a few, and each is kept once. */
async function withPlans({ manager }: Transaction, chosen: readonly Chosen[]): Promise<Arming[]> {
  const plans = new Map<number, PlanOf>();
  for (const { profile } of chosen) {
    if (plans.has(profile.id)) continue;
    const plan = await planOf(manager, profile);
    plans.set(profile.id, { plan, planId: await keepPlan(manager, plan) });
  }
  return chosen.map(({ machine, profile }) => ({ machine, profile, ...(plans.get(profile.id) as PlanOf) }));
}
