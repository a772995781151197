import { createHmac } from "node:crypto";
import type { FilterImplOptions } from "liquidjs";
import { encrypt } from "unixcrypt";
import { printable, Unprintable } from "./template-encoders.js";

/** CRYPT_MAX_PASSPHRASE_SIZE of libxcrypt: with a longer one nobody could sign in. A megabyte would take a minute. */
const PASSWORD_BYTES = 512;

/** As long as a hash and read as one, and nobody's. */
const SHOWN = `$6$preview$${"x".repeat(86)}`;

/**
 * `{{ parameters.rootPassword | crypt }}`: SHA-512 crypt, what every installer takes. The salt is the machine's: of its
 * installation's random seed and the place in the template, so that a file that is fetched twice is the same twice.
 */
export const cryptFilter: FilterImplOptions = function (password: unknown): string {
  const text = printable(password);
  if (Buffer.byteLength(text) > PASSWORD_BYTES) {
    throw new Unprintable(`is longer than ${PASSWORD_BYTES} bytes, and no system takes such a password`);
  }
  const { saltSeed } = this.context.globals as { readonly saltSeed?: string };
  if (saltSeed === undefined) return SHOWN;
  const { file = "", begin } = this.token;
  const salt = createHmac("sha256", saltSeed).update(`salt:${file}:${begin}`).digest("base64url").replace(/[_-]/g, ".");
  return encrypt(text, `$6$${salt.slice(0, 16)}`);
};
