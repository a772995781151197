import { Arg, Args, Ctx, FieldResolver, Float, Mutation, Query, registerEnumType, Resolver, Root } from "type-graphql";
import type { Context, WriteContext } from "../context.js";
import { forEachInput } from "../errors.js";
import { batched } from "../graphql/batched.js";
import { entityBy } from "../graphql/entity-by.js";
import type { Connection } from "../graphql/list/connection.js";
import type { ListArgs } from "../graphql/list/entity-list.js";
import type { Fresh } from "../graphql/user-errors.js";
import { Machine } from "../machine/machine.entity.js";
import { MACHINE_KEYS, MachinePayload, MachinesPayload } from "../machine/machine.inputs.js";
import { machineName } from "../machine/machine-name.js";
import { MACHINE_KEY, machineByKey, machinesByKey } from "../machine/machine.store.js";
import { drawRacks } from "./drawing/draw.js";
import { type DrawnFace, THEMES, type Theme } from "./drawing/draw-options.js";
import type { RackElevation } from "./drawing/elevation.js";
import { elevationsOf } from "./drawing/elevation.store.js";
import { Rack } from "./rack.entity.js";
import { Shelf } from "./shelf.entity.js";
import { rackList, serverModelList, shelfList } from "./rack.list.js";
import { spaceTotals } from "./rack-space.js";
import {
  givenOf,
  PlacementInput,
  RackInput,
  RackPayload,
  RacksPayload,
  RackUpdate,
  rackValues,
  ShelfPayload,
  ShelvesPayload,
} from "./rack.inputs.js";
import { placeMachine, unplaceMachine } from "./placement.store.js";
import { createRack, deleteRack, updateRack } from "./rack.store.js";
import { ServerModel } from "./model/server-model.entity.js";
import { modelsVersion, serverModels } from "./model/server-model.store.js";

const ViewedFaceEnum = { FRONT: "FRONT", REAR: "REAR", BOTH: "BOTH" } as const satisfies { [face in DrawnFace]: face };
registerEnumType(ViewedFaceEnum, {
  name: "ViewedFace",
  description: "The side of the rack one looks at; BOTH draws the rear beside the front.",
});
const ThemeEnum = Object.fromEntries(THEMES.map((theme) => [theme.toUpperCase(), theme]));
registerEnumType(ThemeEnum, {
  name: "Theme",
  description:
    "AUTO follows the viewer's light or dark setting; PRINT is black ink on white, CLASSIC rackdiag's own look.",
});

@Resolver(() => Rack)
export class RackResolver {
  @Query(() => Rack, { nullable: true })
  rack(@Ctx() context: Context, @Arg("name", () => String) name: string): Promise<Rack | undefined> {
    return entityBy(context, Rack, "name", name);
  }

  @Query(() => rackList.Connection)
  racks(@Ctx() context: Context, @Args(() => rackList.Args) args: ListArgs): Connection<Rack> {
    return rackList.page(context, args);
  }

  @Query(() => ServerModel, { nullable: true, description: "The model that fits what SMBIOS says of a machine." })
  async model(
    @Ctx() { app: { database } }: Context,
    @Arg("manufacturer", () => String) manufacturer: string,
    @Arg("product", () => String) product: string,
  ): Promise<ServerModel | undefined> {
    const models = await serverModels(database.manager, await modelsVersion(database.manager));
    return models.find(manufacturer, product);
  }

  @Query(() => serverModelList.Connection, { description: "Sizes of servers by maker and product." })
  models(@Ctx() context: Context, @Args(() => serverModelList.Args) args: ListArgs): Connection<ServerModel> {
    return serverModelList.page(context, args);
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
    return { rack: await updateRack(app.database, transaction, update.rack, givenOf(update)) };
  }

  @Mutation(() => RacksPayload, { description: "As updateRack, all or none." })
  async updateRacks(
    @Ctx() { app, transaction }: WriteContext,
    @Arg("updates", () => [RackUpdate]) updates: RackUpdate[],
  ): Promise<Fresh<RacksPayload>> {
    const update = (each: RackUpdate) => updateRack(app.database, transaction, each.rack, givenOf(each));
    return { racks: await forEachInput("updates", updates, update) };
  }

  @Mutation(() => RackPayload, { description: "Refused while something stands in it." })
  async deleteRack(
    @Ctx() { app, transaction }: WriteContext,
    @Arg("rack", () => String) rack: string,
  ): Promise<Fresh<RackPayload>> {
    return { rack: await deleteRack(app.database, transaction, rack) };
  }

  @Mutation(() => RacksPayload, { description: "As deleteRack, all or none." })
  async deleteRacks(
    @Ctx() { app, transaction }: WriteContext,
    @Arg("racks", () => [String]) names: string[],
  ): Promise<Fresh<RacksPayload>> {
    return { racks: await forEachInput("racks", names, (name) => deleteRack(app.database, transaction, name)) };
  }

  @Mutation(() => ShelfPayload, { description: "Puts a machine into a rack, or moves it there." })
  async placeMachine(
    @Ctx() context: WriteContext,
    @Args(() => PlacementInput) input: PlacementInput,
  ): Promise<Fresh<ShelfPayload>> {
    return { shelf: await place(context, input) };
  }

  @Mutation(() => ShelvesPayload, { description: "As placeMachine, one after the other, all or none." })
  async placeMachines(
    @Ctx() context: WriteContext,
    @Arg("placements", () => [PlacementInput]) inputs: PlacementInput[],
  ): Promise<Fresh<ShelvesPayload>> {
    return { shelves: await forEachInput("placements", inputs, (input) => place(context, input)) };
  }

  @Mutation(() => MachinePayload, { description: "Takes a machine out of its rack." })
  async unplaceMachine(
    @Ctx() { transaction }: WriteContext,
    @Arg("machine", () => String, { description: MACHINE_KEY }) key: string,
  ): Promise<Fresh<MachinePayload>> {
    const machine = await machineByKey(transaction.manager, key);
    await unplaceMachine(transaction, machine);
    return { machine };
  }

  @Mutation(() => MachinesPayload, { description: "As unplaceMachine, all or none." })
  async unplaceMachines(
    @Ctx() { transaction }: WriteContext,
    @Arg("machines", () => [String], { description: MACHINE_KEYS }) keys: string[],
  ): Promise<Fresh<MachinesPayload>> {
    const machines = await machinesByKey(transaction.manager, keys);
    for (const machine of machines) await unplaceMachine(transaction, machine);
    return { machines };
  }

  @FieldResolver(() => [Shelf], { description: "From the floor up." })
  shelves(
    @Root() { id }: Rack,
    @Ctx() context: Context,
    @Arg("filter", () => shelfList.filter.Input, { nullable: true }) filter?: object | null,
  ): Promise<readonly Shelf[]> {
    return shelfList.allOf(context, id, ["rackId"], filter, "UNIT_ASC");
  }

  @FieldResolver(() => Float, { description: "Rack units of which at least a part is taken." })
  async usedU(@Root() rack: Rack, @Ctx() context: Context): Promise<number> {
    return spaceTotals(rack, await this.shelves(rack, context)).usedU;
  }

  @FieldResolver(() => Float)
  async freeU(@Root() rack: Rack, @Ctx() context: Context): Promise<number> {
    return spaceTotals(rack, await this.shelves(rack, context)).freeU;
  }

  @FieldResolver(() => String, { description: "The rack as an SVG document.", complexity: 100 })
  async diagram(
    @Root() rack: Rack,
    @Ctx() context: Context,
    @Arg("face", () => ViewedFaceEnum, { defaultValue: "FRONT" }) face: DrawnFace,
    @Arg("theme", () => ThemeEnum, { defaultValue: "auto" }) theme: Theme,
  ): Promise<string> {
    const elevation = await batched(context, "elevations", rack, async (racks): Promise<Map<Rack, RackElevation>> => {
      const elevations = await elevationsOf(context.app.database.manager, racks);
      return new Map(racks.map((each, i) => [each, elevations[i] as RackElevation]));
    });
    return drawRacks([elevation as RackElevation], { face, theme, colorBy: { by: "STATE" } });
  }
}

async function place({ app, transaction }: WriteContext, input: PlacementInput): Promise<Shelf> {
  const { machine: key, heightU, face, strip, ...wanted } = input;
  const machine = await machineByKey(transaction.manager, key);
  const placement = { ...wanted, heightU: heightU ?? undefined, face: face ?? undefined, strip };
  return placeMachine(app.database, transaction, machine, placement);
}

@Resolver(() => Shelf)
export class ShelfResolver {
  @FieldResolver(() => Rack)
  rack(@Root() { rack, rackId }: Shelf, @Ctx() context: Context): Rack | Promise<Rack | undefined> {
    // Who has just placed a machine has read its rack.
    return rack ?? entityBy(context, Rack, "id", rackId);
  }

  @FieldResolver(() => Machine, { nullable: true, description: "What stands there." })
  async occupant(@Root() { machineId }: Shelf, @Ctx() context: Context): Promise<Machine | undefined> {
    return machineId === null ? undefined : entityBy(context, Machine, "id", machineId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "The machine's, or what is written on what stands there.",
  })
  async name(@Root() shelf: Shelf, @Ctx() context: Context): Promise<string | null> {
    const machine = await this.occupant(shelf, context);
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
    const { manufacturer, product } = (await this.occupant(shelf, context)) ?? shelf;
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
  shelf(@Root() { id }: Machine, @Ctx() context: Context): Promise<Shelf | undefined> {
    return entityBy(context, Shelf, "machineId", id);
  }
}
