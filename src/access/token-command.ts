import { byCommand } from "../changes/origin.js";
import type { Config } from "../config.js";
import { Database } from "../db/database.js";
import { NotFound } from "../errors.js";
import { printTable } from "../table.js";
import { expiry, tokenName } from "./api-token.js";
import { ApiToken } from "./api-token.entity.js";
import { isValid, mintToken, revokeToken } from "./api-token.store.js";
import type { Role } from "./role.js";
import type { Scope } from "./scope.js";
import { secretKey } from "./secret-key.js";

// `kickrack token …` is for whoever can read the server's own database and key, and so needs no token.

export type OutputFormat = "table" | "json";

export interface TokenWish {
  readonly role: string;
  readonly scope: readonly string[];
  readonly days?: number;
}

/** The new token alone, so that a script can keep it in a variable; with `json`, what is known of it too. */
export function createToken(config: Config, name: string, wish: TokenWish, output: OutputFormat): Promise<string> {
  return onDatabase(config, async (database) => {
    const now = new Date();
    const key = await secretKey(database, config.secretKey, config.data);
    const values = {
      name: tokenName(name),
      role: wish.role.toUpperCase() as Role,
      scopes: [...new Set(wish.scope)].map((scope) => scope.toUpperCase() as Scope),
      expiresAt: expiry(now, wish.days),
    };
    const { token, text } = await database.write(byCommand("token create"), (transaction) =>
      mintToken(transaction, key, values, now),
    );
    return output === "json" ? json({ ...shown(token, now), token: text }) : `${text}\n`;
  });
}

export function listTokens(config: Config, output: OutputFormat): Promise<string> {
  return onDatabase(config, async ({ manager }) => {
    const now = new Date();
    const tokens = (await manager.find(ApiToken, { order: { id: "ASC" } })).map((token) => shown(token, now));
    if (output === "json") return json(tokens);
    const rows = tokens.map((each) => [
      each.id,
      each.name,
      each.role,
      each.scopes.join(",") || "all",
      each.state,
      minute(each.expiresAt) ?? "never",
      minute(each.lastUsedAt) ?? "never",
      each.lastUsedFrom ?? "",
    ]);
    return printTable([["ID", "NAME", "ROLE", "SCOPES", "STATE", "EXPIRES", "LAST USED", "FROM"], ...rows]);
  });
}

/** @param id as `list` shows it, or the token itself or its part before the dot, as where one leaked */
export function revokeTokenById(config: Config, id: string, output: OutputFormat): Promise<string> {
  return onDatabase(config, async (database) => {
    const now = new Date();
    const token = await database.write(byCommand("token revoke"), async (transaction) => {
      const keyId = /^kr_([A-Za-z0-9_-]+)/.exec(id)?.[1];
      const number = Number(/^(?:ApiToken:)?([0-9]{1,9})$/.exec(id)?.[1]);
      const found = await transaction.manager.findOneBy(
        ApiToken,
        keyId === undefined ? { id: number || 0 } : { keyId },
      );
      // Not the text itself: it may be a token.
      if (found === null) throw new NotFound("no such token; `kickrack token list` shows the ids, such as ApiToken:3");
      return revokeToken(transaction, found.id, now);
    });
    return output === "json" ? json(shown(token, now)) : `${token.globalId} (${token.name}) is revoked.\n`;
  });
}

function shown(token: ApiToken, now: Date) {
  const { globalId: id, name, createdAt, expiresAt, revokedAt, lastUsedAt, lastUsedFrom } = token;
  const role = token.role.toLowerCase();
  const scopes = token.scopes.map((scope) => scope.toLowerCase());
  const state = isValid(token, now) ? "valid" : revokedAt === null ? "expired" : "revoked";
  return { id, name, role, scopes, state, createdAt, expiresAt, revokedAt, lastUsedAt, lastUsedFrom };
}

function minute(moment: Date | null): string | undefined {
  return moment?.toISOString().replace(/:\d\d\.\d{3}Z$/, "Z");
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

async function onDatabase(config: Config, work: (database: Database) => Promise<string>): Promise<string> {
  const database = await Database.open(config.databaseUrl);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
