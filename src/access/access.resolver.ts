import { Arg, Args, Ctx, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { InvalidInput } from "../errors.js";
import { connectionType, page, PageArgs, type Connection } from "../graphql/connection.js";
import { idOf } from "../graphql/global-id.js";
import { attempt, Payload } from "../graphql/user-errors.js";
import { ApiToken, RoleEnum } from "./api-token.entity.js";
import { mintToken, revokeToken, type Actor } from "./api-token.store.js";
import type { Role } from "./role.js";

const DAY_MS = 86_400_000;
const ApiTokenConnection = connectionType("ApiToken", ApiToken);

@ObjectType({ description: "Who asks." })
class Me {
  @Field(() => String, { description: "The token's name." })
  name: string;

  @Field(() => RoleEnum)
  role: Role;
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

  @Query(() => ApiTokenConnection)
  tokens(@Ctx() { app }: Context, @Args(() => PageArgs) args: PageArgs): Promise<Connection<ApiToken>> {
    return page(app.database.manager, ApiToken, args);
  }

  @Mutation(() => TokenPayload)
  createToken(
    @Ctx() { app }: Context,
    @Arg("name", () => String, { description: "Whose it is; stands in logs." }) name: string,
    @Arg("role", () => RoleEnum) role: Role,
    @Arg("days", () => Int, { nullable: true, description: "How long it is valid; for ever when not given." })
    days?: number | null,
  ): Promise<TokenPayload> {
    return attempt(async () => {
      if (!/^[A-Za-z0-9][A-Za-z0-9 ._@-]{0,63}$/.test(name)) {
        throw new InvalidInput("a token's name has letters, digits, blanks and . _ @ -, 64 at most", ["name"]);
      }
      if (typeof days === "number" && (days < 1 || days > 3650)) throw new InvalidInput("1 to 3650 days", ["days"]);
      const now = app.now();
      const expiresAt = days ? new Date(now.getTime() + days * DAY_MS) : null;
      const minted = await app.database.write(({ manager }) =>
        mintToken(manager, app.secretKey, { name, role, expiresAt }, now),
      );
      return { token: minted.token, secret: minted.text };
    });
  }

  @Mutation(() => TokenPayload, { description: "Ends a token at once." })
  revokeToken(@Ctx() { app }: Context, @Arg("token", () => ID) token: string): Promise<TokenPayload> {
    return attempt(() =>
      app.database.write(async ({ manager }) => ({
        token: await revokeToken(manager, idOf("ApiToken", token, "token"), app.now()),
      })),
    );
  }
}
