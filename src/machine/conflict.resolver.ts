import type { GraphQLResolveInfo } from "graphql";
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Info,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import type { Context, WriteContext } from "../context.js";
import { forEachInput } from "../errors.js";
import { entityBy } from "../graphql/entity-by.js";
import { idOf } from "../graphql/global-id.js";
import type { Connection } from "../graphql/list/connection.js";
import type { ListArgs } from "../graphql/list/entity-list.js";
import { Payload, type Fresh } from "../graphql/user-errors.js";
import { Conflict } from "./conflict.entity.js";
import { decideConflict } from "./conflict.store.js";
import { Machine } from "./machine.entity.js";
import { conflictList } from "./machine.list.js";
import { MACHINE_KEY, machineByKey } from "./machine.store.js";
import { REGISTRATION_LOCK } from "./registration.store.js";

@ArgsType()
@InputType()
class ConflictDecision {
  @Field(() => ID)
  conflict: string;

  @Field(() => String, { description: MACHINE_KEY })
  machine: string;
}

@ObjectType()
class ConflictPayload extends Payload {
  @Field(() => Conflict, { nullable: true })
  conflict?: Conflict;
}

@ObjectType()
class ConflictsPayload extends Payload {
  @Field(() => [Conflict], { nullable: true })
  conflicts?: Conflict[];
}

@Resolver(() => Conflict)
export class ConflictResolver {
  @Query(() => conflictList.Connection, {
    description:
      "What registrations dispute: who a machine is. Those that a person has decided too; `filter: {resolvedAt: {isNull: true}}` " +
      "gives the open ones. Where machines stand otherwise than planned (moved, swapped, missing, unknown, doubled) is `floorConflicts`.",
  })
  conflicts(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => conflictList.Args) args: ListArgs,
  ): Connection<Conflict> {
    return conflictList.page(context, args, info);
  }

  @Mutation(() => ConflictPayload, {
    description:
      "Says whose port it is. Where a newcomer turns out to be the old machine itself (a swapped board), " +
      "the old machine takes over what the newcomer reported, and the newcomer goes.",
  })
  async resolveConflict(
    @Ctx() context: WriteContext,
    @Args(() => ConflictDecision) decision: ConflictDecision,
  ): Promise<Fresh<ConflictPayload>> {
    return { conflict: await decide(context, decision) };
  }

  @Mutation(() => ConflictsPayload, { description: "As resolveConflict, one after the other, all or none." })
  async resolveConflicts(
    @Ctx() context: WriteContext,
    @Arg("decisions", () => [ConflictDecision]) decisions: ConflictDecision[],
  ): Promise<Fresh<ConflictsPayload>> {
    return { conflicts: await forEachInput("decisions", decisions, (decision) => decide(context, decision)) };
  }

  @FieldResolver(() => Machine, { description: "The machine that was there first." })
  machine(
    @Root("machineId") machineId: Conflict["machineId"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Machine | undefined> {
    return entityBy(context, Machine, "id", machineId, { info });
  }

  @FieldResolver(() => Machine, { description: "The machine that the contradicting report is taken for." })
  otherMachine(
    @Root("otherMachineId") otherMachineId: Conflict["otherMachineId"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Machine | undefined> {
    return entityBy(context, Machine, "id", otherMachineId, { info });
  }
}

async function decide({ app, actor, transaction }: WriteContext, decision: ConflictDecision): Promise<Conflict> {
  // A registration that has read the machines already would write back what this decides.
  await app.database.dialect.lockForTransaction(transaction.manager, REGISTRATION_LOCK);
  const machine = await machineByKey(transaction.manager, decision.machine);
  return decideConflict(transaction, idOf("Conflict", decision.conflict), machine, actor.name, app.now());
}
