import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  Float,
  Int,
  Mutation,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
  Root,
} from "type-graphql";
import { In } from "typeorm";
import type { Context } from "../context.js";
import { batched, groupBy } from "../graphql/batched.js";
import { connectionType, page, PageArgs, type Connection } from "../graphql/connection.js";
import { attempt, Payload } from "../graphql/user-errors.js";
import { machineById } from "../machine/machine-by-id.js";
import { Machine } from "../machine/machine.entity.js";
import { MACHINE_KEY, machineByKey } from "../machine/machine.store.js";
import { drawRacks } from "./draw.js";
import type { Numbering, RackElevation, ViewedFace } from "./elevation.js";
import { FaceEnum, NumberingEnum, Rack, Shelf } from "./rack.entity.js";
import { spaceTotals, type Face } from "./rack-space.js";
import { createRack, deleteRack, elevationsOf, placeMachine, unplaceMachine, updateRack } from "./rack.store.js";
import { ServerModel } from "./server-model.entity.js";
import { THEMES, type Theme } from "./theme-css.js";

const RackConnection = connectionType("Rack", Rack);
const ModelConnection = connectionType("ServerModel", ServerModel);

const ViewedFaceEnum = { FRONT: "FRONT", REAR: "REAR" } as const satisfies { [face in ViewedFace]: face };
registerEnumType(ViewedFaceEnum, { name: "ViewedFace", description: "The side of the rack one looks at." });
const ThemeEnum = Object.fromEntries(THEMES.map((theme) => [theme.toUpperCase(), theme]));
registerEnumType(ThemeEnum, { name: "Theme", description: "AUTO follows the viewer's light or dark setting." });

@ObjectType()
class RackPayload extends Payload {
  @Field(() => Rack, { nullable: true })
  rack?: Rack;
}

@ObjectType()
class ShelfPayload extends Payload {
  @Field(() => Shelf, { nullable: true })
  shelf?: Shelf;
}

@ObjectType()
class UnplacePayload extends Payload {
  @Field(() => Machine, { nullable: true })
  machine?: Machine;
}

@Resolver(() => Rack)
export class RackResolver {
  @Query(() => Rack, { nullable: true })
  rack(@Ctx() { app }: Context, @Arg("name", () => String) name: string): Promise<Rack | null> {
    return app.database.manager.findOneBy(Rack, { name });
  }

  @Query(() => RackConnection)
  racks(@Ctx() { app }: Context, @Args(() => PageArgs) args: PageArgs): Promise<Connection<Rack>> {
    return page(app.database.manager, Rack, args);
  }

  @Query(() => ModelConnection, { description: "Sizes of servers by maker and product." })
  models(@Ctx() { app }: Context, @Args(() => PageArgs) args: PageArgs): Promise<Connection<ServerModel>> {
    return page(app.database.manager, ServerModel, args);
  }

  @Mutation(() => RackPayload)
  createRack(
    @Ctx() { app }: Context,
    @Arg("name", () => String) name: string,
    @Arg("heightU", () => Float, { defaultValue: 42 }) heightU: number,
    @Arg("numbering", () => NumberingEnum, { defaultValue: "FROM_BOTTOM" }) numbering: Numbering,
    @Arg("site", () => String, { nullable: true }) site: string | null = null,
    @Arg("room", () => String, { nullable: true }) room: string | null = null,
    @Arg("row", () => String, { nullable: true }) row: string | null = null,
    @Arg("description", () => String, { nullable: true }) description: string | null = null,
  ): Promise<RackPayload> {
    const values = { name, heightU, numbering, site, room, row, description };
    return attempt(() => app.database.write(async ({ manager }) => ({ rack: await createRack(manager, values) })));
  }

  @Mutation(() => RackPayload, { description: "Changes what is given." })
  updateRack(
    @Ctx() { app }: Context,
    @Arg("rack", () => String) rack: string,
    @Arg("name", () => String, { nullable: true }) name?: string | null,
    @Arg("heightU", () => Float, { nullable: true }) heightU?: number | null,
    @Arg("numbering", () => NumberingEnum, { nullable: true }) numbering?: Numbering | null,
    @Arg("site", () => String, { nullable: true }) site?: string | null,
    @Arg("room", () => String, { nullable: true }) room?: string | null,
    @Arg("row", () => String, { nullable: true }) row?: string | null,
    @Arg("description", () => String, { nullable: true }) description?: string | null,
  ): Promise<RackPayload> {
    const given = {
      ...(name === null || name === undefined ? {} : { name }),
      ...(heightU === null || heightU === undefined ? {} : { heightU }),
      ...(numbering ? { numbering } : {}),
      ...Object.fromEntries(
        Object.entries({ site, room, row, description }).filter(([, value]) => value !== undefined),
      ),
    };
    return attempt(() =>
      app.database.write(async ({ manager }) => ({ rack: await updateRack(manager, app.database, rack, given) })),
    );
  }

  @Mutation(() => RackPayload, { description: "Refused while something stands in it." })
  deleteRack(@Ctx() { app }: Context, @Arg("rack", () => String) rack: string): Promise<RackPayload> {
    return attempt(() =>
      app.database.write(async ({ manager }) => ({ rack: await deleteRack(manager, app.database, rack) })),
    );
  }

  @Mutation(() => ShelfPayload, { description: "Puts a machine into a rack, or moves it there." })
  placeMachine(
    @Ctx() { app }: Context,
    @Arg("machine", () => String, { description: MACHINE_KEY }) key: string,
    @Arg("rack", () => String) rack: string,
    @Arg("unit", () => Float, { description: "The lowest unit it takes, counted from 1 at the floor." }) unit: number,
    @Arg("heightU", () => Float, { nullable: true, description: "The model's when not given." })
    heightU?: number | null,
    @Arg("face", () => FaceEnum, { nullable: true, description: "By the model's depth when not given." })
    face?: Face | null,
    @Arg("column", () => Int, { defaultValue: 1 }) column: number = 1,
    @Arg("columns", () => Int, { defaultValue: 1 }) columns: number = 1,
  ): Promise<ShelfPayload> {
    const wanted = { rack, unit, heightU: heightU ?? undefined, face: face ?? undefined, column, columns };
    return attempt(() =>
      app.database.write(async (transaction) => {
        const machine = await machineByKey(transaction.manager, key);
        return { shelf: await placeMachine(app.database, transaction, machine, wanted) };
      }),
    );
  }

  @Mutation(() => UnplacePayload, { description: "Takes a machine out of its rack." })
  unplaceMachine(
    @Ctx() { app }: Context,
    @Arg("machine", () => String, { description: MACHINE_KEY }) key: string,
  ): Promise<UnplacePayload> {
    return attempt(() =>
      app.database.write(async (transaction) => {
        const machine = await machineByKey(transaction.manager, key);
        await unplaceMachine(transaction, machine);
        return { machine };
      }),
    );
  }

  @FieldResolver(() => [Shelf], { description: "From the floor up." })
  async shelves(@Root() { id }: Rack, @Ctx() context: Context): Promise<Shelf[]> {
    const found = await batched(context, "shelves", id, async (rackIds) => {
      const where = { rackId: In(rackIds) };
      const shelves = await context.app.database.manager.find(Shelf, {
        where,
        order: { unitHalfU: "ASC", column: "ASC" },
      });
      return groupBy(shelves, ({ rackId }) => rackId);
    });
    return found ?? [];
  }

  @FieldResolver(() => Float, { description: "Rack units of which at least a part is taken." })
  async usedU(@Root() rack: Rack, @Ctx() context: Context): Promise<number> {
    return spaceTotals(rack, await this.shelves(rack, context)).usedU;
  }

  @FieldResolver(() => Float)
  async freeU(@Root() rack: Rack, @Ctx() context: Context): Promise<number> {
    return spaceTotals(rack, await this.shelves(rack, context)).freeU;
  }

  @FieldResolver(() => String, { description: "The rack as an SVG document." })
  async diagram(
    @Root() rack: Rack,
    @Ctx() context: Context,
    @Arg("face", () => ViewedFaceEnum, { defaultValue: "FRONT" }) face: ViewedFace,
    @Arg("theme", () => ThemeEnum, { defaultValue: "auto" }) theme: Theme,
  ): Promise<string> {
    const elevation = await batched(context, "elevations", rack, async (racks): Promise<Map<Rack, RackElevation>> => {
      const elevations = await elevationsOf(context.app.database.manager, racks);
      return new Map(racks.map((each, i) => [each, elevations[i] as RackElevation]));
    });
    return drawRacks([elevation as RackElevation], { face, theme });
  }
}

@Resolver(() => Shelf)
export class ShelfResolver {
  @FieldResolver(() => Rack)
  rack(@Root() { rackId }: Shelf, @Ctx() context: Context): Promise<Rack | undefined> {
    return batched(context, "rackById", rackId, async (ids) => {
      const racks = await context.app.database.manager.findBy(Rack, { id: In(ids) });
      return new Map(racks.map((rack) => [rack.id, rack]));
    });
  }

  @FieldResolver(() => Machine, { nullable: true, description: "What stands there." })
  occupant(@Root() { machineId }: Shelf, @Ctx() context: Context): Promise<Machine | undefined> {
    return machineById(context, machineId);
  }
}

@Resolver(() => Machine)
export class MachinePlaceResolver {
  @FieldResolver(() => Shelf, { nullable: true, description: "Where it stands." })
  shelf(@Root() { id }: Machine, @Ctx() context: Context): Promise<Shelf | undefined> {
    return batched(context, "shelfOfMachine", id, async (machineIds) => {
      const shelves = await context.app.database.manager.findBy(Shelf, { machineId: In(machineIds) });
      return new Map(shelves.map((shelf) => [shelf.machineId, shelf]));
    });
  }
}
