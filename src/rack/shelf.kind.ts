import type { Facts } from "../changes/change-set.js";
import { entityKind } from "../changes/entity-kind.js";
import { Shelf } from "./shelf.entity.js";

/** What takes a place and is no machine: a machine's place is one of its own facts. */
export const shelfKind = entityKind("Shelf", Shelf, shelfFacts, { rack: true });

function shelfFacts(shelf: Shelf): Facts {
  const { unit, heightU, face, column, columns, strip, kind, name, manufacturer, product } = shelf;
  const { amperes, watts, kilograms, color, owner, reason } = shelf;
  const place = { rack: shelf.rack.name, unit, heightU, face, column, columns, strip };
  const endsAt = shelf.endsAt?.toISOString() ?? null;
  return { ...place, kind, name, manufacturer, product, amperes, watts, kilograms, color, owner, reason, endsAt };
}
