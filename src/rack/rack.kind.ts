import { entityKind } from "../changes/entity-kind.js";
import { Rack } from "./rack.entity.js";

export const rackKind = entityKind("Rack", Rack, (rack) => {
  const { name, heightU, numbering, firstUnit, site, room, row, position, description } = rack;
  const { capacityWatts, capacityKilograms } = rack;
  const place = { site, room, row, position };
  return { name, heightU, numbering, firstUnit, ...place, description, capacityWatts, capacityKilograms };
});
