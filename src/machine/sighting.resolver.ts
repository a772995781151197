import { Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
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
  sightings(@Ctx() context: Context, @Args(() => sightingList.Args) args: ListArgs): Connection<Sighting> {
    // Not those of addresses that no machine has shown: a sighting's machine is never null.
    return sightingList.page(context, { ...args, filter: { and: [{ machine: {} }, args.filter ?? {}] } });
  }

  @FieldResolver(() => Machine)
  machine(@Root() { machineId }: Sighting, @Ctx() context: Context): Promise<Machine | undefined> {
    return entityBy(context, Machine, "id", machineId ?? 0);
  }

  @FieldResolver(() => Switch, { nullable: true })
  async switch(@Root() { switchId }: Sighting, @Ctx() context: Context): Promise<Switch | null> {
    return switchId === null ? null : ((await entityBy(context, Switch, "id", switchId)) ?? null);
  }
}
