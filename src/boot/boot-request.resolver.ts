import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, FieldResolver, Info, Int, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import { entityBy } from "../graphql/entity-by.js";
import type { Connection } from "../graphql/list/connection.js";
import type { ListArgs } from "../graphql/list/entity-list.js";
import { Machine } from "../machine/machine.entity.js";
import { BootRequest } from "./boot-request.entity.js";
import { bootRequestList } from "./boot-request.list.js";

@Resolver(() => BootRequest)
export class BootRequestResolver {
  @Query(() => bootRequestList.Connection, {
    description:
      "What machines asked on the boot plane, the oldest first; `last: 50` gives the newest. It is written a second or " +
      "so after the answer, and the oldest are forgotten: beyond 200 of one machine, 200,000 in all, and 10,000 that " +
      "matched nothing.",
  })
  bootRequests(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => bootRequestList.Args) args: ListArgs,
  ): Connection<BootRequest> {
    return bootRequestList.page(context, args, info);
  }

  @Query(() => Int, {
    description: "How many requests were answered and not kept since the start, because too many came at once.",
  })
  bootRequestsDropped(@Ctx() { app }: Context): number {
    return app.bootRequests.dropped;
  }

  @FieldResolver(() => Machine, { nullable: true, description: "Null where it matched nothing that was known then." })
  machine(
    @Root("machineId") machineId: BootRequest["machineId"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Machine | undefined> | null {
    return machineId === null ? null : entityBy(context, Machine, "id", machineId, { info });
  }
}

@Resolver(() => Machine)
export class MachineBootResolver {
  @FieldResolver(() => bootRequestList.Connection, {
    description: "What it asked on the boot plane, the newest with `last`. Its images are told by its address.",
  })
  bootRequests(
    @Root("id") id: Machine["id"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => bootRequestList.Args) args: ListArgs,
  ): Connection<BootRequest> {
    return bootRequestList.pageOf(context, id, ["machineId"], args, info);
  }
}
