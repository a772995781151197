import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context, WriteContext } from "../context.js";
import { forEachInput } from "../errors.js";
import { entityBy } from "../graphql/entity-by.js";
import { GraphQLJSONObject } from "../graphql/json-object.js";
import type { Connection } from "../graphql/list/connection.js";
import type { ListArgs } from "../graphql/list/entity-list.js";
import type { Fresh } from "../graphql/user-errors.js";
import { templateList, templateVersionList } from "./install.list.js";
import { shownParameters } from "./parameters.js";
import { Template } from "./profile.entity.js";
import { TemplateInput, TemplatePayload, TemplatesPayload } from "./profile.inputs.js";
import { deleteTemplate, saveTemplate } from "./template.store.js";
import type { TemplateVersion } from "./version.entity.js";

@Resolver(() => Template)
export class TemplateResolver {
  @Query(() => Template, { nullable: true })
  template(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("name", () => String) name: string,
  ): Promise<Template | undefined> {
    return entityBy(context, Template, "name", name, { info });
  }

  @Query(() => templateList.Connection)
  templates(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => templateList.Args) args: ListArgs,
  ): Connection<Template> {
    return templateList.page(context, args, info);
  }

  @Mutation(() => TemplatePayload, {
    description:
      "Creates or replaces a template or a snippet, once it renders for a sample machine, and with it every profile that " +
      "it is part of. Who is armed stays with what it was armed with.",
  })
  async saveTemplate(
    @Ctx() { app, transaction }: WriteContext,
    @Args(() => TemplateInput) input: TemplateInput,
  ): Promise<Fresh<TemplatePayload>> {
    return { template: await saveTemplate(transaction, app.vault, input) };
  }

  @Mutation(() => TemplatesPayload, { description: "As saveTemplate, all or none." })
  async saveTemplates(
    @Ctx() { app, transaction }: WriteContext,
    @Arg("templates", () => [TemplateInput]) inputs: TemplateInput[],
  ): Promise<Fresh<TemplatesPayload>> {
    const save = (input: TemplateInput) => saveTemplate(transaction, app.vault, input);
    return { templates: await forEachInput("templates", inputs, save) };
  }

  @Mutation(() => TemplatePayload, { description: "Only while no profile and no other template uses it." })
  async deleteTemplate(
    @Ctx() { transaction }: WriteContext,
    @Arg("template", () => String) name: string,
  ): Promise<Fresh<TemplatePayload>> {
    return { template: await deleteTemplate(transaction, name) };
  }

  @Mutation(() => TemplatesPayload, { description: "As deleteTemplate, all or none." })
  async deleteTemplates(
    @Ctx() { transaction }: WriteContext,
    @Arg("templates", () => [String]) names: string[],
  ): Promise<Fresh<TemplatesPayload>> {
    return { templates: await forEachInput("templates", names, (name) => deleteTemplate(transaction, name)) };
  }

  @FieldResolver(() => GraphQLJSONObject, {
    description: 'What its parameters are when nobody says otherwise. A secret is shown as {"secret": true}.',
  })
  parameters(@Root("parameters") parameters: Template["parameters"]): Record<string, unknown> {
    return shownParameters(parameters);
  }

  @FieldResolver(() => templateVersionList.Connection, { description: "Every text it had, the first one first." })
  versions(
    @Root("id") id: Template["id"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => templateVersionList.Args) args: ListArgs,
  ): Connection<TemplateVersion> {
    return templateVersionList.pageOf(context, id, ["templateId"], args, info);
  }
}
