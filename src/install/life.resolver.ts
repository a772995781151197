import { Arg, Ctx, Int, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import type { Transaction } from "../db/database.js";
import { CallerError, Conflict, InvalidInput } from "../errors.js";
import { attempt } from "../graphql/user-errors.js";
import { machineName } from "../machine/machine-name.js";
import type { Machine } from "../machine/machine.entity.js";
import { MACHINE_KEYS, MachinesPayload } from "../machine/machine.resolver.js";
import { machinesByKey, RefusedInputs, settleApproved } from "../machine/machine.store.js";
import { armAll, armedUntil, changeLives, type LifeContext } from "./installation.store.js";
import { checkBoot } from "./installer-check.js";
import type { LifeEvent } from "./lifecycle.js";
import type { Profile } from "./profile.entity.js";
import { assignedProfiles, profileNamed } from "./profile.store.js";

const DEFAULT_ARMED_MINUTES = 60;

/** What people do with machines, all or none of a list. */
@Resolver()
export class LifeResolver {
  @Mutation(() => MachinesPayload, {
    description:
      "Accepts discovered machines (and takes retired ones back): they are READY, have a host name and stand in the " +
      "hostsfile. For machines approved before, it accepts ports that claimed to be theirs since.",
  })
  approveMachines(
    @Ctx() context: Context,
    @Arg("machines", () => [String], { description: MACHINE_KEYS }) keys: string[],
  ): Promise<MachinesPayload> {
    return change(context, keys, { type: "approve" }, (transaction, machines) =>
      settleApproved(transaction, machines, context.actor.name, context.app.now()),
    );
  }

  @Mutation(() => MachinesPayload, {
    description: "No address from dnsmasq, local disk from the boot plane. An open installation ends.",
  })
  lockMachines(
    @Ctx() context: Context,
    @Arg("machines", () => [String], { description: MACHINE_KEYS }) keys: string[],
  ): Promise<MachinesPayload> {
    return change(context, keys, { type: "lock" });
  }

  @Mutation(() => MachinesPayload)
  unlockMachines(
    @Ctx() context: Context,
    @Arg("machines", () => [String], { description: MACHINE_KEYS }) keys: string[],
  ): Promise<MachinesPayload> {
    return change(context, keys, { type: "unlock" });
  }

  @Mutation(() => MachinesPayload, { description: "Out of service: ignored by dnsmasq. An open installation ends." })
  retireMachines(
    @Ctx() context: Context,
    @Arg("machines", () => [String], { description: MACHINE_KEYS }) keys: string[],
  ): Promise<MachinesPayload> {
    return change(context, keys, { type: "retire" });
  }

  @Mutation(() => MachinesPayload, {
    description:
      "Permits one installation, which WIPES the machine: with this profile or the assigned one, until it begins or " +
      "the minutes are over. `count` has to be the number of machines, spelled out.",
  })
  armMachines(
    @Ctx() context: Context,
    @Arg("machines", () => [String], { description: MACHINE_KEYS }) keys: string[],
    @Arg("count", () => Int) count: number,
    @Arg("profile", () => String, { nullable: true }) profileName?: string | null,
    @Arg("minutes", () => Int, { defaultValue: DEFAULT_ARMED_MINUTES }) minutes: number = DEFAULT_ARMED_MINUTES,
  ): Promise<MachinesPayload> {
    const { app } = context;
    return attempt(async () => {
      if (count !== keys.length) {
        throw new InvalidInput(`count is ${count}, but the list has ${keys.length}; write the number of machines`, [
          "count",
        ]);
      }
      const until = armedUntil(app.now(), minutes);
      const machines = await app.database.write(async (transaction) => {
        const found = await machinesByKey(transaction.manager, keys);
        const armings = await withProfiles(transaction, found, profileName);
        const armed = await armAll(app.database, transaction, armings, until, app.secretKey, lifeContext(context));
        // After the states: who is not approved is told that, and not that it has no host name yet.
        await checkBoots(context, transaction, armings);
        return armed;
      });
      return { machines };
    });
  }

  @Mutation(() => MachinesPayload, {
    description: "Takes the permission back. A machine that is INSTALLING counts as FAILED: its disk was touched.",
  })
  disarmMachines(
    @Ctx() context: Context,
    @Arg("machines", () => [String], { description: MACHINE_KEYS }) keys: string[],
  ): Promise<MachinesPayload> {
    return change(context, keys, { type: "disarm" });
  }
}

function change(
  context: Context,
  keys: string[],
  event: LifeEvent,
  also?: (transaction: Transaction, machines: Machine[]) => Promise<void>,
): Promise<MachinesPayload> {
  const { database } = context.app;
  return attempt(async () => {
    const machines = await database.write(async (transaction) => {
      const found = await machinesByKey(transaction.manager, keys);
      const changed = await changeLives(database, transaction, found, event, lifeContext(context));
      await also?.(transaction, changed);
      return changed;
    });
    return { machines };
  });
}

function lifeContext({ app, actor }: Context): LifeContext {
  return { actor: actor.name, now: app.now(), limits: app.lifeLimits };
}

/** @throws RefusedInputs naming each machine that would not get its installer, and why */
async function checkBoots(
  { app }: Context,
  { manager }: Transaction,
  armings: ReadonlyArray<{ machine: Machine; profile: Profile }>,
): Promise<void> {
  const refusals = [];
  for (const [index, { machine, profile }] of armings.entries()) {
    try {
      await checkBoot(app, manager, machine, profile);
    } catch (error) {
      if (!(error instanceof CallerError)) throw error;
      refusals.push({ index, error: new Conflict(`${machineName(machine)}: ${error.message}`) });
    }
  }
  if (refusals.length > 0) throw new RefusedInputs(refusals);
}

async function withProfiles(
  { manager }: Transaction,
  machines: readonly Machine[],
  name: string | null | undefined,
): Promise<Array<{ machine: Machine; profile: Profile }>> {
  if (name) {
    const profile = await profileNamed(manager, name);
    return machines.map((machine) => ({ machine, profile }));
  }
  const assigned = await assignedProfiles(
    manager,
    machines.map(({ id }) => id),
  );
  const refusals = machines.flatMap((machine, index) => {
    if (assigned.has(machine.id)) return [];
    const error = new Conflict(`Machine:${machine.id} has no profile; give one here, or assign one first`);
    return [{ index, error }];
  });
  if (refusals.length > 0) throw new RefusedInputs(refusals);
  return machines.map((machine) => ({ machine, profile: assigned.get(machine.id) as Profile }));
}
