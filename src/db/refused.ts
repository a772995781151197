import { QueryFailedError } from "typeorm";
import { Conflict, InvalidInput, type CallerError } from "../errors.js";

/**
 * What PostgreSQL refuses and SQLite takes, as words for the caller; undefined for what is our fault. Its codes are
 * in PostgreSQL's appendix A.
 */
export function refusedByDatabase(error: unknown): CallerError | undefined {
  if (!(error instanceof QueryFailedError)) return undefined;
  switch ((error.driverError as { code?: string }).code) {
    case "23505": // unique_violation: two writers at once both found it free, and the index decided
      return new Conflict("somebody else took the same name or place at the same moment; look again and repeat");
    case "22021": // character_not_in_repertoire
      return new InvalidInput("a text holds a NUL character, which cannot be kept; leave it out");
    default:
      return undefined;
  }
}
