import type { Config } from "../config.js";
import { Database } from "../db/database.js";
import { InvalidInput } from "../errors.js";
import type { ChainHead } from "../db/dialect.js";
import { verifyChanges } from "./verify.js";

/**
 * `kickrack changes verify`, on the server's own database.
 *
 * @param noted a head that an earlier run has printed
 * @returns what to print, and whether every change is what was written
 */
export async function verifyChangesOffline(
  config: Config,
  noted: string | undefined,
): Promise<{ text: string; intact: boolean }> {
  const known = noted === undefined ? undefined : parseHead(noted);
  const database = await Database.open(config.databaseUrl, { existing: true });
  try {
    const { head, broken } = await verifyChanges(database.manager, known);
    if (broken !== undefined) return { text: `${broken}; ${head.id} before it are intact.\n`, intact: false };
    return { text: `${head.id} changes, none of them edited. Head: ${head.id}:${head.digest}\n`, intact: true };
  } finally {
    await database.close();
  }
}

function parseHead(text: string): ChainHead {
  const match = /^([0-9]{1,9}):([0-9a-f]{64})$/.exec(text);
  if (match === null) throw new InvalidInput(`${JSON.stringify(text)} is no head; write it as this command prints it`);
  return { id: Number(match[1]), digest: match[2] ?? "" };
}
