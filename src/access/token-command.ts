import type { Config } from "../config.js";
import { Database } from "../db/database.js";
import { mintToken } from "./api-token.store.js";
import type { Role } from "./role.js";
import { secretKey } from "./secret-key.js";

/** `kickrack token create`: for whoever can read the server's own database and key, and so needs no token. */
export async function createTokenOffline(config: Config, name: string, role: string): Promise<string> {
  const database = await Database.open(config.databaseUrl);
  try {
    const key = await secretKey(database, config.secretKey, config.data);
    const values = { name, role: role.toUpperCase() as Role, expiresAt: null };
    return (await database.write(({ manager }) => mintToken(manager, key, values, new Date()))).text;
  } finally {
    await database.close();
  }
}
