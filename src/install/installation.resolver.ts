import { Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.js";
import { EntityTable } from "../db/entity-table.js";
import { Statement } from "../db/statement.js";
import { batched } from "../graphql/batched.js";
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
  installations(@Ctx() context: Context, @Args(() => installationList.Args) args: ListArgs): Connection<Installation> {
    return installationList.page(context, args);
  }

  @FieldResolver(() => installationEventList.Connection, { description: "What happened." })
  events(
    @Root() { id }: Installation,
    @Ctx() context: Context,
    @Args(() => installationEventList.Args) args: ListArgs,
  ): Connection<InstallationEvent> {
    return installationEventList.pageOf(context, id, ["installationId"], args);
  }

  @FieldResolver(() => Profile)
  profile(@Root() { profileId }: Installation, @Ctx() context: Context): Promise<Profile | undefined> {
    return entityBy(context, Profile, "id", profileId);
  }

  @FieldResolver(() => Machine)
  machine(@Root() { machineId }: Installation, @Ctx() context: Context): Promise<Machine | undefined> {
    return entityBy(context, Machine, "id", machineId);
  }
}

@Resolver(() => Machine)
export class MachineInstallResolver {
  @FieldResolver(() => Profile, { nullable: true, description: "The profile it is meant to have." })
  profile(@Root() { id }: Machine, @Ctx() context: Context): Promise<Profile | undefined> {
    return batched(context, "profile of machine", id, async (ids) => {
      const table = EntityTable.of(Profile);
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
  installation(@Root() { id }: Machine, @Ctx() context: Context): Promise<Installation | undefined> {
    return entityBy(context, Installation, "machineId", id, isNewestOfMachine);
  }

  @FieldResolver(() => installationList.Connection, { description: "All of them, the newest with orderBy: ID_DESC." })
  installations(
    @Root() { id }: Machine,
    @Ctx() context: Context,
    @Args(() => installationList.Args) args: ListArgs,
  ): Connection<Installation> {
    return installationList.pageOf(context, id, ["machineId"], args);
  }
}
