import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context, WriteContext } from "../../context.js";
import type { Transaction } from "../../db/database.js";
import { forEachInput } from "../../errors.js";
import { batched, groupBy } from "../../graphql/batched.js";
import { idOf } from "../../graphql/global-id.js";
import type { Connection } from "../../graphql/list/connection.js";
import type { ListArgs } from "../../graphql/list/entity-list.js";
import type { Fresh } from "../../graphql/user-errors.js";
import { serverModelList } from "../rack.list.js";
import { createModel, deleteModel, updateModel } from "./model-edit.store.js";
import { mismatchesAmong, productsOf, type ModelMismatch } from "./model-mismatch.store.js";
import { ServerModel } from "./server-model.entity.js";
import {
  givenModel,
  ModelInput,
  ModelMismatchObject,
  ModelPayload,
  ModelsPayload,
  ModelUpdate,
  modelValues,
} from "./server-model.inputs.js";
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
  models(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => serverModelList.Args) args: ListArgs,
  ): Connection<ServerModel> {
    return serverModelList.page(context, args, info);
  }

  @Mutation(() => ModelPayload, { description: "What is placed stays as it is; see `mismatches`." })
  async createModel(
    @Ctx() context: WriteContext,
    @Args(() => ModelInput) input: ModelInput,
  ): Promise<Fresh<ModelPayload>> {
    return only(await edited(context, [], async () => [await createModel(context.transaction, modelValues(input))]));
  }

  @Mutation(() => ModelsPayload, { description: "As createModel, all or none." })
  createModels(
    @Ctx() context: WriteContext,
    @Arg("models", () => [ModelInput]) inputs: ModelInput[],
  ): Promise<Fresh<ModelsPayload>> {
    const create = (input: ModelInput) => createModel(context.transaction, modelValues(input));
    return edited(context, [], () => forEachInput("models", inputs, create));
  }

  @Mutation(() => ModelPayload, {
    description: "Changes what is given. What is placed stays as it is; see `mismatches`.",
  })
  async updateModel(
    @Ctx() context: WriteContext,
    @Args(() => ModelUpdate) update: ModelUpdate,
  ): Promise<Fresh<ModelPayload>> {
    return only(await edited(context, [update.model], async () => [await change(context.transaction, update)]));
  }

  @Mutation(() => ModelsPayload, { description: "As updateModel, one after the other, all or none." })
  updateModels(
    @Ctx() context: WriteContext,
    @Arg("updates", () => [ModelUpdate]) updates: ModelUpdate[],
  ): Promise<Fresh<ModelsPayload>> {
    const before = updates.map(({ model }) => model);
    return edited(context, before, () =>
      forEachInput("updates", updates, (update) => change(context.transaction, update)),
    );
  }

  @Mutation(() => ModelPayload, { description: "What is placed stays as it is; see `mismatches`." })
  async deleteModel(@Ctx() context: WriteContext, @Arg("model", () => ID) model: string): Promise<Fresh<ModelPayload>> {
    return only(await edited(context, [model], async () => [await remove(context.transaction, model)]));
  }

  @Mutation(() => ModelsPayload, { description: "As deleteModel, all or none." })
  deleteModels(
    @Ctx() context: WriteContext,
    @Arg("models", () => [ID]) models: string[],
  ): Promise<Fresh<ModelsPayload>> {
    return edited(context, models, () => forEachInput("models", models, (model) => remove(context.transaction, model)));
  }

  @FieldResolver(() => [ModelMismatchObject], {
    complexity: 10,
    description: "Placed machines of this model that stand with another height, and what would collide at its own.",
  })
  async mismatches(@Root("id") id: ServerModel["id"], @Ctx() context: Context): Promise<readonly ModelMismatch[]> {
    const { manager } = context.app.database;
    const found = await batched(context, "model mismatches", id, async (ids) => {
      const all = await mismatchesAmong(manager, await productsOf(manager, ids), context.app.now());
      return groupBy(all, ({ model }) => model.id);
    });
    return found ?? [];
  }
}

/** Does `work`, and finds the machines that it makes a difference to: those of the models before and those after. */
async function edited(
  { app, transaction: { manager } }: WriteContext,
  before: readonly string[],
  work: () => Promise<ServerModel[]>,
): Promise<Required<Fresh<ModelsPayload>>> {
  const ids = before.map((model) => idOf("ServerModel", model, "model"));
  const earlier = ids.length === 0 ? [] : await productsOf(manager, ids);
  const models = await work();
  const later = await productsOf(
    manager,
    models.map(({ id }) => id),
  );
  return { models, mismatches: await mismatchesAmong(manager, [...earlier, ...later], app.now()) };
}

function only({ models: [model], mismatches }: Required<Fresh<ModelsPayload>>): Fresh<ModelPayload> {
  return { model: model as ServerModel, mismatches };
}

function change(transaction: Transaction, update: ModelUpdate): Promise<ServerModel> {
  return updateModel(transaction, idOf("ServerModel", update.model, "model"), givenModel(update));
}

function remove(transaction: Transaction, model: string): Promise<ServerModel> {
  return deleteModel(transaction, idOf("ServerModel", model, "model"));
}
