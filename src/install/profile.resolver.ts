import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context, WriteContext } from "../context.js";
import { forEachInput, NotFound } from "../errors.js";
import { entityBy } from "../graphql/entity-by.js";
import { GraphQLJSONObject } from "../graphql/json-object.js";
import type { Connection } from "../graphql/list/connection.js";
import type { ListArgs } from "../graphql/list/entity-list.js";
import type { Fresh } from "../graphql/user-errors.js";
import { MACHINE_KEYS, MachinesPayload } from "../machine/machine.inputs.js";
import { MACHINE_KEY, machineByKey, machinesByKey } from "../machine/machine.store.js";
import { profileList } from "./install.list.js";
import { installValues } from "./install-values.store.js";
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

@Resolver(() => Profile)
export class ProfileResolver {
  @Query(() => Profile, { nullable: true })
  profile(@Ctx() context: Context, @Arg("name", () => String) name: string): Promise<Profile | undefined> {
    return entityBy(context, Profile, "name", name);
  }

  @Query(() => profileList.Connection)
  profiles(@Ctx() context: Context, @Args(() => profileList.Args) args: ListArgs): Connection<Profile> {
    return profileList.page(context, args);
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

  @FieldResolver(() => Template)
  template(@Root() profile: Profile, @Ctx() context: Context): Template | Promise<Template | undefined> {
    const { templateId } = profile;
    // A mutation has it at hand, and its id may still be that of the one before.
    return Object.hasOwn(profile, "template") ? profile.template : entityBy(context, Template, "id", templateId);
  }

  // As renderConfig: a password's hash is usually among them.
  @FieldResolver(() => GraphQLJSONObject, { description: "Named values for the template." })
  parameters(@Root() { parameters }: Profile): Record<string, unknown> {
    return parameters;
  }
}
