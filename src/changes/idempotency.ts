import { createHmac } from "node:crypto";
import { LessThan, type EntityManager } from "typeorm";
import type { App } from "../context.js";
import { Conflict, InvalidInput } from "../errors.js";
import { objectsById } from "../graphql/objects.js";
import { canonicalJson, type Json } from "./change-set.js";
import { Change, ChangeEntry } from "./change.entity.js";
import { IdempotencyKey } from "./idempotency-key.entity.js";

const KEPT_MS = 24 * 60 * 60_000;

/** A mutation that came with a key: whose, which, and what it asked for. */
export interface Asked {
  readonly tokenId: number;
  readonly key: string;
  /** HMAC-SHA256 of the mutation and its arguments, hexadecimal: there may be a password among them. */
  readonly digest: string;
}

/** Undefined without a key. @throws InvalidInput for what is no key */
export function askedBy(
  secretKey: string,
  tokenId: number,
  key: string | null | undefined,
  operation: string,
  input: object,
): Asked | undefined {
  if (key === null || key === undefined) return undefined;
  if (!/^[\x21-\x7e]{1,128}$/.test(key)) {
    throw new InvalidInput(
      "an idempotency key has 1 to 128 printable ASCII characters without blanks, such as a UUID",
      ["idempotencyKey"],
    );
  }
  const told = canonicalJson([operation, JSON.parse(JSON.stringify(input)) as Json]);
  return { tokenId, key, digest: createHmac("sha256", secretKey).update(`idempotency:${told}`).digest("hex") };
}

/**
 * What was answered to this key in the last 24 hours; a second request waits for the first one's end.
 *
 * @throws Conflict when the key came with something else then
 */
export async function recall(
  { database, now }: App,
  manager: EntityManager,
  { tokenId, key, digest }: Asked,
): Promise<{ recalled: Record<string, unknown> } | undefined> {
  await database.dialect.lockForTransaction(manager, `idempotency key ${tokenId} ${key}`);
  await manager.delete(IdempotencyKey, { createdAt: LessThan(new Date(now().getTime() - KEPT_MS)) });
  const found = await manager.findOneBy(IdempotencyKey, { tokenId, key });
  if (found === null) return undefined;
  if (found.digest !== digest) {
    throw new Conflict(`this key came with another mutation or other arguments before; use a new one`, [
      "idempotencyKey",
    ]);
  }
  const { changeId } = found;
  const change = changeId === null ? null : await manager.findOneBy(Change, { id: changeId });
  const changed =
    changeId === null ? [] : await manager.find(ChangeEntry, { where: { changeId }, order: { id: "ASC" } });
  const objects = await objectsById(manager, Object.values(found.payload).flat());
  const field = (ids: string | string[]) => {
    if (typeof ids === "string") return objects.get(ids) ?? null;
    return ids.map((id) => objects.get(id)).filter((object) => object !== undefined);
  };
  const payload = Object.fromEntries(Object.entries(found.payload).map(([name, ids]) => [name, field(ids)]));
  return { recalled: { userErrors: [], ...payload, change, changed } };
}

/** Keeps which objects were answered with, and no secret. */
export async function remember(
  manager: EntityManager,
  { tokenId, key, digest }: Asked,
  answer: Readonly<Record<string, unknown>>,
  changeId: number | null,
  now: Date,
): Promise<void> {
  const payload = Object.fromEntries(
    Object.entries(answer).flatMap(([name, value]) => {
      const ids = Array.isArray(value) ? value.map(globalIdOf) : globalIdOf(value);
      return ids === undefined || (Array.isArray(ids) && ids.includes(undefined)) ? [] : [[name, ids]];
    }),
  ) as IdempotencyKey["payload"];
  await manager.insert(IdempotencyKey, { tokenId, key, digest, payload, changeId, createdAt: now });
}

function globalIdOf(object: unknown): string | undefined {
  return typeof object === "object" && object !== null && "globalId" in object ? String(object.globalId) : undefined;
}
