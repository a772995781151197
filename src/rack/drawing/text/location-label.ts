import type { RackLocation } from "../../rack-plan.js";
import { drawableText } from "./drawable-text.js";

/** "Tokyo-1 · room 3 · row B · rack 4", as far as it is known. */
export function locationLabel({ site, room, row, position }: RackLocation): string {
  const known = (value: string | number | null, word: string) => {
    const shown = drawableText(String(value ?? ""));
    return shown === "" ? [] : [word + shown];
  };
  const parts = [...known(site, ""), ...known(room, "room "), ...known(row, "row "), ...known(position, "position ")];
  return parts.join(" · ");
}
