import { entityKind } from "../changes/entity-kind.js";
import { Rack } from "./rack.entity.js";

export const rackKind = entityKind("Rack", Rack, ({ name, heightU, numbering, site, room, row, description }) => {
  return { name, heightU, numbering, site, room, row, description };
});
