import { MAX_RACK_HEIGHT_U, type Place } from "../rack-space.js";
import type { RackElevation } from "./elevation.js";

type Numbered = Pick<RackElevation, "heightU" | "numbering" | "firstUnit">;

/** The units as they are printed on the rack: "U5", "U5–U6", "U5 upper half", "1.5U from U5"; "left strip" for 0U. */
export function unitsLabel(rack: Numbered, place: Place): string {
  const units = railUnits(rack, place);
  return place.strip == null ? units : `0U ${place.strip.toLowerCase()}, beside ${units}`;
}

function railUnits(rack: Numbered, place: Place): string {
  const fromBottom = rack.numbering === "FROM_BOTTOM";
  const fromFirst = fromBottom ? place.unit : rack.heightU - place.unit - place.heightU + 2;
  const start = fromFirst + rack.firstUnit - 1;
  const first = Math.floor(start);
  if (start === first && Number.isInteger(place.heightU)) {
    return place.heightU === 1 ? `U${first}` : `U${first}–U${first + place.heightU - 1}`;
  }
  if (place.heightU === 0.5) return `U${first} ${(start === first) === fromBottom ? "lower" : "upper"} half`;
  return `${place.heightU}U from U${start}`;
}

/** The number printed beside each whole unit, from the top of the rack down, with its distance in half units. */
export function unitNumbers(rack: Numbered): { readonly number: number; readonly fromTop: number }[] {
  const whole = Math.floor(rack.heightU);
  // In a rack of 12.5U the half unit without a number is at the far end from the first unit.
  const rest = rack.numbering === "FROM_BOTTOM" ? (rack.heightU - whole) * 2 : 0;
  return Array.from({ length: Math.min(whole, MAX_RACK_HEIGHT_U) }, (_, i) => ({
    number: rack.firstUnit + (rack.numbering === "FROM_BOTTOM" ? whole - i - 1 : i),
    fromTop: rest + i * 2,
  }));
}
