import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import { entityBy } from "../graphql/entity-by.js";
import type { Connection } from "../graphql/list/connection.js";
import type { ListArgs } from "../graphql/list/entity-list.js";
import { Switch } from "../placement/switch/switch.entity.js";
import { Machine } from "./machine.entity.js";
import { sightingList } from "./machine.list.js";
import { Sighting } from "./sighting.entity.js";

@Resolver(() => Sighting)
export class SightingResolver {
  @Query(() => sightingList.Connection, {
    description: "Where machines were seen; addresses that are no known machine's are in `heardAddresses`.",
  })
  sightings(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => sightingList.Args) args: ListArgs,
  ): Connection<Sighting> {
    // Not those of addresses that no machine has shown: a sighting's machine is never null.
    return sightingList.page(context, { ...args, filter: { and: [{ machine: {} }, args.filter ?? {}] } }, info);
  }

  @FieldResolver(() => Machine)
  machine(
    @Root("machineId") machineId: Sighting["machineId"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Machine | undefined> {
    return entityBy(context, Machine, "id", machineId ?? 0, { info });
  }

  @FieldResolver(() => Switch, { nullable: true })
  async switch(
    @Root("switchId") switchId: Sighting["switchId"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Switch | null> {
    return switchId === null ? null : ((await entityBy(context, Switch, "id", switchId, { info })) ?? null);
  }
}
