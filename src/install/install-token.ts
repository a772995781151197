import { createHmac, randomBytes } from "node:crypto";

/**
 * The token of one installation: 256 bits, the HMAC of a random seed under the secret key. The database holds the
 * seed and the token's own digest, the key is kept outside of it: who has only one of the two has no token, and a
 * server that starts anew can print the same boot menu again.
 */
export function installToken(secretKey: string, seed: string): string {
  return createHmac("sha256", secretKey).update(`installation token:${seed}`).digest("base64url");
}

export function newTokenSeed(): string {
  return randomBytes(32).toString("hex");
}

/** What a presented token is looked up by; as a digest, so that the look-up's time tells nothing of the token. */
export function installTokenDigest(secretKey: string, token: string): string {
  return createHmac("sha256", secretKey).update(`installation digest:${token}`).digest("hex");
}
