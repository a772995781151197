import { compareText } from "../text-order.js";

/** A rack and where it stands; what is not known is null. */
interface Standing {
  readonly name: string;
  readonly site: string | null;
  readonly room: string | null;
  readonly row: string | null;
  readonly position: number | null;
}

/** As one walks a hall: by site, room and row, then from left to right; racks without a position come last, by name. */
export function compareOnFloor(a: Standing, b: Standing): number {
  return (
    compareText(a.site ?? "", b.site ?? "") ||
    compareText(a.room ?? "", b.room ?? "") ||
    compareText(a.row ?? "", b.row ?? "") ||
    (a.position ?? Number.MAX_SAFE_INTEGER) - (b.position ?? Number.MAX_SAFE_INTEGER) ||
    compareText(a.name, b.name)
  );
}
