import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import type { ParameterValue } from "./install-values.js";

/** A secret as the database has it; only the vault makes a value of it. */
export interface Sealed {
  readonly sealed: string;
}

export function isSealed(value: unknown): value is Sealed {
  return typeof value === "object" && value !== null && "sealed" in value;
}

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Keeps secrets unreadable in the database and so in its backups: AES-256-GCM under a key of its own, derived from the
 * server's secret key, which is kept elsewhere. The parameter's name is authenticated with it: a secret that somebody
 * moves to another name cannot be opened there.
 */
export class Vault {
  readonly #key: Buffer;

  constructor(secretKey: string) {
    this.#key = Buffer.from(hkdfSync("sha256", secretKey, "", "kickrack parameters 1", 32));
  }

  seal(name: string, value: ParameterValue): Sealed {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, nonce).setAAD(Buffer.from(name));
    const text = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
    return { sealed: Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64url") };
  }

  /** @throws Error when it was sealed under another key or name, or has been changed */
  open(name: string, { sealed }: Sealed): ParameterValue {
    const bytes = Buffer.from(sealed, "base64url");
    const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv(CIPHER, this.#key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(name))
      .setAuthTag(tag);
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return JSON.parse(text.toString("utf8")) as ParameterValue;
  }
}
