import type { EntityManager } from "typeorm";
import type { Facts } from "../changes/change-set.js";

/** One object's part of a change, as events are made of it. */
export interface JournalEntry {
  /** Later ones have higher ids: entries are only added under the journal's lock. */
  readonly id: number;
  readonly kind: string;
  readonly objectId: number;
  readonly before: Facts | null;
  readonly after: Facts | null;
  readonly at: Date;
}

interface Row {
  readonly id: number;
  readonly kind: string;
  readonly object_id: number;
  readonly before_facts: string | null;
  readonly after_facts: string | null;
  readonly at: string;
}

// Templates are long, and no event tells of them.
const TOLD = "entry.kind IN ('Conflict', 'InstallationEvent', 'Machine')";
const ENTRIES = `
  SELECT entry.id, entry.kind, entry.object_id, change.at,
    CASE WHEN ${TOLD} THEN entry.before_facts END AS before_facts,
    CASE WHEN ${TOLD} THEN entry.after_facts END AS after_facts
  FROM change_entry entry JOIN change ON change.id = entry.change_id
  WHERE entry.id > $1 ORDER BY entry.id LIMIT $2`;

export async function entriesAfter(manager: EntityManager, id: number, limit: number): Promise<JournalEntry[]> {
  const rows: Row[] = await manager.query(ENTRIES, [id, limit]);
  const read = (text: string | null) => (text === null ? null : (JSON.parse(text) as Facts));
  return rows.map(({ id, kind, object_id, before_facts, after_facts, at }) => {
    return { id, kind, objectId: object_id, before: read(before_facts), after: read(after_facts), at: new Date(at) };
  });
}

/** The id of the last entry, or of the last of a change and those before it; 0 when there is none. */
export async function lastEntryId(manager: EntityManager, changeId?: number): Promise<number> {
  const rows: Array<{ id: number | null }> =
    changeId === undefined
      ? await manager.query("SELECT max(id) AS id FROM change_entry")
      : await manager.query("SELECT max(id) AS id FROM change_entry WHERE change_id = $1", [changeId]);
  return rows[0]?.id ?? 0;
}
