import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { entityBy } from "../graphql/entity-by.js";
import type { Connection } from "../graphql/list/connection.js";
import type { ListArgs } from "../graphql/list/entity-list.js";
import { templateList } from "./install.list.js";
import { Template } from "./profile.entity.js";

@Resolver()
export class TemplateResolver {
  @Query(() => Template, { nullable: true })
  template(@Ctx() context: Context, @Arg("name", () => String) name: string): Promise<Template | undefined> {
    return entityBy(context, Template, "name", name);
  }

  @Query(() => templateList.Connection)
  templates(@Ctx() context: Context, @Args(() => templateList.Args) args: ListArgs): Connection<Template> {
    return templateList.page(context, args);
  }
}
