import { Arg, Ctx, Field, Float, InputType, Int, ObjectType, Query, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { InvalidInput } from "../errors.js";
import { LIMITS } from "../graphql/limits.js";
import { findSpace, type FreeSpace } from "./find-space.js";
import { storedPlansOf, type StoredPlan } from "./rack-plan.store.js";
import { checkRackHeight, type Face } from "./rack-space.js";
import { amount } from "./rack-values.js";
import { Rack } from "./rack.entity.js";
import { FaceEnum } from "./shelf.entity.js";

@InputType({ description: "What is given has to be so; no site is every site." })
class LocationInput {
  @Field(() => String, { nullable: true })
  site?: string | null;

  @Field(() => String, { nullable: true })
  room?: string | null;

  @Field(() => String, { nullable: true })
  row?: string | null;
}

@ObjectType("FreeSpace", { description: "A place that is free, and why it is as good as it is." })
class FreeSpaceObject {
  @Field(() => Rack)
  rack: Rack;

  @Field(() => Float, { description: "The lowest unit, counted from 1 at the floor." })
  unit: number;

  @Field(() => Float)
  heightU: number;

  @Field(() => FaceEnum)
  face: Face;

  @Field(() => Float, { description: "Height of the free space of which it takes the lowest part." })
  gapU: number;

  @Field(() => Float, { nullable: true, description: "Left of what the rack is fed; null where that is not known." })
  wattsLeft: number | null;

  @Field(() => Float, { nullable: true, description: "Left of what the rack bears; null where that is not known." })
  kilogramsLeft: number | null;

  @Field(() => [String], { description: "In words." })
  reasons: readonly string[];
}

@Resolver()
export class FindSpaceResolver {
  @Query(() => [FreeSpaceObject], {
    complexity: 100,
    description:
      "Free places, the best first: a gap that is not much taller, low for what is heavy, in a rack whose feeds and load " +
      "have room. A rack that it would overload is not among them.",
  })
  async findSpace(
    @Ctx() { app }: Context,
    @Arg("heightU", () => Float) heightU: number,
    @Arg("depth", () => FaceEnum, { defaultValue: "FULL", description: "FULL takes both faces." }) depth: Face,
    @Arg("watts", () => Float, { nullable: true }) watts?: number | null,
    @Arg("kilograms", () => Float, { nullable: true }) kilograms?: number | null,
    @Arg("location", () => LocationInput, { nullable: true }) location?: LocationInput | null,
    @Arg("first", () => Int, { defaultValue: 10 }) first = 10,
  ): Promise<FreeSpaceObject[]> {
    if (first < 1 || first > LIMITS.pageSize) {
      throw new InvalidInput(`first: ask for 1 to ${LIMITS.pageSize} places`, ["first"]);
    }
    checkRackHeight(heightU);
    const wanted = { heightU, depth, watts: amount("watts", watts), kilograms: amount("kilograms", kilograms) };
    const { manager } = app.database;
    const plans = await storedPlansOf(manager, await manager.findBy(Rack, whereOf(location ?? {})));
    return findSpace(plans, wanted, app.now()).slice(0, first).map(freeSpaceObject);
  }
}

function whereOf(location: LocationInput): Partial<Record<keyof LocationInput, string>> {
  return Object.fromEntries(Object.entries(location).filter(([, value]) => typeof value === "string"));
}

function freeSpaceObject({ rack: { rack }, place, ...rest }: FreeSpace<StoredPlan>): FreeSpaceObject {
  const { unit, heightU, face } = place;
  return { rack, unit, heightU, face, ...rest };
}
