import { InvalidInput } from "../errors.js";
import { checkPlace, type Place, type RackSpace } from "./rack-space.js";
import { Rivals } from "./rivals.js";

/** What of a rack can stand as it is said to, and what cannot: the same for a drawing and for a warning. */
export interface Misfits<S> {
  readonly inside: readonly S[];
  readonly outside: ReadonlyArray<{ readonly shelf: S; readonly trouble: string }>;
  /** Who of those inside wants whose space. */
  readonly rivals: Rivals<S & { readonly place: Place }>;
}

/** Never throws: an inventory may be wrong, and to be shown so is how one finds out. */
export function misfitsOf<S extends { readonly place: Place }>(
  rack: RackSpace & { readonly name: string },
  shelves: readonly S[],
): Misfits<S> {
  const inside: S[] = [];
  const outside: Array<{ shelf: S; trouble: string }> = [];
  for (const shelf of shelves) {
    const trouble = whyNotInside(rack, shelf.place);
    if (trouble === undefined) inside.push(shelf);
    else outside.push({ shelf, trouble });
  }
  return { inside, outside, rivals: new Rivals(inside) };
}

function whyNotInside(rack: RackSpace & { readonly name: string }, place: Place): string | undefined {
  try {
    checkPlace(rack, place, { rackName: rack.name });
    return undefined;
  } catch (error) {
    if (error instanceof InvalidInput) return error.message;
    throw error;
  }
}
