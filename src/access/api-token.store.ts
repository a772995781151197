import type { EntityManager } from "typeorm";
import { NotFound } from "../errors.js";
import { apiTokenDigest, newApiToken, parseApiToken, printApiToken, sameDigest } from "./api-token.js";
import { ApiToken } from "./api-token.entity.js";
import type { Role } from "./role.js";

/** Who does something: the name and the role of a token. */
export interface Actor {
  readonly name: string;
  readonly role: Role;
}

export interface MintedToken {
  readonly token: ApiToken;
  /** Shown once, kept nowhere. */
  readonly text: string;
}

export async function mintToken(
  manager: EntityManager,
  secretKey: string,
  values: { name: string; role: Role; expiresAt: Date | null },
  now: Date,
): Promise<MintedToken> {
  const text = newApiToken();
  const token = await manager.save(
    manager.create(ApiToken, {
      ...values,
      keyId: text.keyId,
      digest: apiTokenDigest(secretKey, text),
      createdAt: now,
      revokedAt: null,
    }),
  );
  return { token, text: printApiToken(text) };
}

/** The first start's token: an administrator's, minted only while there is no token at all. */
export async function mintFirstToken(
  manager: EntityManager,
  secretKey: string,
  now: Date,
): Promise<MintedToken | undefined> {
  if (await manager.exists(ApiToken)) return undefined;
  return mintToken(manager, secretKey, { name: "administrator", role: "ADMINISTRATOR", expiresAt: null }, now);
}

/** Whose token `text` is; undefined when it is unknown, expired or revoked, which look alike. */
export async function actorOf(
  manager: EntityManager,
  secretKey: string,
  text: string,
  now: Date,
): Promise<Actor | undefined> {
  const presented = parseApiToken(text);
  if (presented === undefined) return undefined;
  const token = await manager.findOneBy(ApiToken, { keyId: presented.keyId });
  // Without a row the digest is computed and compared all the same: a guess at an id costs the same time.
  const fits = sameDigest(token?.digest ?? "0".repeat(64), apiTokenDigest(secretKey, presented));
  if (token === null || !fits || token.revokedAt !== null) return undefined;
  if (token.expiresAt !== null && token.expiresAt <= now) return undefined;
  return { name: token.name, role: token.role };
}

export async function revokeToken(manager: EntityManager, id: number, now: Date): Promise<ApiToken> {
  const token = await manager.findOneBy(ApiToken, { id });
  if (token === null) throw new NotFound(`no token ApiToken:${id}`, ["token"]);
  token.revokedAt ??= now;
  return manager.save(token);
}
