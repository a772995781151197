import { overlaps, type Place, verticalSpan } from "./rack-space.js";

/** Something in a place inside the rack. */
interface Placed {
  readonly place: Place;
}

/**
 * Things by the half units they take: who is in whose way is asked of neighbours only, and a file that puts ten
 * thousand things into one unit costs no more than its length.
 */
export class Rivals<T extends Placed> {
  readonly #rows = new Map<number, T[]>();

  constructor(private readonly things: readonly T[]) {
    for (const thing of things) {
      for (const row of rowsOf(thing.place)) {
        const list = this.#rows.get(row);
        if (list === undefined) this.#rows.set(row, [thing]);
        else list.push(thing);
      }
    }
  }

  /** At most `limit` things that take some of its space, in the order they came. */
  of(thing: T, limit: number): T[] {
    const found = new Set<T>();
    for (const row of rowsOf(thing.place)) {
      for (const other of this.#rows.get(row) ?? []) {
        if (found.size === limit) return [...found];
        if (other !== thing && overlaps(other.place, thing.place)) found.add(other);
      }
    }
    return [...found];
  }

  /** Everybody who overlaps somebody, with all they overlap directly or over others, in the order they came. */
  crowds(): Map<T, readonly T[]> {
    const crowds = new Map<T, T[]>();
    const waiting = new Map(this.#rows);
    const order = new Map(this.things.map((thing, i) => [thing, i]));
    const inOrder = (a: T, b: T) => (order.get(a) ?? 0) - (order.get(b) ?? 0);
    for (const thing of this.things) {
      if (crowds.has(thing)) continue;
      const crowd = new Set([thing]);
      // A Set hands out what is added while it is walked.
      for (const member of crowd) {
        for (const row of rowsOf(member.place)) {
          const left = waiting.get(row)?.filter((other) => {
            const joins = other === member || overlaps(other.place, member.place);
            if (joins) crowd.add(other);
            return !joins;
          });
          waiting.set(row, left ?? []);
        }
      }
      const members = [...crowd].sort(inOrder);
      for (const member of members) crowds.set(member, members);
    }
    return crowds;
  }
}

/** Between the rails and in either strip, each half unit is a row of its own. */
function rowsOf(place: Place): number[] {
  const { bottom, top } = verticalSpan(place);
  const side = place.strip == null ? 0 : place.strip === "LEFT" ? 1 : 2;
  return Array.from({ length: top - bottom }, (_, i) => 3 * (bottom + i) + side);
}
