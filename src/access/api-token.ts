import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

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
