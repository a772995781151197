import type { EntityManager } from "typeorm";
import type { Dialect } from "../db/dialect.js";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What there is to know of a thing, by the names that the API gives it. Secrets are not in it. */
export type Facts = Readonly<Record<string, Json>>;

/** A kind of thing whose changes are kept, named as the API's type. */
export interface ChangeKind {
  readonly name: string;
  /** The facts of those of `ids` that exist, in a number of statements that does not depend on how many. */
  facts(manager: EntityManager, dialect: Dialect, ids: readonly number[]): Promise<ReadonlyMap<number, Facts>>;
}

/** What became of one thing: only the facts that differ, or all of them where it began or ended. */
export interface EntryFacts {
  readonly kind: string;
  readonly objectId: number;
  readonly before: Facts | null;
  readonly after: Facts | null;
}

/** One fact, before the first write of it and after the last. */
interface Sides {
  readonly before: Json;
  after: Json;
}

/** Gathers, during one transaction, what is about to change, and says at its end what has. */
export class ChangeSet {
  private readonly watched = new Map<ChangeKind, Map<number, Facts | null>>();
  private readonly facts = new Map<ChangeKind, Map<number, Map<string, Sides>>>();
  private readonly known: EntryFacts[] = [];
  /** The change that this one takes back. */
  undoes: number | undefined;

  constructor(
    private readonly manager: EntityManager,
    private readonly dialect: Dialect,
  ) {}

  /** To be called before the write: `ids` may change. What does not exist yet is watched by `created`. */
  async watch(kind: ChangeKind, ids: Iterable<number>): Promise<void> {
    const fresh = [...new Set(ids)].filter((id) => this.watched.get(kind)?.has(id) !== true);
    if (fresh.length === 0) return; // and its kind is not asked for anything at the end
    const things = this.thingsOf(kind);
    const facts = await kind.facts(this.manager, this.dialect, fresh);
    for (const id of fresh) {
      const found = facts.get(id) ?? null;
      things.set(id, found && { ...found, ...this.sidesOf(kind, id, "before") });
      this.facts.get(kind)?.delete(id);
    }
  }

  /**
   * For a writer that knows both sides of a fact of a thing that is there already: spares reading all of its facts twice.
   * What is watched is compared as a whole all the same.
   */
  changed(kind: ChangeKind, id: number, name: string, before: Json, after: Json): void {
    if (this.thingsOf(kind).has(id)) return;
    const ofKind = this.facts.get(kind) ?? new Map<number, Map<string, Sides>>();
    const ofThing = ofKind.get(id) ?? new Map<string, Sides>();
    this.facts.set(kind, ofKind.set(id, ofThing));
    const known = ofThing.get(name);
    if (known === undefined) ofThing.set(name, { before, after });
    else known.after = after;
  }

  /** To be called for what has just been made. */
  created(kind: ChangeKind, ids: Iterable<number>): void {
    for (const id of ids) if (this.watched.get(kind)?.has(id) !== true) this.thingsOf(kind).set(id, null);
  }

  /** For a writer that knows both sides already. */
  add(entries: Iterable<EntryFacts>): void {
    for (const entry of entries) this.known.push(entry);
  }

  async entries(): Promise<EntryFacts[]> {
    const entries = [...this.known];
    for (const [kind, things] of this.watched) {
      for (const objectId of this.facts.get(kind)?.keys() ?? []) {
        const [before, after] = [this.sidesOf(kind, objectId, "before"), this.sidesOf(kind, objectId, "after")];
        const difference = differenceOf(before, after);
        if (difference !== undefined) entries.push({ kind: kind.name, objectId, ...difference });
      }
      if (things.size === 0) continue;
      const now = await kind.facts(this.manager, this.dialect, [...things.keys()]);
      for (const [objectId, before] of things) {
        const difference = differenceOf(before, now.get(objectId) ?? null);
        if (difference !== undefined) entries.push({ kind: kind.name, objectId, ...difference });
      }
    }
    return entries;
  }

  private sidesOf(kind: ChangeKind, id: number, side: keyof Sides): Facts {
    const sides = this.facts.get(kind)?.get(id) ?? [];
    return Object.fromEntries([...sides].map(([name, each]) => [name, each[side]]));
  }

  private thingsOf(kind: ChangeKind): Map<number, Facts | null> {
    const things = this.watched.get(kind) ?? new Map<number, Facts | null>();
    this.watched.set(kind, things);
    return things;
  }
}

/** Undefined when nothing differs. */
export function differenceOf(
  before: Facts | null,
  after: Facts | null,
): { before: Facts | null; after: Facts | null } | undefined {
  if (before === null || after === null) return before === after ? undefined : { before, after };
  const names = Object.keys({ ...before, ...after }).filter((name) => !sameJson(before[name], after[name]));
  if (names.length === 0) return undefined;
  const pick = (facts: Facts) => Object.fromEntries(names.map((name) => [name, facts[name] ?? null]));
  return { before: pick(before), after: pick(after) };
}

export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}

/** JSON with the keys of every object in order: equal values are equal texts. */
export function canonicalJson(value: Json): string {
  if (isInOrder(value)) return JSON.stringify(value); // a third of what the rest of this costs
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const object = value as { readonly [key: string]: Json };
  const members = Object.keys(object).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key] ?? null)}`).join(",")}}`;
}

function isInOrder(value: Json | undefined): boolean {
  if (value === undefined) return false;
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) return value.every(isInOrder);
  const object = value as { readonly [key: string]: Json };
  let before = "";
  for (const key of Object.keys(object)) {
    if (key < before || !isInOrder(object[key])) return false;
    before = key;
  }
  return true;
}
