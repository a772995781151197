import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { refusedByDatabase } from "../db/refused.js";
import { ERROR_STATUS, PublicError } from "../errors.js";

/** What the caller is told of a fault: all of what the caller can mend, nothing of what we have to. */
export function publicError(formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
  const original = causeOf(thrown);
  if (original instanceof PublicError) {
    const { message, code, details } = original;
    return { ...formatted, message, extensions: { code, ...details } };
  }
  const code = formatted.extensions?.code;
  if (!isOurs(original, code)) return { ...formatted, extensions: { code } };
  return { ...formatted, message: "internal error", extensions: { code: "INTERNAL_SERVER_ERROR" } };
}

/** A fault of the request as a whole, which Apollo then answers with the fault's own HTTP status. */
export function requestError(fault: PublicError): GraphQLError {
  const { message, code, status } = fault;
  return new GraphQLError(message, { originalError: fault, extensions: { code, http: { status } } });
}

/** Whether the log has to hear of it. */
export function isOurFault(error: GraphQLError): boolean {
  return isOurs(causeOf(error), error.extensions.code);
}

function causeOf(thrown: unknown): unknown {
  const original = thrown instanceof GraphQLError ? (thrown.originalError ?? thrown) : thrown;
  return refusedByDatabase(original) ?? original;
}

/** Without a code that callers know, nobody meant it for them. */
function isOurs(original: unknown, code: unknown): boolean {
  if (original instanceof PublicError) return false;
  return typeof code !== "string" || !Object.hasOwn(ERROR_STATUS, code) || code === "INTERNAL_SERVER_ERROR";
}
