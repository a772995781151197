import type { DrawnFace } from "./draw-options.js";
import type { RackElevation } from "./elevation.js";

/**
 * Racks of one row by their position, from left to right as one looks at them: from behind, a row is mirrored. Rows and
 * racks without a position keep the order they were asked for in.
 */
export function inRowOrder(racks: readonly RackElevation[], face: DrawnFace): RackElevation[] {
  const rows = new Map<string, RackElevation[]>();
  for (const rack of racks) {
    const { site, room, row } = rack.location;
    const key = JSON.stringify([site, room, row]);
    rows.set(key, [...(rows.get(key) ?? []), rack]);
  }
  return [...rows.values()].flatMap((row) => {
    const placed = row.filter(({ location }) => location.position !== null);
    const sorted = placed.sort((a, b) => (a.location.position ?? 0) - (b.location.position ?? 0));
    const seen = face === "REAR" ? sorted.reverse() : sorted;
    return [...seen, ...row.filter(({ location }) => location.position === null)];
  });
}
