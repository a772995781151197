import type { GraphQLResolveInfo } from "graphql";
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  Float,
  Info,
  Mutation,
  Query,
  registerEnumType,
  Resolver,
  Root,
} from "type-graphql";
import type { Context, WriteContext } from "../context.js";
import { forEachInput } from "../errors.js";
import { batched } from "../graphql/batched.js";
import { entityBy } from "../graphql/entity-by.js";
import type { Connection } from "../graphql/list/connection.js";
import type { ListArgs } from "../graphql/list/entity-list.js";
import type { Fresh } from "../graphql/user-errors.js";
import { Rack } from "./rack.entity.js";
import { Shelf } from "./shelf.entity.js";
import { storedPlansOf } from "./rack-plan.store.js";
import { RackWarningObject } from "./rack-warning.type.js";
import { warningsOf } from "./rack-warnings.js";
import { rackList, shelfList } from "./rack.list.js";
import { spaceTotals, type SpaceTotals } from "./rack-space.js";
import { hasEnded } from "./reservation.js";
import { givenOf, RackInput, RackPayload, RacksPayload, RackUpdate, rackValues } from "./rack.inputs.js";
import { createRack, deleteRack, updateRack, type Occupants } from "./rack.store.js";

const OccupantsEnum = { REFUSE: "REFUSE", UNPLACE: "UNPLACE" } as const satisfies { [what in Occupants]: what };
registerEnumType(OccupantsEnum, {
  name: "Occupants",
  description: "What becomes of what stands in a rack that is deleted.",
  valuesConfig: {
    REFUSE: { description: "The rack is not deleted." },
    UNPLACE: { description: "Machines stand nowhere then; equipment, reservations and N/A go with the rack." },
  },
});
@Resolver(() => Rack)
export class RackResolver {
  @Query(() => Rack, { nullable: true })
  rack(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("name", () => String) name: string,
  ): Promise<Rack | undefined> {
    return entityBy(context, Rack, "name", name, { info });
  }

  @Query(() => rackList.Connection)
  racks(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => rackList.Args) args: ListArgs,
  ): Connection<Rack> {
    return rackList.page(context, args, info);
  }

  @Mutation(() => RackPayload)
  async createRack(
    @Ctx() { transaction }: WriteContext,
    @Args(() => RackInput) input: RackInput,
  ): Promise<Fresh<RackPayload>> {
    return { rack: await createRack(transaction, rackValues(input)) };
  }

  @Mutation(() => RacksPayload, { description: "As createRack, all or none." })
  async createRacks(
    @Ctx() { transaction }: WriteContext,
    @Arg("racks", () => [RackInput]) inputs: RackInput[],
  ): Promise<Fresh<RacksPayload>> {
    return { racks: await forEachInput("racks", inputs, (input) => createRack(transaction, rackValues(input))) };
  }

  @Mutation(() => RackPayload, { description: "Changes what is given." })
  async updateRack(
    @Ctx() { app, transaction }: WriteContext,
    @Args(() => RackUpdate) update: RackUpdate,
  ): Promise<Fresh<RackPayload>> {
    return { rack: await updateRack(app.database, transaction, update.rack, givenOf(update), app.now()) };
  }

  @Mutation(() => RacksPayload, { description: "As updateRack, all or none." })
  async updateRacks(
    @Ctx() { app, transaction }: WriteContext,
    @Arg("updates", () => [RackUpdate]) updates: RackUpdate[],
  ): Promise<Fresh<RacksPayload>> {
    const update = (each: RackUpdate) => updateRack(app.database, transaction, each.rack, givenOf(each), app.now());
    return { racks: await forEachInput("updates", updates, update) };
  }

  @Mutation(() => RackPayload, { description: "Refused while something stands in it, unless `occupants` says more." })
  async deleteRack(
    @Ctx() { app, transaction }: WriteContext,
    @Arg("rack", () => String) rack: string,
    @Arg("occupants", () => OccupantsEnum, { defaultValue: "REFUSE" }) occupants: Occupants,
  ): Promise<Fresh<RackPayload>> {
    return { rack: await deleteRack(app.database, transaction, rack, occupants, app.now()) };
  }

  @Mutation(() => RacksPayload, { description: "As deleteRack, all or none." })
  async deleteRacks(
    @Ctx() { app, transaction }: WriteContext,
    @Arg("racks", () => [String]) names: string[],
    @Arg("occupants", () => OccupantsEnum, { defaultValue: "REFUSE" }) occupants: Occupants,
  ): Promise<Fresh<RacksPayload>> {
    const remove = (name: string) => deleteRack(app.database, transaction, name, occupants, app.now());
    return { racks: await forEachInput("racks", names, remove) };
  }

  @FieldResolver(() => [Shelf], { description: "From the floor up." })
  shelves(
    @Root("id") id: Rack["id"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("filter", () => shelfList.filter.Input, { nullable: true }) filter?: object | null,
  ): Promise<readonly Shelf[]> {
    return shelfList.allOf(context, id, ["rackId"], { filter, orderBy: "UNIT_ASC", info });
  }

  @FieldResolver(() => Float, { description: "Rack units of which at least a part is taken." })
  async usedU(@Root() rack: Rack, @Ctx() context: Context): Promise<number> {
    return (await this.totals(rack, context)).usedU;
  }

  @FieldResolver(() => Float)
  async freeU(@Root() rack: Rack, @Ctx() context: Context): Promise<number> {
    return (await this.totals(rack, context)).freeU;
  }

  @FieldResolver(() => Float, { description: "The tallest thing that fits without moving another." })
  async largestGapU(@Root() rack: Rack, @Ctx() context: Context): Promise<number> {
    return (await this.totals(rack, context)).largestGapU;
  }

  @FieldResolver(() => [RackWarningObject], {
    complexity: 10,
    description: "What is wrong with it: collisions, places outside, overload, reservations that have ended.",
  })
  async warnings(@Root() rack: Rack, @Ctx() context: Context): Promise<RackWarningObject[]> {
    const plan = await batched(context, "plans", rack, async (racks) => {
      const plans = await storedPlansOf(context.app.database.manager, racks);
      return new Map(plans.map((each) => [each.rack, each]));
    });
    if (plan === undefined) return [];
    return warningsOf(plan, context.app.now()).map(({ kind, message, items }) => {
      return { kind, message, shelves: items.map(({ shelf }) => shelf) };
    });
  }

  private async totals(rack: Rack, context: Context): Promise<SpaceTotals> {
    const now = context.app.now();
    const shelves = await shelfList.allOf(context, rack.id, ["rackId"], { orderBy: "UNIT_ASC" });
    return spaceTotals(
      rack,
      shelves.filter((shelf) => !hasEnded(shelf, now)),
    );
  }
}
