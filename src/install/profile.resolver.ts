import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { In } from "typeorm";
import type { Context, WriteContext } from "../context.js";
import { forEachInput, NotFound } from "../errors.js";
import { batched, groupBy } from "../graphql/batched.js";
import { connectionType, page, PageArgs, type Connection } from "../graphql/connection.js";
import { GraphQLJSONObject } from "../graphql/json-object.js";
import type { Fresh } from "../graphql/user-errors.js";
import { Machine } from "../machine/machine.entity.js";
import { machineById } from "../machine/machine-by-id.js";
import { MACHINE_KEYS, MachinesPayload } from "../machine/machine.inputs.js";
import { MACHINE_KEY, machineByKey, machinesByKey } from "../machine/machine.store.js";
import { installValues } from "./install-values.store.js";
import { Installation, InstallationEvent } from "./installation.entity.js";
import { Profile, Template } from "./profile.entity.js";
import {
  ProfileInput,
  ProfilePayload,
  ProfilesPayload,
  ProfileUpdate,
  profileValues,
  TemplateInput,
  TemplatePayload,
  TemplatesPayload,
} from "./profile.inputs.js";
import {
  assignedProfiles,
  assignProfile,
  createProfile,
  profileNamed,
  saveTemplate,
  updateProfile,
} from "./profile.store.js";
import { parseTemplate, renderTemplate } from "./render.js";

const ProfileConnection = connectionType("Profile", Profile);
const TemplateConnection = connectionType("Template", Template);
const InstallationConnection = connectionType("Installation", Installation);

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
  async saveTemplate(
    @Ctx() { transaction }: WriteContext,
    @Args(() => TemplateInput) input: TemplateInput,
  ): Promise<Fresh<TemplatePayload>> {
    return { template: await saveTemplate(transaction, input) };
  }

  @Mutation(() => TemplatesPayload, { description: "As saveTemplate, all or none." })
  async saveTemplates(
    @Ctx() { transaction }: WriteContext,
    @Arg("templates", () => [TemplateInput]) inputs: TemplateInput[],
  ): Promise<Fresh<TemplatesPayload>> {
    return { templates: await forEachInput("templates", inputs, (input) => saveTemplate(transaction, input)) };
  }

  @Mutation(() => ProfilePayload)
  async createProfile(
    @Ctx() { transaction }: WriteContext,
    @Args(() => ProfileInput) input: ProfileInput,
  ): Promise<Fresh<ProfilePayload>> {
    return { profile: await createProfile(transaction, profileValues(input)) };
  }

  @Mutation(() => ProfilesPayload, { description: "As createProfile, all or none." })
  async createProfiles(
    @Ctx() { transaction }: WriteContext,
    @Arg("profiles", () => [ProfileInput]) inputs: ProfileInput[],
  ): Promise<Fresh<ProfilesPayload>> {
    const create = (input: ProfileInput) => createProfile(transaction, profileValues(input));
    return { profiles: await forEachInput("profiles", inputs, create) };
  }

  @Mutation(() => ProfilePayload, { description: "Changes what is given; parameters are merged, null takes one away." })
  async updateProfile(
    @Ctx() { transaction }: WriteContext,
    @Args(() => ProfileUpdate) { profile, ...changes }: ProfileUpdate,
  ): Promise<Fresh<ProfilePayload>> {
    return { profile: await updateProfile(transaction, profile, changes) };
  }

  @Mutation(() => ProfilesPayload, { description: "As updateProfile, all or none." })
  async updateProfiles(
    @Ctx() { transaction }: WriteContext,
    @Arg("updates", () => [ProfileUpdate]) updates: ProfileUpdate[],
  ): Promise<Fresh<ProfilesPayload>> {
    const update = ({ profile, ...changes }: ProfileUpdate) => updateProfile(transaction, profile, changes);
    return { profiles: await forEachInput("updates", updates, update) };
  }

  @Mutation(() => MachinesPayload, { description: "What the machines are meant to be installed with. Arms nothing." })
  async assignProfile(
    @Ctx() { transaction }: WriteContext,
    @Arg("machines", () => [String], { description: MACHINE_KEYS }) keys: string[],
    @Arg("profile", () => String) name: string,
  ): Promise<Fresh<MachinesPayload>> {
    const machines = await machinesByKey(transaction.manager, keys);
    await assignProfile(transaction, machines, await profileNamed(transaction.manager, name));
    return { machines };
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
