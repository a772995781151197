import { GraphQLJSONObject } from "../graphql/json-object.js";
import { Arg, Args, Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver, Root } from "type-graphql";
import { In } from "typeorm";
import type { Context } from "../context.js";
import { batched, groupBy } from "../graphql/batched.js";
import { connectionType, page, PageArgs, type Connection } from "../graphql/connection.js";
import { attempt, Payload } from "../graphql/user-errors.js";
import { Machine } from "../machine/machine.entity.js";
import { machineById } from "../machine/machine-by-id.js";
import { MACHINE_KEYS, MachinesPayload } from "../machine/machine.resolver.js";
import { MACHINE_KEY, machineByKey, machinesByKey } from "../machine/machine.store.js";
import { installValues } from "./install-values.store.js";
import { Installation, InstallationEvent } from "./installation.entity.js";
import { ConfigFormatEnum, Profile, Template } from "./profile.entity.js";
import {
  assignedProfiles,
  assignProfile,
  createProfile,
  profileNamed,
  saveTemplate,
  updateProfile,
} from "./profile.store.js";
import { parseTemplate, renderTemplate, type ConfigFormat } from "./render.js";
import { NotFound } from "../errors.js";

const ProfileConnection = connectionType("Profile", Profile);
const TemplateConnection = connectionType("Template", Template);
const InstallationConnection = connectionType("Installation", Installation);

@ObjectType()
class ProfilePayload extends Payload {
  @Field(() => Profile, { nullable: true })
  profile?: Profile;
}

@ObjectType()
class TemplatePayload extends Payload {
  @Field(() => Template, { nullable: true })
  template?: Template;
}

@Resolver(() => Profile)
export class ProfileResolver {
  @Query(() => ProfileConnection)
  profiles(@Ctx() { app }: Context, @Args(() => PageArgs) args: PageArgs): Promise<Connection<Profile>> {
    return page(app.database.manager, Profile, args);
  }

  @Query(() => TemplateConnection)
  templates(@Ctx() { app }: Context, @Args(() => PageArgs) args: PageArgs): Promise<Connection<Template>> {
    return page(app.database.manager, Template, args);
  }

  // What it renders may hold a password's hash, so it takes the role that could arm the machine and fetch it.
  @Query(() => String, { description: "The configuration that this machine would fetch, without a valid token." })
  async renderConfig(
    @Ctx() { app }: Context,
    @Arg("machine", () => String, { description: MACHINE_KEY }) key: string,
    @Arg("profile", () => String, { nullable: true, description: "The assigned one when not given." })
    name?: string | null,
  ): Promise<string> {
    const { manager } = app.database;
    const machine = await machineByKey(manager, key);
    const profile = name
      ? await profileNamed(manager, name)
      : (await assignedProfiles(manager, [machine.id])).get(machine.id);
    if (profile === undefined) throw new NotFound(`Machine:${machine.id} has no profile; name one`);
    const values = await installValues(manager, { machine, profile, token: "preview", base: app.bootAddress });
    const { template } = profile;
    return renderTemplate(parseTemplate(template.name, template.format, template.text), values);
  }

  @Mutation(() => TemplatePayload, {
    description: "Creates or replaces a template, once it renders for a sample machine.",
  })
  saveTemplate(
    @Ctx() { app }: Context,
    @Arg("name", () => String) name: string,
    @Arg("format", () => ConfigFormatEnum) format: ConfigFormat,
    @Arg("text", () => String) text: string,
  ): Promise<TemplatePayload> {
    return attempt(() =>
      app.database.write(async ({ manager }) => ({ template: await saveTemplate(manager, { name, format, text }) })),
    );
  }

  @Mutation(() => ProfilePayload)
  createProfile(
    @Ctx() { app }: Context,
    @Arg("name", () => String) name: string,
    @Arg("kernel", () => String) kernel: string,
    @Arg("template", () => String) template: string,
    @Arg("initrds", () => [String], { defaultValue: [] }) initrds: string[],
    @Arg("arguments", () => String, { defaultValue: "" }) args: string,
    @Arg("title", () => String, { nullable: true, description: "The name when not given." }) title?: string | null,
    @Arg("parameters", () => GraphQLJSONObject, { nullable: true }) parameters?: Record<string, unknown> | null,
  ): Promise<ProfilePayload> {
    const values = {
      name,
      title: title ?? name,
      kernel,
      initrds,
      arguments: args,
      template,
      parameters: parameters ?? {},
    };
    return attempt(() =>
      app.database.write(async ({ manager }) => ({ profile: await createProfile(manager, values) })),
    );
  }

  @Mutation(() => ProfilePayload, { description: "Changes what is given; parameters are merged, null takes one away." })
  updateProfile(
    @Ctx() { app }: Context,
    @Arg("profile", () => String) name: string,
    @Arg("title", () => String, { nullable: true }) title?: string | null,
    @Arg("kernel", () => String, { nullable: true }) kernel?: string | null,
    @Arg("initrds", () => [String], { nullable: true }) initrds?: string[] | null,
    @Arg("arguments", () => String, { nullable: true }) args?: string | null,
    @Arg("template", () => String, { nullable: true }) template?: string | null,
    @Arg("parameters", () => GraphQLJSONObject, { nullable: true }) parameters?: Record<string, unknown> | null,
  ): Promise<ProfilePayload> {
    const changes = { title, kernel, initrds, arguments: args, template, parameters };
    return attempt(() =>
      app.database.write(async (transaction) => ({ profile: await updateProfile(transaction, name, changes) })),
    );
  }

  @Mutation(() => MachinesPayload, { description: "What the machines are meant to be installed with. Arms nothing." })
  assignProfile(
    @Ctx() { app }: Context,
    @Arg("machines", () => [String], { description: MACHINE_KEYS }) keys: string[],
    @Arg("profile", () => String) name: string,
  ): Promise<MachinesPayload> {
    return attempt(() =>
      app.database.write(async (transaction) => {
        const machines = await machinesByKey(transaction.manager, keys);
        await assignProfile(transaction, machines, await profileNamed(transaction.manager, name));
        return { machines };
      }),
    );
  }

  // As renderConfig: a password's hash is usually among them.
  @FieldResolver(() => GraphQLJSONObject, { description: "Named values for the template." })
  parameters(@Root() { parameters }: Profile): Record<string, unknown> {
    return parameters;
  }
}

@Resolver(() => Machine)
export class MachineInstallResolver {
  @FieldResolver(() => Profile, { nullable: true, description: "The profile it is meant to have." })
  profile(@Root() { id }: Machine, @Ctx() context: Context): Promise<Profile | undefined> {
    return batched(context, "assignedProfile", id, (ids) => assignedProfiles(context.app.database.manager, ids));
  }

  @FieldResolver(() => Installation, { nullable: true, description: "The newest one." })
  installation(@Root() { id }: Machine, @Ctx() context: Context): Promise<Installation | undefined> {
    return batched(context, "newestInstallation", id, async (ids) => {
      const { manager } = context.app.database;
      const newest = await manager
        .createQueryBuilder(Installation, "installation")
        .where((query) => {
          const latest = query
            .subQuery()
            .select("MAX(latest.id)")
            .from(Installation, "latest")
            .where("latest.machineId IN (:...ids)")
            .groupBy("latest.machineId");
          return `installation.id IN ${latest.getQuery()}`;
        })
        .setParameter("ids", ids)
        .getMany();
      return new Map(newest.map((installation) => [installation.machineId, installation]));
    });
  }
}

@Resolver(() => Installation)
export class InstallationResolver {
  @Query(() => InstallationConnection)
  installations(@Ctx() { app }: Context, @Args(() => PageArgs) args: PageArgs): Promise<Connection<Installation>> {
    return page(app.database.manager, Installation, args);
  }

  @FieldResolver(() => [InstallationEvent], { description: "What happened, in order." })
  async events(@Root() { id }: Installation, @Ctx() context: Context): Promise<InstallationEvent[]> {
    const found = await batched(context, "installationEvents", id, async (ids) => {
      const where = { installationId: In(ids) };
      const events = await context.app.database.manager.find(InstallationEvent, { where, order: { id: "ASC" } });
      return groupBy(events, ({ installationId }) => installationId);
    });
    return found ?? [];
  }

  @FieldResolver(() => Profile)
  profile(@Root() { profileId }: Installation, @Ctx() context: Context): Promise<Profile | undefined> {
    return batched(context, "profileById", profileId, async (ids) => {
      const profiles = await context.app.database.manager.findBy(Profile, { id: In(ids) });
      return new Map(profiles.map((profile) => [profile.id, profile]));
    });
  }

  @FieldResolver(() => Machine)
  machine(@Root() { machineId }: Installation, @Ctx() context: Context): Promise<Machine | undefined> {
    return machineById(context, machineId);
  }
}
