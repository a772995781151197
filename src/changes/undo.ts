import { MoreThan } from "typeorm";
import { refusal } from "../access/refuse.js";
import { RULES } from "../access/rules.js";
import type { WriteContext } from "../context.js";
import { Conflict, Forbidden, NotFound } from "../errors.js";
import { sameJson, type Facts, type Json } from "./change-set.js";
import { Change, ChangeEntry } from "./change.entity.js";
import { kindNamed } from "./kinds.js";
import { inUndoOrder, UNDOERS } from "./undoers.js";

const FIELD = ["change"];

/**
 * Takes back what one change did, by the same writes that people use and so with the same checks; this is a change of its own.
 *
 * @throws NotFound, Conflict that says why it does not apply any more or cannot be taken back at all, Forbidden for who
 * may not do what it takes back
 */
export async function undoChange(context: WriteContext, id: number): Promise<void> {
  const { manager } = context.transaction;
  const change = await manager.findOneBy(Change, { id });
  if (change === null) throw new NotFound(`no change Change:${id}`, FIELD);
  await checkRight(context, change);
  const undone = await manager.findOneBy(Change, { undoes: id });
  if (undone !== null) throw new Conflict(`Change:${undone.id} by ${undone.actor} has taken it back`, FIELD);
  const entries = await manager.find(ChangeEntry, { where: { changeId: id }, order: { id: "ASC" } });
  context.transaction.changes.undoes = id;
  const leaving = returning(entries);
  for (const entry of inUndoOrder(entries)) {
    await undoEntry(context, change, entry, leaving);
    if (entry.kind === "Machine") leaving.delete(entry.objectId);
  }
}

/** Machines that go back to other places: of two that were swapped, neither is in the other's way. */
function returning(entries: readonly ChangeEntry[]): Set<number> {
  const moved = entries.filter(({ kind, before }) => kind === "Machine" && before?.shelf != null);
  return new Set(moved.map(({ objectId }) => objectId));
}

/** An undo takes what its operation took; the undo of an undo, what the first operation took. */
async function checkRight({ actor, transaction: { manager } }: WriteContext, change: Change): Promise<void> {
  let first: Change | null = change;
  while (first?.undoes) first = await manager.findOneBy(Change, { id: first.undoes });
  const operation = first?.operation ?? change.operation;
  const rule = RULES[`Mutation.${operation}`];
  const refused = rule && refusal(actor, rule);
  if (refused !== undefined) throw new Forbidden(`undoing ${operation} ${refused}`);
}

async function undoEntry(
  context: WriteContext,
  change: Change,
  entry: ChangeEntry,
  leaving: ReadonlySet<number>,
): Promise<void> {
  const undo = UNDOERS[entry.kind];
  if (undo === undefined || change.through !== "GRAPHQL") {
    throw new Conflict(`what ${change.operation} did to ${entry.object} cannot be taken back`, FIELD);
  }
  await checkUnchanged(context, entry);
  await undo(context, entry, leaving);
}

/** What was changed again since, by whomever, is not to be lost by an undo. */
async function checkUnchanged({ app, transaction: { manager } }: WriteContext, entry: ChangeEntry): Promise<void> {
  const { kind, objectId, object, after } = entry;
  const now = (await kindNamed.get(kind)?.facts(manager, app.database.dialect, [objectId]))?.get(objectId);
  if (after === null && now === undefined) return;
  const differs = (name: string) => !sameJson(now?.[name], after?.[name]);
  const other = now === undefined || after === null ? ["being there"] : Object.keys(after).filter(differs);
  if (other.length === 0) return;
  const later = await manager.find(ChangeEntry, {
    where: { kind, objectId, changeId: MoreThan(entry.changeId) },
    relations: { change: true },
    order: { id: "DESC" },
  });
  const touches = ({ before, after: then }: ChangeEntry) => other.some((name) => name in { ...before, ...then });
  const by = later.find(touches)?.change ?? later[0]?.change;
  const since = by === undefined ? "since" : `by Change:${by.id} of ${by.actor}`;
  throw new Conflict(`${object}: ${describe(other, now ?? {})} was changed ${since}; undo that first`, FIELD);
}

function describe(names: readonly string[], facts: Facts): string {
  const [name = ""] = names;
  const value: Json | undefined = facts[name];
  return value === undefined ? name : `${name} (${JSON.stringify(value).slice(0, 80)} now)`;
}
