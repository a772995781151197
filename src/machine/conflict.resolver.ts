import { Arg, Args, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from "type-graphql";
import { IsNull } from "typeorm";
import type { Context } from "../context.js";
import { connectionType, page, PageArgs, type Connection } from "../graphql/connection.js";
import { idOf } from "../graphql/global-id.js";
import { attempt, Payload } from "../graphql/user-errors.js";
import { Conflict } from "./conflict.entity.js";
import { decideConflict } from "./conflict.store.js";
import { Machine } from "./machine.entity.js";
import { machineById } from "./machine-by-id.js";
import { MACHINE_KEY, machineByKey } from "./machine.store.js";
import { REGISTRATION_LOCK } from "./registration.store.js";

const ConflictConnection = connectionType("Conflict", Conflict);

@ObjectType()
class ConflictPayload extends Payload {
  @Field(() => Conflict, { nullable: true })
  conflict?: Conflict;
}

@Resolver(() => Conflict)
export class ConflictResolver {
  @Query(() => ConflictConnection, { description: "Open ones; with `resolved`, those too that a person has decided." })
  conflicts(
    @Ctx() { app }: Context,
    @Args(() => PageArgs) args: PageArgs,
    @Arg("resolved", () => Boolean, { defaultValue: false }) resolved: boolean,
  ): Promise<Connection<Conflict>> {
    return page(app.database.manager, Conflict, args, resolved ? {} : { resolvedAt: IsNull() });
  }

  @Mutation(() => ConflictPayload, {
    description:
      "Says whose port it is. Where a newcomer turns out to be the old machine itself (a swapped board), " +
      "the old machine takes over what the newcomer reported, and the newcomer goes.",
  })
  resolveConflict(
    @Ctx() { app, actor }: Context,
    @Arg("conflict", () => ID) conflict: string,
    @Arg("machine", () => String, { description: MACHINE_KEY }) key: string,
  ): Promise<ConflictPayload> {
    return attempt(() =>
      app.database.write(async (transaction) => {
        // A registration that has read the machines already would write back what this decides.
        await app.database.dialect.lockForTransaction(transaction.manager, REGISTRATION_LOCK);
        const machine = await machineByKey(transaction.manager, key);
        const id = idOf("Conflict", conflict);
        return { conflict: await decideConflict(transaction, id, machine, actor.name, app.now()) };
      }),
    );
  }

  @FieldResolver(() => Machine, { description: "The machine that was there first." })
  machine(@Root() { machineId }: Conflict, @Ctx() context: Context): Promise<Machine | undefined> {
    return machineById(context, machineId);
  }

  @FieldResolver(() => Machine, { description: "The machine that the contradicting report is taken for." })
  otherMachine(@Root() { otherMachineId }: Conflict, @Ctx() context: Context): Promise<Machine | undefined> {
    return machineById(context, otherMachineId);
  }
}
