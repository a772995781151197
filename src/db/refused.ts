import { QueryFailedError } from "typeorm";
import { Conflict, InvalidInput, Timeout, type PublicError } from "../errors.js";

// PostgreSQL, appendix A
const UNIQUE_VIOLATION = "23505";
const CHARACTER_NOT_IN_REPERTOIRE = "22021";
const QUERY_CANCELED = "57014";
const DEADLOCK_DETECTED = "40P01";

/** What PostgreSQL refuses and SQLite takes, as words for the caller; undefined for what is our fault. */
export function refusedByDatabase(error: unknown): PublicError | undefined {
  if (!(error instanceof QueryFailedError)) return undefined;
  const { code } = error.driverError as { code?: string };
  // Two writers at once both found it free, and the index decided.
  if (code === UNIQUE_VIOLATION) {
    return new Conflict("somebody else took the same name or place at the same moment; look again and repeat");
  }
  if (code === DEADLOCK_DETECTED) {
    return new Conflict("somebody else changed the same things in another order at the same moment; repeat it");
  }
  if (code === CHARACTER_NOT_IN_REPERTOIRE) {
    return new InvalidInput("a text holds a NUL character, which cannot be kept; leave it out");
  }
  if (code === QUERY_CANCELED) {
    return new Timeout("the database took too long, and gave this up; repeat it later, or ask for less");
  }
  return undefined;
}
