import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, ID, Info, Mutation, ObjectType, Query, Resolver, Root } from "type-graphql";
import type { Actor } from "../access/api-token.store.js";
import { refusal } from "../access/refuse.js";
import { RULES } from "../access/rules.js";
import type { Context, WriteContext } from "../context.js";
import { idOf } from "../graphql/global-id.js";
import { GraphQLJSONObject } from "../graphql/json-object.js";
import type { Connection } from "../graphql/list/connection.js";
import type { ListArgs } from "../graphql/list/entity-list.js";
import { Payload, type Fresh } from "../graphql/user-errors.js";
import type { Facts } from "./change-set.js";
import { Change, ChangeEntry } from "./change.entity.js";
import { changeEntryList, changeList } from "./change.list.js";
import { undoChange } from "./undo.js";

@ObjectType()
class UndoPayload extends Payload {}

@Resolver(() => Change)
export class ChangeResolver {
  @Query(() => changeList.Connection, {
    description:
      "Who changed what, the oldest first; `last: 50` gives the newest, `filter: {object: {eq: …}}` one thing's history.",
  })
  changes(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => changeList.Args) args: ListArgs,
  ): Connection<Change> {
    return changeList.page(context, args, info);
  }

  @Mutation(() => UndoPayload, {
    description:
      "Takes back what one change did, where nothing of it was changed again since; takes the role that the change took.",
  })
  async undoChange(@Ctx() context: WriteContext, @Arg("change", () => ID) change: string): Promise<Fresh<UndoPayload>> {
    await undoChange(context, idOf("Change", change));
    return {};
  }

  @FieldResolver(() => [ChangeEntry], { description: "Object by object, in the order of the writes." })
  entries(
    @Root("id") id: Change["id"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("filter", () => changeEntryList.filter.Input, { nullable: true }) filter?: object | null,
  ): Promise<readonly ChangeEntry[]> {
    return changeEntryList.allOf(context, id, ["changeId"], { filter, info });
  }

  @FieldResolver(() => ID, { nullable: true, description: "The change that this one took back." })
  undoes(@Root("undoes") undoes: Change["undoes"]): string | null {
    return undoes === null ? null : `Change:${undoes}`;
  }
}

/** What was written of a thing is shown to whom may read the thing, and a fact with a rule of its own to whom may read that. */
@Resolver(() => ChangeEntry)
export class ChangeEntryResolver {
  @FieldResolver(() => GraphQLJSONObject, {
    nullable: true,
    description: "Null where the object began, or is of a kind that this token may not read.",
  })
  before(
    @Root("kind") kind: ChangeEntry["kind"],
    @Root("before") before: ChangeEntry["before"],
    @Ctx() { actor }: Context,
  ): Facts | null {
    return readable(kind, before, actor);
  }

  @FieldResolver(() => GraphQLJSONObject, {
    nullable: true,
    description: "Null where the object ended, or is of a kind that this token may not read.",
  })
  after(
    @Root("kind") kind: ChangeEntry["kind"],
    @Root("after") after: ChangeEntry["after"],
    @Ctx() { actor }: Context,
  ): Facts | null {
    return readable(kind, after, actor);
  }
}

function readable(kind: string, facts: Facts | null, actor: Actor): Facts | null {
  const mayRead = (line: string) => RULES[line] === undefined || refusal(actor, RULES[line]) === undefined;
  if (facts === null || !mayRead(kind)) return null;
  return Object.fromEntries(Object.entries(facts).filter(([name]) => mayRead(`${kind}.${name}`)));
}
