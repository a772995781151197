import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { InvalidInput } from "../errors.js";
import { entityBy } from "./entity-by.js";
import { LIMITS } from "./limits.js";
import { Node } from "./node.js";
import { KINDS } from "./objects.js";

@Resolver()
export class NodeResolver {
  @Query(() => Node, { nullable: true, description: "The thing with this id; null when there is none." })
  node(@Ctx() context: Context, @Arg("id", () => ID) id: string): Promise<Node | undefined> {
    return nodeOf(context, id);
  }

  @Query(() => [Node], {
    nullable: "items",
    description: `The things with these ids in their order, ${LIMITS.pageSize} at most.`,
  })
  nodes(@Ctx() context: Context, @Arg("ids", () => [ID]) ids: string[]): Promise<Array<Node | undefined>> {
    if (ids.length > LIMITS.pageSize)
      throw new InvalidInput(`ids: ${ids.length} are too many; ask for ${LIMITS.pageSize} at most`);
    return Promise.all(ids.map((id) => nodeOf(context, id)));
  }
}

async function nodeOf(context: Context, globalId: string): Promise<Node | undefined> {
  const match = /^([A-Za-z]+):([0-9]{1,9})$/.exec(globalId);
  const entity = KINDS.get(match?.[1] ?? "");
  return entity && entityBy(context, entity, "id", Number(match?.[2]));
}
