import { drawableText } from "../text/drawable-text.js";
import type { ShelfView, ViewedFace } from "../elevation.js";
import { signLabel } from "../looks/glyphs.js";
import { signOf } from "../looks/color-by.js";

/** What is written first; of a promise, to whom. */
export function shelfName({ title, reservation }: ShelfView): string {
  return drawableText(title === "" ? (reservation?.owner ?? "") : title);
}

/** The model; of a promise until when and why; of a machine that is not there, where it is. */
export function shelfModel({ subtitle, reservation, absence }: ShelfView): string {
  if (absence !== null) return drawableText(absence.where === null ? "not heard" : `seen at ${absence.where}`);
  if (reservation === null) return drawableText(subtitle);
  const until = reservation.endsAt === null ? [] : [`until ${reservation.endsAt.slice(0, 10)}`];
  return drawableText([...until, reservation.reason ?? subtitle].filter((part) => part !== "").join(" · "));
}

/** "rear: tor-a": what takes the room of what one looks at from the other side. */
export function hiddenName(face: ViewedFace, shelf: ShelfView): string {
  const name = shelfName(shelf);
  return `${face === "FRONT" ? "rear" : "front"}: ${name === "" ? signLabel(signOf(shelf)).toLowerCase() : name}`;
}
