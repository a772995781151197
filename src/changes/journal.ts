import { createHash } from "node:crypto";
import type { EntityManager } from "typeorm";
import type { Dialect } from "../db/dialect.js";
import { canonicalJson, type EntryFacts } from "./change-set.js";
import { Change } from "./change.entity.js";
import type { Origin } from "./origin.js";

/** What stands before the first change. */
export const NO_DIGEST = "0".repeat(64);
// One statement binds 32,766 values on SQLite; a batch travels as one JSON parameter instead.
const ENTRY_COLUMNS = { kind: "text", object_id: "integer", before_facts: "text", after_facts: "text" } as const;

/**
 * Adds a change at the end of the chain. To be called last in a transaction: on PostgreSQL it holds the chain's lock until
 * the commit, so that the order of the ids is the order of the commits.
 */
export async function appendChange(
  manager: EntityManager,
  dialect: Dialect,
  origin: Origin,
  { entries, undoes, now }: { entries: readonly EntryFacts[]; undoes: number | undefined; now: Date },
): Promise<Change> {
  await dialect.lockForTransaction(manager, "changes");
  const [last = { id: 0, digest: NO_DIGEST }]: Array<{ id: number; digest: string }> = await manager.query(
    "SELECT id, digest FROM change ORDER BY id DESC LIMIT 1",
  );
  const change = manager.create(Change, {
    id: last.id + 1,
    at: now,
    actor: origin.actor,
    through: origin.through,
    operation: origin.operation,
    requestId: origin.requestId ?? null,
    undoes: undoes ?? null,
  });
  change.digest = digestOf(last.digest, change, entries);
  const { id, at, actor, through, operation, requestId, digest } = change;
  const rows = entries.map(({ kind, objectId, before, after }) => ({
    kind,
    object_id: objectId,
    before_facts: before === null ? null : canonicalJson(before),
    after_facts: after === null ? null : canonicalJson(after),
  }));
  await dialect.insertBoth(
    manager,
    `INSERT INTO change (id, at, actor, through, operation, request_id, undoes, digest)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    `INSERT INTO change_entry (change_id, kind, object_id, before_facts, after_facts)
     SELECT $1, kind, object_id, before_facts, after_facts FROM ${dialect.rowsOf("$9", ENTRY_COLUMNS)} AS r`,
    [id, at.toISOString(), actor, through, operation, requestId, change.undoes, digest, JSON.stringify(rows)],
  );
  return change;
}

/** SHA-256, hexadecimal, over the digest before, the change and its entries in a spelling that does not vary. */
export function digestOf(
  previous: string,
  change: Pick<Change, "id" | "at" | "actor" | "through" | "operation" | "requestId" | "undoes">,
  entries: readonly EntryFacts[],
): string {
  const { id, at, actor, through, operation, requestId, undoes } = change;
  const told = [previous, id, at.toISOString(), actor, through, operation, requestId, undoes];
  const things = entries.map(({ kind, objectId, before, after }) => [kind, objectId, before, after]);
  return createHash("sha256")
    .update(canonicalJson([...told, things]))
    .digest("hex");
}
