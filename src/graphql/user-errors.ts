import { Field, Int, ObjectType } from "type-graphql";
import { Change, ChangeEntry } from "../changes/change.entity.js";
import { refusedByDatabase } from "../db/refused.js";
import { CallerError, Refusals } from "../errors.js";

@ObjectType({ description: "Why a mutation changed nothing: which input was wrong, and what would be right." })
export class UserError {
  @Field(() => String, { description: "BAD_USER_INPUT, NOT_FOUND or CONFLICT." })
  code: string;

  @Field(() => [String], { description: 'Path to the input, as in ["machines", "3"].' })
  field: readonly string[];

  @Field(() => String)
  message: string;

  @Field(() => Int, { nullable: true, description: "Of an input that is a text: the line that is wrong, from 1." })
  line?: number | undefined;

  @Field(() => Int, { nullable: true, description: "The character in that line, from 1." })
  column?: number | undefined;
}

@ObjectType()
export abstract class Payload {
  @Field(() => [UserError], { description: "Empty when the mutation did what it was asked; else it changed nothing." })
  userErrors: readonly UserError[];

  @Field(() => [ChangeEntry], { description: "What has changed, or with dryRun would have changed, object by object." })
  changed: readonly ChangeEntry[];

  @Field(() => Change, { nullable: true, description: "The change as it is kept; null when nothing was changed." })
  change?: Change | null;
}

/** A payload as a resolver makes it; the wrapper of all mutations adds the rest. */
export type Fresh<T extends Payload> = Omit<T, keyof Payload>;

/** What the caller can mend; undefined for everything else. */
export function userErrorsOf(thrown: unknown): UserError[] | undefined {
  const error = refusedByDatabase(thrown) ?? thrown;
  if (error instanceof Refusals) return error.errors.map(userError);
  if (!(error instanceof CallerError) || error.code === "FORBIDDEN" || error.code === "UNAUTHENTICATED")
    return undefined;
  return [userError(error)];
}

function userError({ code, field, message, details: { line, column } }: CallerError): UserError {
  const place = typeof line === "number" && typeof column === "number" ? { line, column } : {};
  return { code, field, message, ...place };
}
