import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { refusedByDatabase } from "../db/refused.js";
import { CallerError } from "../errors.js";

const INTERNAL = "INTERNAL_SERVER_ERROR";

/** What the caller is told of a fault: all of what the caller can mend, nothing of what we have to. */
export function publicError(formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
  const original = causeOf(thrown);
  if (original instanceof CallerError) {
    return { ...formatted, message: original.message, extensions: { code: original.code } };
  }
  const code = formatted.extensions?.code;
  if (!isOurs(original, code)) return { ...formatted, extensions: { code } };
  return { ...formatted, message: "internal error", extensions: { code: INTERNAL } };
}

/** Whether the log has to hear of it. */
export function isOurFault(error: GraphQLError): boolean {
  return isOurs(causeOf(error), error.extensions.code);
}

function causeOf(thrown: unknown): unknown {
  const original = thrown instanceof GraphQLError ? (thrown.originalError ?? thrown) : thrown;
  return refusedByDatabase(original) ?? original;
}

function isOurs(original: unknown, code: unknown): boolean {
  return !(original instanceof CallerError) && (code === undefined || code === INTERNAL);
}
