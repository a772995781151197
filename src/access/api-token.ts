import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { InvalidInput } from "../errors.js";

export interface ApiTokenText {
  readonly keyId: string;
  readonly secret: string;
}

/** `kr_ID.SECRET`, the one spelling of a token; undefined for anything else. */
export function parseApiToken(text: string): ApiTokenText | undefined {
  const match = /^kr_([A-Za-z0-9_-]{4,16})\.([A-Za-z0-9_-]{20,128})$/.exec(text);
  return match === null ? undefined : { keyId: match[1] ?? "", secret: match[2] ?? "" };
}

export function newApiToken(): ApiTokenText {
  return { keyId: randomBytes(6).toString("base64url"), secret: randomBytes(32).toString("base64url") };
}

export function printApiToken({ keyId, secret }: ApiTokenText): string {
  return `kr_${keyId}.${secret}`;
}

/** HMAC-SHA256 of the secret, hexadecimal: what the database keeps. */
export function apiTokenDigest(secretKey: string, { keyId, secret }: ApiTokenText): string {
  return createHmac("sha256", secretKey).update(`api token:${keyId}:${secret}`).digest("hex");
}

export function sameDigest(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length > 0 && left.length === right.length && timingSafeEqual(left, right);
}

/** @throws InvalidInput when it would not stand well in a log */
export function tokenName(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9 ._@-]{0,63}$/.test(name)) return name;
  throw new InvalidInput("a token's name has letters, digits, blanks and . _ @ -, 64 at most", ["name"]);
}

const DAY_MS = 86_400_000;
const MAX_DAYS = 3650;

/** The end of a token that is valid for so many days; null, for ever, when the days are not given. */
export function expiry(now: Date, days: number | null | undefined): Date | null {
  if (days === null || days === undefined) return null;
  if (Number.isInteger(days) && days >= 1 && days <= MAX_DAYS) return new Date(now.getTime() + days * DAY_MS);
  throw new InvalidInput(`1 to ${MAX_DAYS} days`, ["days"]);
}
