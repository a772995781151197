import { Between, MoreThan } from "typeorm";
import type { EntityManager } from "typeorm";
import { Change, ChangeEntry } from "./change.entity.js";
import { NO_CHANGE, type ChainHead } from "../db/dialect.js";
import { digestOf } from "./journal.js";
import { groupBy } from "../graphql/batched.js";

const PAGE = 1_000;

export interface Verified {
  /** The last change whose digest is right. */
  readonly head: ChainHead;
  /** Where the chain breaks, in a sentence; undefined when it does not. */
  readonly broken: string | undefined;
}

/**
 * Reads the whole chain and computes every digest anew.
 *
 * @param known a head that was noted down elsewhere: finds a chain that was cut short or written anew as a whole
 */
export async function verifyChanges(manager: EntityManager, known?: ChainHead): Promise<Verified> {
  let head: ChainHead = NO_CHANGE;
  for (;;) {
    const changes = await manager.find(Change, { where: { id: MoreThan(head.id) }, order: { id: "ASC" }, take: PAGE });
    const last = changes.at(-1);
    if (last === undefined) break;
    const entries = await manager.find(ChangeEntry, {
      where: { changeId: Between(head.id + 1, last.id) },
      order: { id: "ASC" },
    });
    const entriesOf = groupBy(entries, ({ changeId }) => changeId);
    for (const change of changes) {
      if (change.id !== head.id + 1) return { head, broken: `Change:${head.id + 1} is not there any more` };
      const { id, digest } = change;
      if (digestOf(head, change, entriesOf.get(id) ?? []) !== digest) {
        return { head, broken: `Change:${id} by ${change.actor}, or an entry of it, is not what was written` };
      }
      if (known?.id === id && known.digest !== digest) {
        return { head, broken: `Change:${id} has another digest than was noted: the chain was written anew` };
      }
      head = { id, digest };
    }
  }
  const isShort = known !== undefined && known.id > head.id;
  return { head, broken: isShort ? `the chain ends at Change:${head.id}, before the noted one` : undefined };
}
