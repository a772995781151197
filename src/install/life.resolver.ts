import { Arg, Ctx, Int, Mutation, Resolver } from "type-graphql";
import type { Context, WriteContext } from "../context.js";
import type { Transaction } from "../db/database.js";
import { Conflict, forEachInput, InvalidInput } from "../errors.js";
import type { Fresh } from "../graphql/user-errors.js";
import type { Machine } from "../machine/machine.entity.js";
import { MACHINE_KEYS, MachinesPayload } from "../machine/machine.inputs.js";
import { machinesByKey, settleApproved } from "../machine/machine.store.js";
import { checkNameRule, NAME_RULE } from "../machine/name-rule.js";
import { armChosen, type Chosen } from "./arming.store.js";
import { armedUntil, changeLives, type LifeContext } from "./installation.store.js";
import type { LifeEvent } from "./lifecycle.js";
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
  async approveMachines(
    @Ctx() context: WriteContext,
    @Arg("machines", () => [String], { description: MACHINE_KEYS }) keys: string[],
    @Arg("nameRule", () => String, {
      nullable: true,
      description: `How those are named that have no name. ${NAME_RULE} KICKRACK_NAME_RULE when not given; a name is never given twice.`,
    })
    nameRule?: string | null,
  ): Promise<Fresh<MachinesPayload>> {
    const { app, actor, transaction } = context;
    if (nameRule) checkNameRule(nameRule);
    const payload = await change(context, keys, { type: "approve" });
    const rule = nameRule || app.config.nameRule;
    await settleApproved(transaction, payload.machines, actor.name, app.now(), rule);
    return payload;
  }

  @Mutation(() => MachinesPayload, {
    description: "No address from dnsmasq, local disk from the boot plane. An open installation ends.",
  })
  lockMachines(
    @Ctx() context: WriteContext,
    @Arg("machines", () => [String], { description: MACHINE_KEYS }) keys: string[],
  ): Promise<Fresh<MachinesPayload>> {
    return change(context, keys, { type: "lock" });
  }

  @Mutation(() => MachinesPayload)
  unlockMachines(
    @Ctx() context: WriteContext,
    @Arg("machines", () => [String], { description: MACHINE_KEYS }) keys: string[],
  ): Promise<Fresh<MachinesPayload>> {
    return change(context, keys, { type: "unlock" });
  }

  @Mutation(() => MachinesPayload, { description: "Out of service: ignored by dnsmasq. An open installation ends." })
  retireMachines(
    @Ctx() context: WriteContext,
    @Arg("machines", () => [String], { description: MACHINE_KEYS }) keys: string[],
  ): Promise<Fresh<MachinesPayload>> {
    return change(context, keys, { type: "retire" });
  }

  @Mutation(() => MachinesPayload, {
    description:
      "Permits one installation, which WIPES the machine: with this profile or the assigned one, until it begins or " +
      "the minutes are over. `count` has to be the number of machines, spelled out.",
  })
  async armMachines(
    @Ctx() context: WriteContext,
    @Arg("machines", () => [String], { description: MACHINE_KEYS }) keys: string[],
    @Arg("count", () => Int) count: number,
    @Arg("profile", () => String, { nullable: true }) profileName?: string | null,
    @Arg("minutes", () => Int, { defaultValue: DEFAULT_ARMED_MINUTES }) minutes: number = DEFAULT_ARMED_MINUTES,
  ): Promise<Fresh<MachinesPayload>> {
    const { app, transaction } = context;
    if (count !== keys.length) {
      throw new InvalidInput(`count is ${count}, but the list has ${keys.length}; write the number of machines`, [
        "count",
      ]);
    }
    const until = armedUntil(app.now(), minutes);
    const found = await machinesByKey(transaction.manager, keys);
    const chosen = await withProfiles(transaction, found, profileName);
    const machines = await armChosen(app, transaction, chosen, until, lifeContext(context));
    return { machines };
  }

  @Mutation(() => MachinesPayload, {
    description: "Takes the permission back. A machine that is INSTALLING counts as FAILED: its disk was touched.",
  })
  disarmMachines(
    @Ctx() context: WriteContext,
    @Arg("machines", () => [String], { description: MACHINE_KEYS }) keys: string[],
  ): Promise<Fresh<MachinesPayload>> {
    return change(context, keys, { type: "disarm" });
  }
}

async function change(context: WriteContext, keys: string[], event: LifeEvent) {
  const { app, transaction } = context;
  const found = await machinesByKey(transaction.manager, keys);
  return { machines: await changeLives(app.database, transaction, found, event, lifeContext(context)) };
}

function lifeContext({ app, actor }: Context): LifeContext {
  return { actor: actor.name, now: app.now(), limits: app.lifeLimits };
}

async function withProfiles(
  { manager }: Transaction,
  machines: readonly Machine[],
  name: string | null | undefined,
): Promise<Chosen[]> {
  if (name) {
    const profile = await profileNamed(manager, name);
    return machines.map((machine) => ({ machine, profile }));
  }
  const assigned = await assignedProfiles(
    manager,
    machines.map(({ id }) => id),
  );
  return forEachInput("machines", machines, (machine) => {
    const profile = assigned.get(machine.id);
    if (profile !== undefined) return Promise.resolve({ machine, profile });
    throw new Conflict(`Machine:${machine.id} has no profile; give one here, or assign one first`);
  });
}
