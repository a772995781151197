import type { RackValues } from "../../src/rack/rack.store.js";

/** A rack of which nothing is said. */
export const PLAIN_RACK: Omit<RackValues, "name"> = {
  heightU: 42,
  numbering: "FROM_BOTTOM",
  firstUnit: 1,
  site: null,
  room: null,
  row: null,
  position: null,
  description: null,
  capacityWatts: null,
  capacityKilograms: null,
};
