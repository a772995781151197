import { Timeout } from "../errors.js";
import { requestError } from "./public-error.js";

/**
 * Gives up waiting for `work`, whatever becomes of it; so it is for what only reads. What the database is still doing
 * for it ends by PostgreSQL's statement_timeout.
 *
 * @throws GraphQLError TIMEOUT
 */
export async function withinTime<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const words = `not answered within ${seconds} seconds; ask for smaller pages, or for less at once`;
    timer = setTimeout(() => reject(requestError(new Timeout(words))), seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
