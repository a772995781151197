import DataLoader from "dataloader";
import { In, type DataSource, type EntityManager } from "typeorm";
import { dialectOf } from "../db/dialect.js";
import { Statement } from "../db/statement.js";
import { Setting } from "../db/setting.entity.js";
import type { Transaction } from "../db/database.js";
import { NotFound } from "../errors.js";
import { apiTokenDigest, newApiToken, parseApiToken, printApiToken, sameDigest } from "./api-token.js";
import { ApiToken } from "./api-token.entity.js";
import { apiTokenKind } from "./api-token.kind.js";
import type { Role } from "./role.js";
import type { Scope } from "./scope.js";

/** Who does something: what a token says of its holder. */
export interface Actor {
  readonly tokenId: number;
  readonly name: string;
  readonly role: Role;
  /** Empty: everything that the role may. */
  readonly scopes: readonly Scope[];
  readonly expiresAt: Date | null;
}

export interface NewToken {
  readonly name: string;
  readonly role: Role;
  readonly scopes?: readonly Scope[];
  readonly expiresAt: Date | null;
}

export interface MintedToken {
  readonly token: ApiToken;
  /** Shown once, kept nowhere. */
  readonly text: string;
}

const FIRST_TOKEN = "first_token_minted_at";

export async function mintToken(
  { manager, changes }: Transaction,
  secretKey: string,
  { scopes = [], ...values }: NewToken,
  now: Date,
): Promise<MintedToken> {
  const text = newApiToken();
  const token = await manager.save(
    manager.create(ApiToken, {
      ...values,
      scopes: [...scopes],
      keyId: text.keyId,
      digest: apiTokenDigest(secretKey, text),
      createdAt: now,
      revokedAt: null,
      lastUsedAt: null,
      lastUsedFrom: null,
    }),
  );
  await rememberFirstToken(manager, now);
  changes.created(apiTokenKind, [token.id]);
  return { token, text: printApiToken(text) };
}

/**
 * The first start's token: an administrator's, minted only where there is no token and never was one, also when all were
 * revoked or their rows deleted since. Call it alone: two processes may start at once.
 */
export async function mintFirstToken(
  transaction: Transaction,
  secretKey: string,
  now: Date,
): Promise<MintedToken | undefined> {
  const { manager } = transaction;
  const known = await manager.existsBy(Setting, { name: FIRST_TOKEN });
  if (known) return undefined;
  if (await manager.exists(ApiToken)) {
    await rememberFirstToken(manager, now); // a database from before this was remembered
    return undefined;
  }
  return mintToken(transaction, secretKey, { name: "administrator", role: "ADMINISTRATOR", expiresAt: null }, now);
}

async function rememberFirstToken(manager: EntityManager, now: Date): Promise<void> {
  const values = { name: FIRST_TOKEN, value: now.toISOString() };
  await manager.createQueryBuilder().insert().into(Setting).values(values).orIgnore().execute();
}

interface TokenRow {
  readonly key_id: string;
  readonly id: number;
  readonly digest: string;
  readonly name: string;
  readonly role: Role;
  readonly scopes: string;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
}

// Every request asks for it, so without TypeORM's hydration; and it asks the database, so that what another process has
// revoked is revoked here too.
const TOKEN_COLUMNS = "key_id, id, digest, name, role, scopes, expires_at, revoked_at";

/** Requests that come in the same turn of the event loop ask together; none goes by what was read before it came. */
const rowsOf = new WeakMap<DataSource, DataLoader<string, TokenRow | undefined>>();

function tokenRow({ dataSource }: EntityManager, keyId: string): Promise<TokenRow | undefined> {
  let rows = rowsOf.get(dataSource);
  if (rows === undefined) {
    const load = (keyIds: readonly string[]) => tokenRows(dataSource.manager, keyIds);
    rows = new DataLoader(load, { cache: false, batchScheduleFn: (work) => setImmediate(work) });
    rowsOf.set(dataSource, rows);
  }
  return rows.load(keyId);
}

async function tokenRows(manager: EntityManager, keyIds: readonly string[]): Promise<Array<TokenRow | undefined>> {
  const statement = new Statement(dialectOf(manager));
  const text = `SELECT ${TOKEN_COLUMNS} FROM api_token WHERE ${statement.isAmong("key_id", [...new Set(keyIds)])}`;
  const rows = (await statement.rows(manager, text)) as unknown as TokenRow[];
  const byKeyId = new Map(rows.map((row) => [row.key_id, row]));
  return keyIds.map((keyId) => byKeyId.get(keyId));
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
  const row = await tokenRow(manager, presented.keyId);
  // Without a row the digest is computed and compared all the same: a guess at an id costs the same time.
  const fits = sameDigest(row?.digest ?? "0".repeat(64), apiTokenDigest(secretKey, presented));
  if (row === undefined || !fits) return undefined;
  const { id, name, role, scopes } = row;
  const expiresAt = row.expires_at === null ? null : new Date(row.expires_at);
  if (!isValid({ expiresAt, revokedAt: row.revoked_at }, now)) return undefined;
  return { tokenId: id, name, role, scopes: scopes === "" ? [] : (scopes.split(",") as Scope[]), expiresAt };
}

/** Which of these tokens are still valid: for an answer that outlives its request, as a stream does. */
export async function validTokenIds(manager: EntityManager, ids: readonly number[], now: Date): Promise<Set<number>> {
  const tokens = await manager.findBy(ApiToken, { id: In([...ids]) });
  return new Set(tokens.filter((token) => isValid(token, now)).map(({ id }) => id));
}

export function isValid({ expiresAt, revokedAt }: { expiresAt: Date | null; revokedAt: unknown }, now: Date): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now);
}

export async function revokeToken({ manager, changes }: Transaction, id: number, now: Date): Promise<ApiToken> {
  const token = await manager.findOneBy(ApiToken, { id });
  if (token === null) throw new NotFound(`no token ApiToken:${id}`, ["token"]);
  await changes.watch(apiTokenKind, [id]);
  token.revokedAt ??= now;
  return manager.save(token);
}
