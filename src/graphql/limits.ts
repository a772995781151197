import "reflect-metadata";
import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({
  description: "How much one request may ask for. More is refused with LIMIT_EXCEEDED before anything runs.",
})
export class Limits {
  @Field(() => Int, { description: "Names, numbers, strings and signs in a document." })
  readonly tokens: number = 2_000;

  @Field(() => Int, { description: "Brackets within brackets of any kind, in a document and in its variables." })
  readonly nesting: number = 64;

  @Field(() => Int, { description: "Fields within fields." })
  readonly depth: number = 20;

  @Field(() => Int, { description: "Aliases in an operation, its fragments counted as often as they are used." })
  readonly aliases: number = 30;

  @Field(() => Int, {
    description: "Fields and fragments in an operation, fragments counted as often as they are used.",
  })
  readonly selections: number = 1_000;

  @Field(() => Int, {
    description:
      "Objects that an answer could hold, if every page were full; `extensions.cost.nodes` has the number for each answer.",
  })
  readonly nodes: number = 25_000;

  @Field(() => Int, { description: "Objects on a page: `first` or `last` at most." })
  readonly pageSize: number = 200;

  @Field(() => Int, { description: "Objects on a page when neither `first` nor `last` is given." })
  readonly defaultPageSize: number = 50;

  @Field(() => Int, { description: "What a list without pages counts for in `nodes`, however long it is." })
  readonly listEstimate: number = 10;

  @Field(() => Int, { description: "Elements of a list that is given, in a document or in its variables." })
  readonly inputList: number = 1_000;

  @Field(() => Int, { description: "Bytes of a request's body; more is answered with HTTP status 413." })
  readonly bodyBytes: number = 1_048_576;

  @Field(() => Int, {
    description: "Open subscriptions of one token on one server; more is answered with HTTP status 429.",
  })
  readonly streams: number = 20;

  @Field(() => Float, { description: "How long a query may take. More is answered with TIMEOUT." })
  readonly seconds: number;
}

/** All but `seconds`, which is a setting. */
export const LIMITS: Readonly<Omit<Limits, "seconds">> = new Limits();
