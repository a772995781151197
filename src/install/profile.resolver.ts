import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context, WriteContext } from "../context.js";
import { forEachInput } from "../errors.js";
import { entityBy } from "../graphql/entity-by.js";
import { GraphQLJSONObject } from "../graphql/json-object.js";
import type { Connection } from "../graphql/list/connection.js";
import type { ListArgs } from "../graphql/list/entity-list.js";
import type { Fresh } from "../graphql/user-errors.js";
import { MACHINE_KEYS, MachinesPayload } from "../machine/machine.inputs.js";
import { machinesByKey } from "../machine/machine.store.js";
import { profileList, profileVersionList } from "./install.list.js";
import { Profile, Template } from "./profile.entity.js";
import { profileInput, ProfileInput, ProfilePayload, ProfilesPayload, ProfileUpdate } from "./profile.inputs.js";
import { assignProfile, createProfile, deleteProfile, profileNamed, updateProfile } from "./profile.store.js";
import { shownParameters } from "./parameters.js";
import type { ProfileVersion } from "./version.entity.js";

@Resolver(() => Profile)
export class ProfileResolver {
  @Query(() => Profile, { nullable: true })
  profile(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("name", () => String) name: string,
  ): Promise<Profile | undefined> {
    return entityBy(context, Profile, "name", name, { info });
  }

  @Query(() => profileList.Connection)
  profiles(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => profileList.Args) args: ListArgs,
  ): Connection<Profile> {
    return profileList.page(context, args, info);
  }

  @Mutation(() => ProfilePayload)
  async createProfile(
    @Ctx() { app, transaction }: WriteContext,
    @Args(() => ProfileInput) input: ProfileInput,
  ): Promise<Fresh<ProfilePayload>> {
    return { profile: await createProfile(transaction, app.vault, profileInput(input)) };
  }

  @Mutation(() => ProfilesPayload, { description: "As createProfile, all or none." })
  async createProfiles(
    @Ctx() { app, transaction }: WriteContext,
    @Arg("profiles", () => [ProfileInput]) inputs: ProfileInput[],
  ): Promise<Fresh<ProfilesPayload>> {
    const create = (input: ProfileInput) => createProfile(transaction, app.vault, profileInput(input));
    return { profiles: await forEachInput("profiles", inputs, create) };
  }

  @Mutation(() => ProfilePayload, {
    description:
      "Changes what is given, here and in the profiles that inherit it; null is the parent's value. Who is armed stays " +
      "with what it was armed with.",
  })
  async updateProfile(
    @Ctx() { app, transaction }: WriteContext,
    @Args(() => ProfileUpdate) { profile, ...changes }: ProfileUpdate,
  ): Promise<Fresh<ProfilePayload>> {
    return { profile: await updateProfile(transaction, app.vault, profile, changes) };
  }

  @Mutation(() => ProfilesPayload, { description: "As updateProfile, all or none." })
  async updateProfiles(
    @Ctx() { app, transaction }: WriteContext,
    @Arg("updates", () => [ProfileUpdate]) updates: ProfileUpdate[],
  ): Promise<Fresh<ProfilesPayload>> {
    const update = ({ profile, ...changes }: ProfileUpdate) => updateProfile(transaction, app.vault, profile, changes);
    return { profiles: await forEachInput("updates", updates, update) };
  }

  @Mutation(() => ProfilePayload, {
    description:
      "Only while no profile inherits from it, no machine is meant to have it and none was installed with it.",
  })
  async deleteProfile(
    @Ctx() { transaction }: WriteContext,
    @Arg("profile", () => String) name: string,
  ): Promise<Fresh<ProfilePayload>> {
    return { profile: await deleteProfile(transaction, name) };
  }

  @Mutation(() => ProfilesPayload, { description: "As deleteProfile, one after the other, all or none." })
  async deleteProfiles(
    @Ctx() { transaction }: WriteContext,
    @Arg("profiles", () => [String]) names: string[],
  ): Promise<Fresh<ProfilesPayload>> {
    return { profiles: await forEachInput("profiles", names, (name) => deleteProfile(transaction, name)) };
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
  template(
    @Root() profile: Profile,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Template | Promise<Template | undefined> {
    const { templateId } = profile;
    // A mutation has it at hand, and its id may still be that of the one before.
    return Object.hasOwn(profile, "template")
      ? profile.template
      : entityBy(context, Template, "id", templateId, { info });
  }

  @FieldResolver(() => Profile, { nullable: true, description: "The profile it inherits from." })
  parent(
    @Root("parentId") parentId: Profile["parentId"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Profile | undefined> | null {
    return parentId === null ? null : entityBy(context, Profile, "id", parentId, { info });
  }

  @FieldResolver(() => GraphQLJSONObject, {
    description: 'Named values for the template, its own only. A secret is shown as {"secret": true}.',
  })
  parameters(@Root("parameters") parameters: Profile["parameters"]): Record<string, unknown> {
    return shownParameters(parameters);
  }

  @FieldResolver(() => profileVersionList.Connection, { description: "Everything it was, the first one first." })
  versions(
    @Root("id") id: Profile["id"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => profileVersionList.Args) args: ListArgs,
  ): Connection<ProfileVersion> {
    return profileVersionList.pageOf(context, id, ["profileId"], args, info);
  }
}
