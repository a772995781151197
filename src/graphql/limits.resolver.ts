import { Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../context.js";
import { LIMITS, Limits } from "./limits.js";

@Resolver()
export class LimitsResolver {
  @Query(() => Limits, { description: "How much one request may ask for." })
  limits(@Ctx() { app }: Context): Limits {
    return { ...LIMITS, seconds: app.config.querySeconds };
  }
}
