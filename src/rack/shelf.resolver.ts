import type { GraphQLResolveInfo } from "graphql";
import { Ctx, FieldResolver, Float, Info, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import { batched } from "../graphql/batched.js";
import { entityBy } from "../graphql/entity-by.js";
import { machineName } from "../machine/machine-name.js";
import { Machine } from "../machine/machine.entity.js";
import { ServerModel } from "./model/server-model.entity.js";
import { modelsVersion, serverModels } from "./model/server-model.store.js";
import { Rack } from "./rack.entity.js";
import { Shelf } from "./shelf.entity.js";

@Resolver(() => Shelf)
export class ShelfResolver {
  @FieldResolver(() => Rack)
  rack(
    @Root("rack") rack: Shelf["rack"],
    @Root("rackId") rackId: Shelf["rackId"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Rack | Promise<Rack | undefined> {
    // Who has just placed a machine has read its rack.
    return rack ?? entityBy(context, Rack, "id", rackId, { info });
  }

  @FieldResolver(() => Machine, { nullable: true, description: "What stands there." })
  async occupant(
    @Root("machineId") machineId: Shelf["machineId"],
    @Ctx() context: Context,
  ): Promise<Machine | undefined> {
    // All of it: its siblings here read it too, and one statement for all is cheaper than a part.
    return machineId === null ? undefined : entityBy(context, Machine, "id", machineId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "The machine's, or what is written on what stands there.",
  })
  async name(@Root() shelf: Shelf, @Ctx() context: Context): Promise<string | null> {
    const machine = await this.occupant(shelf.machineId, context);
    return machine === undefined ? shelf.name : machineName(machine);
  }

  @FieldResolver(() => Float, { nullable: true, description: "What it draws: its own figure, else its model's." })
  async watts(@Root() shelf: Shelf, @Ctx() context: Context): Promise<number | null> {
    return shelf.watts ?? (await this.model(shelf, context))?.watts ?? null;
  }

  @FieldResolver(() => Float, { nullable: true, description: "What it weighs: its own figure, else its model's." })
  async kilograms(@Root() shelf: Shelf, @Ctx() context: Context): Promise<number | null> {
    return shelf.kilograms ?? (await this.model(shelf, context))?.weightKg ?? null;
  }

  @FieldResolver(() => ServerModel, {
    nullable: true,
    description: "The model of what stands there, where it is known.",
  })
  async model(@Root() shelf: Shelf, @Ctx() context: Context): Promise<ServerModel | undefined> {
    const { manufacturer, product } = (await this.occupant(shelf.machineId, context)) ?? shelf;
    const { manager } = context.app.database;
    const models = await batched(context, "server models", "all", async () => {
      return new Map([["all", await serverModels(manager, await modelsVersion(manager))]]);
    });
    return models?.find(manufacturer, product);
  }
}

@Resolver(() => Machine)
export class MachinePlaceResolver {
  @FieldResolver(() => Shelf, { nullable: true, description: "Where it stands." })
  shelf(
    @Root("id") id: Machine["id"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Shelf | undefined> {
    return entityBy(context, Shelf, "machineId", id, { info });
  }
}
