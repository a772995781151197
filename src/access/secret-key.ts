import { createHmac, randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "../db/database.js";
import { Setting } from "../db/setting.entity.js";
import { InvalidInput } from "../errors.js";

/**
 * The key that tokens are derived and checked with, kept outside the database: from the configuration, or in
 * `data/secret.key`, which the first start makes.
 *
 * @throws InvalidInput when it is not the key that the database's digests were made with
 */
export async function secretKey(database: Database, configured: string | undefined, data: string): Promise<string> {
  const key = configured ?? (await keyFile(join(data, "secret.key")));
  const fingerprint = createHmac("sha256", key).update("fingerprint").digest("hex");
  await database.manager
    .createQueryBuilder()
    .insert()
    .into(Setting)
    .values({ name: "secret_key_fingerprint", value: fingerprint })
    .orIgnore()
    .execute();
  const { value } = await database.manager.findOneByOrFail(Setting, { name: "secret_key_fingerprint" });
  if (value !== fingerprint) {
    throw new InvalidInput(
      "the secret key is not the one this database was begun with; set KICKRACK_SECRET_KEY or " +
        "KICKRACK_SECRET_KEY_FILE to that one (by default it is the file secret.key in KICKRACK_DATA)",
    );
  }
  return key;
}

async function keyFile(file: string): Promise<string> {
  await mkdir(join(file, ".."), { recursive: true });
  try {
    await writeFile(file, `${randomBytes(32).toString("hex")}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const key = (await readFile(file, "utf8")).trim();
  if (key.length < 32) throw new InvalidInput(`${file} holds no key of 32 characters or more`);
  return key;
}
