import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver, Root } from "type-graphql";
import { mayDo } from "../../access/refuse.js";
import type { Context, WriteContext } from "../../context.js";
import { forEachInput } from "../../errors.js";
import { entityBy } from "../../graphql/entity-by.js";
import { idOf } from "../../graphql/global-id.js";
import type { Connection } from "../../graphql/list/connection.js";
import type { ListArgs } from "../../graphql/list/entity-list.js";
import type { Fresh } from "../../graphql/user-errors.js";
import { Profile } from "../../install/profile.entity.js";
import { Machine } from "../../machine/machine.entity.js";
import { Shelf } from "../../rack/shelf.entity.js";
import { lockRacks } from "../../rack/taken-places.store.js";
import { ExpectedMachine } from "./expected-machine.entity.js";
import {
  ExpectedMachineInput,
  ExpectedMachinePayload,
  ExpectedMachinesPayload,
  ExpectedMachineUpdate,
  givenPlan,
  plannedPlace,
  planValues,
} from "./expected-machine.inputs.js";
import { cancelExpectedMachine, expectMachine, updateExpectedMachine } from "./expected-machine.store.js";
import { expectedMachineList } from "../placement.list.js";

const ID_FIELD = "expectedMachine";

/** Places that are planned before their machines exist. */
@Resolver(() => ExpectedMachine)
export class ExpectedMachineResolver {
  @Query(() => expectedMachineList.Connection, {
    description: "Those whose machines have appeared too; `filter: {fulfilledAt: {isNull: true}}` gives the open ones.",
  })
  expectedMachines(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => expectedMachineList.Args) args: ListArgs,
  ): Connection<ExpectedMachine> {
    return expectedMachineList.page(context, args, info);
  }

  @Mutation(() => ExpectedMachinePayload, {
    description:
      "Plans a place for a machine that does not exist yet. The machine that appears at a port of that place is approved, " +
      "and has this name, place and profile.",
  })
  async expectMachine(
    @Ctx() context: WriteContext,
    @Args(() => ExpectedMachineInput) input: ExpectedMachineInput,
  ): Promise<Fresh<ExpectedMachinePayload>> {
    return { expectedMachine: await expect(context, input) };
  }

  @Mutation(() => ExpectedMachinesPayload, { description: "As expectMachine, one after the other, all or none." })
  async expectMachines(
    @Ctx() context: WriteContext,
    @Arg("plans", () => [ExpectedMachineInput]) inputs: ExpectedMachineInput[],
  ): Promise<Fresh<ExpectedMachinesPayload>> {
    await lockRacks(context.transaction.manager, context.app.database, inputs);
    return { expectedMachines: await forEachInput("plans", inputs, (input) => expect(context, input)) };
  }

  @Mutation(() => ExpectedMachinePayload, { description: "Changes what is given; its place is its shelf's." })
  async updateExpectedMachine(
    @Ctx() context: WriteContext,
    @Args(() => ExpectedMachineUpdate) update: ExpectedMachineUpdate,
  ): Promise<Fresh<ExpectedMachinePayload>> {
    return { expectedMachine: await change(context, update) };
  }

  @Mutation(() => ExpectedMachinesPayload, { description: "As updateExpectedMachine, all or none." })
  async updateExpectedMachines(
    @Ctx() context: WriteContext,
    @Arg("updates", () => [ExpectedMachineUpdate]) updates: ExpectedMachineUpdate[],
  ): Promise<Fresh<ExpectedMachinesPayload>> {
    return { expectedMachines: await forEachInput("updates", updates, (update) => change(context, update)) };
  }

  @Mutation(() => ExpectedMachinePayload, { description: "Its place and its name are free again." })
  async cancelExpectedMachine(
    @Ctx() { transaction }: WriteContext,
    @Arg("expectedMachine", () => ID) id: string,
  ): Promise<Fresh<ExpectedMachinePayload>> {
    return { expectedMachine: await cancelExpectedMachine(transaction, idOf("ExpectedMachine", id, ID_FIELD)) };
  }

  @Mutation(() => ExpectedMachinesPayload, { description: "As cancelExpectedMachine, all or none." })
  async cancelExpectedMachines(
    @Ctx() { transaction }: WriteContext,
    @Arg("expectedMachines", () => [ID]) ids: string[],
  ): Promise<Fresh<ExpectedMachinesPayload>> {
    const cancel = (id: string) => cancelExpectedMachine(transaction, idOf("ExpectedMachine", id, ID_FIELD));
    return { expectedMachines: await forEachInput("expectedMachines", ids, cancel) };
  }

  @FieldResolver(() => Shelf, { nullable: true, description: "Its place; the machine's own once that has appeared." })
  async shelf(
    @Root("shelfId") shelfId: ExpectedMachine["shelfId"],
    @Root("fulfilledById") fulfilledById: ExpectedMachine["fulfilledById"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Shelf | undefined> {
    if (shelfId !== null) return entityBy(context, Shelf, "id", shelfId, { info });
    return fulfilledById === null ? undefined : entityBy(context, Shelf, "machineId", fulfilledById, { info });
  }

  @FieldResolver(() => Profile, { nullable: true })
  async profile(
    @Root("profileId") profileId: ExpectedMachine["profileId"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Profile | undefined> {
    return profileId === null ? undefined : entityBy(context, Profile, "id", profileId, { info });
  }

  @FieldResolver(() => Machine, { nullable: true, description: "The machine that appeared." })
  async machine(
    @Root("fulfilledById") fulfilledById: ExpectedMachine["fulfilledById"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Machine | undefined> {
    return fulfilledById === null ? undefined : entityBy(context, Machine, "id", fulfilledById, { info });
  }
}

async function expect(
  { app, actor, transaction }: WriteContext,
  input: ExpectedMachineInput,
): Promise<ExpectedMachine> {
  checkMay(actor, input);
  return expectMachine(app.database, transaction, plannedPlace(input), planValues(input), app.now());
}

async function change({ actor, transaction }: WriteContext, update: ExpectedMachineUpdate): Promise<ExpectedMachine> {
  checkMay(actor, update);
  return updateExpectedMachine(
    transaction,
    idOf("ExpectedMachine", update.expectedMachine, ID_FIELD),
    givenPlan(update),
  );
}

/** A plan does later what its planner could do now, and nothing beyond. @throws Forbidden */
function checkMay(actor: Context["actor"], { profile, armsItself, count }: Partial<ExpectedMachineUpdate>): void {
  mayDo(actor, "approveMachines");
  if (profile) mayDo(actor, "assignProfile");
  if (armsItself || count) mayDo(actor, "armMachines");
}
