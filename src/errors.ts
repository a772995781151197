/** The codes a caller may meet in `errors[].extensions.code`, in `userErrors[].code` and behind an HTTP status. */
export type CallerErrorCode = "BAD_USER_INPUT" | "NOT_FOUND" | "CONFLICT" | "UNAUTHENTICATED" | "FORBIDDEN";

/** The caller can fix this, so the caller may read it. Anything else thrown is our bug. */
export abstract class CallerError extends Error {
  abstract readonly code: CallerErrorCode;

  /** @param field path to the input that was wrong, where one was */
  constructor(
    message: string,
    readonly field: readonly string[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export class InvalidInput extends CallerError {
  override name = "InvalidInput";
  readonly code = "BAD_USER_INPUT";
}

export class NotFound extends CallerError {
  override name = "NotFound";
  readonly code = "NOT_FOUND";
}

export class Conflict extends CallerError {
  override name = "Conflict";
  readonly code = "CONFLICT";
}

/** Says which input it was, for a fault that `work` could not know the input of. */
export function inField<T>(field: readonly string[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CallerError) || error.field.length > 0) throw error;
    const Fault = error.constructor as new (message: string, field: readonly string[], options: ErrorOptions) => Error;
    throw new Fault(error.message, field, { cause: error });
  }
}

/** No token, or one that is unknown, expired or revoked: the three look alike on purpose. */
export class Unauthenticated extends CallerError {
  override name = "Unauthenticated";
  readonly code = "UNAUTHENTICATED";
}

/** Says nothing of whether the thing exists. */
export class Forbidden extends CallerError {
  override name = "Forbidden";
  readonly code = "FORBIDDEN";
}
