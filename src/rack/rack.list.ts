import { byRelated, byRelation, byValue } from "../graphql/list/filter-fields.js";
import { EntityList } from "../graphql/list/entity-list.js";
import {
  booleanFilter,
  enumFilter,
  floatFilter,
  halfUnitsFilter,
  idFilter,
  instantFilter,
  intFilter,
  textFilter,
} from "../graphql/list/value-filters.js";
import { machineList } from "../machine/machine.list.js";
import { NumberingEnum, Rack } from "./rack.entity.js";
import { FaceEnum, Shelf, ShelfKindEnum, StripEnum } from "./shelf.entity.js";
import { ServerModel } from "./model/server-model.entity.js";

export const rackList: EntityList<Rack> = new EntityList(Rack, {
  filter: {
    id: byValue("id", idFilter("Rack")),
    name: byValue("name", textFilter),
    heightU: byValue("heightHalfU", halfUnitsFilter),
    numbering: byValue("numbering", enumFilter("UnitNumbering", NumberingEnum)),
    site: byValue("site", textFilter),
    room: byValue("room", textFilter),
    row: byValue("row", textFilter),
    position: byValue("position", intFilter),
    firstUnit: byValue("firstUnit", intFilter),
    capacityWatts: byValue("capacityWatts", floatFilter),
    capacityKilograms: byValue("capacityKilograms", floatFilter),
    description: byValue("description", textFilter),
    shelves: byRelated("Shelf", () => shelfList.filter, { from: "id", to: "rackId" }),
  },
  orders: { NAME: ["name"] },
});

export const shelfList: EntityList<Shelf> = new EntityList(Shelf, {
  filter: {
    id: byValue("id", idFilter("Shelf")),
    kind: byValue("kind", enumFilter("ShelfKind", ShelfKindEnum)),
    unit: byValue("unitHalfU", halfUnitsFilter),
    heightU: byValue("heightHalfU", halfUnitsFilter),
    face: byValue("face", enumFilter("Face", FaceEnum)),
    column: byValue("column", intFilter),
    columns: byValue("columns", intFilter),
    strip: byValue("strip", enumFilter("Strip", StripEnum)),
    name: { ...byValue("name", textFilter), description: "What is written on equipment; a machine has its own." },
    manufacturer: { ...byValue("manufacturer", textFilter), description: "Of equipment." },
    product: { ...byValue("product", textFilter), description: "Of equipment." },
    color: byValue("color", textFilter),
    owner: { ...byValue("owner", textFilter), description: "Of a reservation." },
    reason: { ...byValue("reason", textFilter), description: "Of a reservation." },
    endsAt: { ...byValue("endsAt", instantFilter), description: "Of a reservation." },
    rack: byRelation(() => rackList.filter, { from: "rackId", to: "id" }),
    occupant: byRelation(() => machineList.filter, { from: "machineId", to: "id" }),
  },
  // A rack's own shelves only, which are few: no index is needed.
  orders: { UNIT: ["unitHalfU", "column", "id"] },
});

export const serverModelList: EntityList<ServerModel> = new EntityList(ServerModel, {
  filter: {
    id: byValue("id", idFilter("ServerModel")),
    manufacturerPattern: byValue("manufacturerPattern", textFilter),
    productPattern: byValue("productPattern", textFilter),
    heightU: byValue("heightHalfU", halfUnitsFilter),
    fullDepth: byValue("fullDepth", booleanFilter),
    weightKg: byValue("weightKg", floatFilter),
    watts: byValue("watts", floatFilter),
  },
  orders: { MANUFACTURER: ["manufacturerPattern", "productPattern"] },
});

machineList.filter.add({
  shelf: byRelation(() => shelfList.filter, {
    from: "id",
    to: "machineId",
    description: "Where it stands; `not: {shelf: {}}` finds what stands nowhere.",
  }),
});
