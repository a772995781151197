import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import { EntityTable } from "../db/entity-table.js";
import { Statement } from "../db/statement.js";
import { batched } from "../graphql/batched.js";
import { askedColumns } from "../graphql/list/asked-columns.js";
import { entityBy } from "../graphql/entity-by.js";
import type { Connection } from "../graphql/list/connection.js";
import type { ListArgs } from "../graphql/list/entity-list.js";
import { Machine } from "../machine/machine.entity.js";
import { installationEventList, installationList, isNewestOfMachine } from "./install.list.js";
import { Installation, type InstallationEvent } from "./installation.entity.js";
import { Profile } from "./profile.entity.js";

@Resolver(() => Installation)
export class InstallationResolver {
  @Query(() => installationList.Connection)
  installations(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => installationList.Args) args: ListArgs,
  ): Connection<Installation> {
    return installationList.page(context, args, info);
  }

  @FieldResolver(() => installationEventList.Connection, { description: "What happened." })
  events(
    @Root("id") id: Installation["id"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => installationEventList.Args) args: ListArgs,
  ): Connection<InstallationEvent> {
    return installationEventList.pageOf(context, id, ["installationId"], args, info);
  }

  @FieldResolver(() => Profile)
  profile(
    @Root("profileId") profileId: Installation["profileId"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Profile | undefined> {
    return entityBy(context, Profile, "id", profileId, { info });
  }

  @FieldResolver(() => Machine)
  machine(
    @Root("machineId") machineId: Installation["machineId"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Machine | undefined> {
    return entityBy(context, Machine, "id", machineId, { info });
  }
}

@Resolver(() => Machine)
export class MachineInstallResolver {
  @FieldResolver(() => Profile, { nullable: true, description: "The profile it is meant to have." })
  profile(
    @Root("id") id: Machine["id"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Profile | undefined> {
    const table = askedColumns(EntityTable.of(Profile), info, []);
    return batched(context, `profile of machine ${table.key}`, id, async (ids) => {
      const statement = new Statement(context.app.database.dialect);
      const found = await table.select(
        context.app.database.manager,
        statement,
        `SELECT ${table.selection("profile")}, assignment.machine_id
           FROM profile_assignment assignment JOIN profile ON profile.id = assignment.profile_id
          WHERE ${statement.isAmong("assignment.machine_id", ids)}`,
        { machine_id: "integer" },
      );
      return new Map(found.map(({ entity, rest }) => [rest[0] as number, entity]));
    });
  }

  @FieldResolver(() => Installation, { nullable: true, description: "The newest one." })
  installation(
    @Root("id") id: Machine["id"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Installation | undefined> {
    return entityBy(context, Installation, "machineId", id, { info, where: isNewestOfMachine });
  }

  @FieldResolver(() => installationList.Connection, { description: "All of them, the newest with orderBy: ID_DESC." })
  installations(
    @Root("id") id: Machine["id"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => installationList.Args) args: ListArgs,
  ): Connection<Installation> {
    return installationList.pageOf(context, id, ["machineId"], args, info);
  }
}
