import type { GraphQLResolveInfo } from "graphql";
import {
  Arg,
  Args,
  Ctx,
  Field,
  GraphQLISODateTime,
  ID,
  Info,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from "type-graphql";
import type { Context, WriteContext } from "../context.js";
import { idOf } from "../graphql/global-id.js";
import type { Connection } from "../graphql/list/connection.js";
import type { ListArgs } from "../graphql/list/entity-list.js";
import { Payload, type Fresh } from "../graphql/user-errors.js";
import { expiry, tokenName } from "./api-token.js";
import { ApiToken, RoleEnum, ScopeEnum } from "./api-token.entity.js";
import { apiTokenList } from "./api-token.list.js";
import { mintToken, revokeToken, type Actor } from "./api-token.store.js";
import type { Role } from "./role.js";
import { grantable, type Scope } from "./scope.js";

@ObjectType({ description: "Who asks." })
class Me {
  @Field(() => String, { description: "The token's name." })
  name: string;

  @Field(() => RoleEnum)
  role: Role;

  @Field(() => [ScopeEnum], { description: "What the token may touch; none given is everything that its role may." })
  scopes: readonly Scope[];

  @Field(() => GraphQLISODateTime, { nullable: true, description: "Null for a token that does not expire." })
  expiresAt: Date | null;
}

@ObjectType()
class TokenPayload extends Payload {
  @Field(() => ApiToken, { nullable: true })
  token?: ApiToken;

  @Field(() => String, { nullable: true, description: "The token itself: shown now and never again." })
  secret?: string;
}

@Resolver()
export class AccessResolver {
  @Query(() => Me)
  me(@Ctx() { actor }: Context): Actor {
    return actor;
  }

  @Query(() => apiTokenList.Connection)
  tokens(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => apiTokenList.Args) args: ListArgs,
  ): Connection<ApiToken> {
    return apiTokenList.page(context, args, info);
  }

  @Mutation(() => TokenPayload)
  async createToken(
    @Ctx() { app, actor, transaction }: WriteContext,
    @Arg("name", () => String, { description: "Whose it is; stands in logs." }) name: string,
    @Arg("role", () => RoleEnum) role: Role,
    @Arg("scopes", () => [ScopeEnum], {
      defaultValue: [],
      description: "What it may touch; none given is everything that its role may.",
    })
    scopes: Scope[],
    @Arg("days", () => Int, { nullable: true, description: "How long it is valid; for ever when not given." })
    days?: number | null,
  ): Promise<Fresh<TokenPayload>> {
    const now = app.now();
    const values = {
      name: tokenName(name),
      role,
      scopes: grantable(actor.scopes, scopes),
      expiresAt: expiry(now, days),
    };
    const minted = await mintToken(transaction, app.secretKey, values, now);
    return { token: minted.token, secret: minted.text };
  }

  @Mutation(() => TokenPayload, { description: "Ends a token at once." })
  async revokeToken(
    @Ctx() { app, transaction }: WriteContext,
    @Arg("token", () => ID) token: string,
  ): Promise<Fresh<TokenPayload>> {
    return { token: await revokeToken(transaction, idOf("ApiToken", token, "token"), app.now()) };
  }
}
