import { InvalidInput } from "../../errors.js";
import type { Vault } from "../../install/vault.js";
import type { SnmpVersion } from "./switch.entity.js";

export const AUTH_PROTOCOLS = ["MD5", "SHA", "SHA224", "SHA256", "SHA384", "SHA512"] as const;
export type AuthProtocol = (typeof AUTH_PROTOCOLS)[number];
export const PRIVACY_PROTOCOLS = ["DES", "AES", "AES256B", "AES256R"] as const;
export type PrivacyProtocol = (typeof PRIVACY_PROTOCOLS)[number];

/** What opens a switch's tables: a community (v2c), or a user of the USM (v3, RFC 3414). */
export type SnmpCredentials =
  | { readonly version: "V2C"; readonly community: string }
  | {
      readonly version: "V3";
      readonly user: string;
      readonly auth: { readonly protocol: AuthProtocol; readonly password: string } | null;
      readonly privacy: { readonly protocol: PrivacyProtocol; readonly password: string } | null;
    };

/** As a caller writes them. */
export interface GivenCredentials {
  readonly version: SnmpVersion;
  readonly community?: string | null;
  readonly user?: string | null;
  readonly authProtocol?: AuthProtocol | null;
  readonly authPassword?: string | null;
  readonly privacyProtocol?: PrivacyProtocol | null;
  readonly privacyPassword?: string | null;
}

// RFC 3414, 11.2
const SHORTEST_PASSWORD = 8;

/** @throws InvalidInput that names the field, and never says its value */
export function credentialsOf(given: GivenCredentials): SnmpCredentials {
  if (given.version === "V2C") {
    if (!given.community) throw new InvalidInput("version 2c takes a community", ["snmp", "community"]);
    return { version: "V2C", community: given.community };
  }
  if (!given.user) throw new InvalidInput("version 3 takes a user", ["snmp", "user"]);
  const auth = secretOf("authPassword", given.authProtocol ?? "SHA", given.authPassword);
  const privacy = secretOf("privacyPassword", given.privacyProtocol ?? "AES", given.privacyPassword);
  if (privacy !== null && auth === null) {
    throw new InvalidInput("privacy takes authentication as well", ["snmp", "authPassword"]);
  }
  return { version: "V3", user: given.user, auth, privacy };
}

function secretOf<P>(field: string, protocol: P, password: string | null | undefined) {
  if (!password) return null;
  if (password.length >= SHORTEST_PASSWORD) return { protocol, password };
  throw new InvalidInput(`${field} has fewer than ${SHORTEST_PASSWORD} characters`, ["snmp", field]);
}

const NAME = "switch credentials";

/** The same credentials keep their ciphertext, so that nothing has changed. */
export function sealCredentials(vault: Vault, known: string | null, credentials: SnmpCredentials): string {
  const text = JSON.stringify(credentials);
  if (known !== null && vault.open(NAME, { sealed: known }) === text) return known;
  return vault.seal(NAME, text).sealed;
}

/** Null for a switch that is not asked. */
export function credentialsOfSwitch(
  vault: Vault,
  { credentials }: { readonly credentials: string | null },
): SnmpCredentials | null {
  if (credentials === null) return null;
  return JSON.parse(vault.open(NAME, { sealed: credentials }) as string) as SnmpCredentials;
}
