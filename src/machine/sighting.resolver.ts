import { Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import { entityBy } from "../graphql/entity-by.js";
import type { Connection } from "../graphql/list/connection.js";
import type { ListArgs } from "../graphql/list/entity-list.js";
import { Machine } from "./machine.entity.js";
import { sightingList } from "./machine.list.js";
import { Sighting } from "./sighting.entity.js";

@Resolver(() => Sighting)
export class SightingResolver {
  @Query(() => sightingList.Connection, { description: "Where machines were seen." })
  sightings(@Ctx() context: Context, @Args(() => sightingList.Args) args: ListArgs): Connection<Sighting> {
    return sightingList.page(context, args);
  }

  @FieldResolver(() => Machine)
  machine(@Root() { machineId }: Sighting, @Ctx() context: Context): Promise<Machine | undefined> {
    return entityBy(context, Machine, "id", machineId);
  }
}
