import { InvalidInput } from "../../errors.js";
import type { RackElevation } from "./elevation.js";

/** Beyond these a drawing is no picture any more, and its text alone would hold up everybody else. */
export const DRAWING_LIMITS = { racks: 500, shelves: 1000 } as const;

/** @throws InvalidInput for more racks than one drawing shows; before any is read, where they can be counted */
export function checkRackCount(count: number): void {
  if (count <= DRAWING_LIMITS.racks) return;
  throw new InvalidInput(`more than ${DRAWING_LIMITS.racks} racks at once; ask for a row`, ["rack"]);
}

/** @throws InvalidInput for a rack in which more stands than a drawing shows */
export function checkCrowd({ name, shelves: { length } }: RackElevation): void {
  if (length <= DRAWING_LIMITS.shelves) return;
  const most = `a drawing shows at most ${DRAWING_LIMITS.shelves} a rack`;
  throw new InvalidInput(`${length} things stand in rack ${name}; ${most}`, ["rack"]);
}
