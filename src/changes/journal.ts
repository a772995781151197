import type { EntityManager } from "typeorm";
import { chainDigest, type ChainHead, type Dialect } from "../db/dialect.js";
import { canonicalJson, type EntryFacts } from "./change-set.js";
import { Change } from "./change.entity.js";
import type { Origin } from "./origin.js";

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
  const { actor, through, operation, requestId = null } = origin;
  const change = { at: now, actor, through, operation, requestId, undoes: undoes ?? null };
  const rows = entries.map(({ kind, objectId, before, after }) => ({
    kind,
    object_id: objectId,
    before_facts: before === null ? null : canonicalJson(before),
    after_facts: after === null ? null : canonicalJson(after),
  }));
  const head = await dialect.appendToChain(manager, {
    columns: [now.toISOString(), actor, through, operation, requestId, change.undoes],
    entries: rows,
    told: toldOf(change, entries),
  });
  return Object.assign(new Change(), change, head);
}

type Told = Pick<Change, "at" | "actor" | "through" | "operation" | "requestId" | "undoes">;

/** SHA-256, hexadecimal, over the digest before, the change and its entries in a spelling that does not vary. */
export function digestOf(before: ChainHead, change: Told, entries: readonly EntryFacts[]): string {
  return chainDigest(before, toldOf(change, entries));
}

/** The end of a JSON array whose beginning only the chain knows: the digest before, and the change's id. */
function toldOf({ at, actor, through, operation, requestId, undoes }: Told, entries: readonly EntryFacts[]): string {
  const things = entries.map(({ kind, objectId, before, after }) => [kind, objectId, before, after]);
  return canonicalJson([at.toISOString(), actor, through, operation, requestId, undoes, things]).slice(1);
}
