import { Field, ObjectType } from "type-graphql";
import { refusedByDatabase } from "../db/refused.js";
import { CallerError } from "../errors.js";
import { RefusedInputs } from "../machine/machine.store.js";

@ObjectType({ description: "Why a mutation changed nothing: which input was wrong, and what would be right." })
export class UserError {
  @Field(() => String, { description: "BAD_USER_INPUT, NOT_FOUND or CONFLICT." })
  code: string;

  @Field(() => [String], { description: 'Path to the input, as in ["machines", "3"].' })
  field: readonly string[];

  @Field(() => String)
  message: string;
}

@ObjectType()
export abstract class Payload {
  @Field(() => [UserError], { description: "Empty when the mutation did what it was asked; else it changed nothing." })
  userErrors: readonly UserError[] = [];
}

/** Turns what a caller can mend into `userErrors`; everything else is thrown on. */
export async function attempt<T extends object>(
  work: () => Promise<T>,
): Promise<T & { userErrors: readonly UserError[] }> {
  try {
    return { userErrors: [], ...(await work()) };
  } catch (error) {
    const userErrors = userErrorsOf(error);
    if (userErrors === undefined) throw error;
    return { userErrors } as unknown as T & { userErrors: readonly UserError[] };
  }
}

function userErrorsOf(thrown: unknown): UserError[] | undefined {
  const error = refusedByDatabase(thrown) ?? thrown;
  if (error instanceof RefusedInputs) {
    return error.refusals.map(({ index, error: { code, message } }) => {
      return { code, field: ["machines", String(index)], message };
    });
  }
  if (!(error instanceof CallerError) || error.code === "FORBIDDEN" || error.code === "UNAUTHENTICATED")
    return undefined;
  return [{ code: error.code, field: error.field, message: error.message }];
}
