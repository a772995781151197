import { Query, Resolver } from "type-graphql";
import { LIMITS, Limits } from "./limits.js";

@Resolver()
export class LimitsResolver {
  @Query(() => Limits, { description: "How much one request may ask for." })
  limits(): Limits {
    return LIMITS;
  }
}
