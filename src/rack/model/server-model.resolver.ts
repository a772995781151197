import { Arg, Args, Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../../context.js";
import type { Connection } from "../../graphql/list/connection.js";
import type { ListArgs } from "../../graphql/list/entity-list.js";
import { serverModelList } from "../rack.list.js";
import { ServerModel } from "./server-model.entity.js";
import { modelsVersion, serverModels } from "./server-model.store.js";

@Resolver(() => ServerModel)
export class ServerModelResolver {
  @Query(() => ServerModel, { nullable: true, description: "The model that fits what SMBIOS says of a machine." })
  async model(
    @Ctx() { app: { database } }: Context,
    @Arg("manufacturer", () => String) manufacturer: string,
    @Arg("product", () => String) product: string,
  ): Promise<ServerModel | undefined> {
    const models = await serverModels(database.manager, await modelsVersion(database.manager));
    return models.find(manufacturer, product);
  }

  @Query(() => serverModelList.Connection, { description: "Sizes of servers by maker and product." })
  models(@Ctx() context: Context, @Args(() => serverModelList.Args) args: ListArgs): Connection<ServerModel> {
    return serverModelList.page(context, args);
  }
}
