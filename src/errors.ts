/**
 * Every code that `errors[].extensions.code` may hold, with the HTTP status of an answer that has nothing else; docs/api.md
 * says what to do about each.
 */
export const ERROR_STATUS = {
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  OPERATION_RESOLUTION_FAILURE: 400,
  PERSISTED_QUERY_NOT_SUPPORTED: 200,
  BAD_REQUEST: 400,
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  LIMIT_EXCEEDED: 400,
  TIMEOUT: 503,
  INTERNAL_SERVER_ERROR: 500,
} as const;
export type ErrorCode = keyof typeof ERROR_STATUS;

/** Whoever asked may read this. Anything else thrown is our bug. */
export abstract class PublicError extends Error {
  abstract readonly code: ErrorCode;
  /** What stands beside the code, for programs. */
  readonly details: Readonly<Record<string, unknown>> = {};

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

/** The codes a caller may meet in `errors[].extensions.code`, in `userErrors[].code` and behind an HTTP status. */
export type CallerErrorCode = "BAD_USER_INPUT" | "NOT_FOUND" | "CONFLICT" | "UNAUTHENTICATED" | "FORBIDDEN";

/** An input of the caller's, which the caller can mend. */
export abstract class CallerError extends PublicError {
  abstract override readonly code: CallerErrorCode;

  /** @param field path to the input that was wrong, where one was */
  constructor(
    message: string,
    readonly field: readonly string[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The same fault, of an input that is part of another one. */
  within(path: readonly string[]): CallerError {
    const Fault = this.constructor as new (...args: ConstructorParameters<typeof CallerError>) => CallerError;
    return new Fault(this.message, [...path, ...this.field], { cause: this });
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

/** Several inputs of a list were wrong, each for its own reason; `field` of each says which. */
export class Refusals extends Error {
  override name = "Refusals";

  constructor(readonly errors: readonly CallerError[]) {
    super(errors.map(({ message }) => message).join("; "));
  }
}

/**
 * Does `work` for each input of the list `name`, one after the other.
 *
 * @throws Refusals naming every input that was refused, and why
 */
export async function forEachInput<I, O>(
  name: string,
  inputs: readonly I[],
  work: (input: I) => Promise<O>,
): Promise<O[]> {
  const results: O[] = [];
  const refused: CallerError[] = [];
  for (const [index, input] of inputs.entries()) {
    try {
      results.push(await work(input));
    } catch (error) {
      if (!(error instanceof CallerError)) throw error;
      refused.push(error.within([name, String(index)]));
    }
  }
  if (refused.length > 0) throw new Refusals(refused);
  return results;
}

/** Says which input it was, for a fault that `work` could not know the input of. */
export function inField<T>(field: readonly string[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CallerError) || error.field.length > 0) throw error;
    throw error.within(field);
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

/** No request as the API takes it: nothing was looked at. */
export class BadRequest extends PublicError {
  override name = "BadRequest";
  readonly code = "BAD_REQUEST";

  constructor(
    message: string,
    private readonly httpStatus: number = ERROR_STATUS.BAD_REQUEST,
  ) {
    super(message);
  }

  override get status(): number {
    return this.httpStatus;
  }
}

/** More than one request may ask for; refused before anything of it ran. */
export class LimitExceeded extends PublicError {
  override name = "LimitExceeded";
  readonly code = "LIMIT_EXCEEDED";
  override readonly details: { readonly limit: string; readonly allowed: number; readonly requested?: number };

  /** @param limit its name in the API's `limits` */
  constructor(
    limit: string,
    allowed: number,
    requested: number | undefined,
    message: string,
    private readonly httpStatus: number = ERROR_STATUS.LIMIT_EXCEEDED,
  ) {
    super(message);
    this.details = { limit, allowed, ...(requested === undefined ? {} : { requested }) };
  }

  override get status(): number {
    return this.httpStatus;
  }
}

/** Given up before it had an answer; nothing of it was written. */
export class Timeout extends PublicError {
  override name = "Timeout";
  readonly code = "TIMEOUT";
}
