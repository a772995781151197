import { byRelated, byRelation, byValue } from "../graphql/list/filter-fields.js";
import { EntityList } from "../graphql/list/entity-list.js";
import {
  booleanFilter,
  enumFilter,
  idFilter,
  instantFilter,
  intFilter,
  textFilter,
} from "../graphql/list/value-filters.js";
import { Conflict, ConflictKindEnum } from "./conflict.entity.js";
import { macAddressFilter } from "./mac-address.filter.js";
import { EthernetInterface, Machine, MachineStateEnum } from "./machine.entity.js";
import { MachineLabel } from "./machine-label.entity.js";
import { Sighting } from "./sighting.entity.js";

// last_seen_at has no order: an index on it would be written by every registration.
export const machineList: EntityList<Machine> = new EntityList(Machine, {
  filter: {
    id: byValue("id", idFilter("Machine")),
    serialNumber: byValue("serialNumber", textFilter),
    manufacturer: byValue("manufacturer", textFilter),
    product: byValue("product", textFilter),
    uuid: byValue("uuid", textFilter),
    assetTag: byValue("assetTag", textFilter),
    boardSerialNumber: byValue("boardSerialNumber", textFilter),
    hostname: byValue("hostname", textFilter),
    state: byValue("state", enumFilter("MachineState", MachineStateEnum)),
    locked: byValue("locked", booleanFilter),
    platform: byValue("platform", textFilter),
    buildArch: byValue("buildArch", textFilter),
    ipxeVersion: byValue("ipxeVersion", textFilter),
    firstSeenAt: byValue("firstSeenAt", instantFilter),
    lastSeenAt: byValue("lastSeenAt", instantFilter),
    ethernetInterfaces: byRelated("EthernetInterface", () => ethernetInterfaceList.filter, {
      from: "id",
      to: "machineId",
    }),
    sightings: byRelated("Sighting", () => sightingList.filter, { from: "id", to: "machineId" }),
    labels: byRelated("MachineLabel", () => machineLabelList.filter, { from: "id", to: "machineId" }),
    conflicts: byRelated("Conflict", () => conflictList.filter, { from: "id", to: ["machineId", "otherMachineId"] }),
  },
  orders: {
    SERIAL_NUMBER: ["serialNumber", "id"],
    UUID: ["uuid", "id"],
    ASSET_TAG: ["assetTag", "id"],
    BOARD_SERIAL_NUMBER: ["boardSerialNumber", "id"],
    HOSTNAME: ["hostname", "id"],
    STATE: ["state", "id"],
  },
});

const toMachine = { from: "machineId", to: "id" };

export const ethernetInterfaceList: EntityList<EthernetInterface> = new EntityList(EthernetInterface, {
  filter: {
    id: byValue("id", idFilter("EthernetInterface")),
    macAddress: byValue("macAddress", macAddressFilter),
    disputed: byValue("disputed", booleanFilter),
    firstSeenAt: byValue("firstSeenAt", instantFilter),
  },
});

export const machineLabelList: EntityList<MachineLabel> = new EntityList(MachineLabel, {
  filter: { key: byValue("key", textFilter), value: byValue("value", textFilter) },
  // A machine's own only, which are few: no index is needed.
  orders: { KEY: ["key", "id"] },
});

export const sightingList: EntityList<Sighting> = new EntityList(Sighting, {
  filter: {
    id: byValue("id", idFilter("Sighting")),
    source: byValue("source", textFilter),
    systemName: byValue("systemName", textFilter),
    chassisId: byValue("chassisId", textFilter),
    portId: byValue("portId", textFilter),
    portDescription: byValue("portDescription", textFilter),
    macAddress: byValue("macAddress", macAddressFilter),
    port: byValue("portName", textFilter),
    vlan: byValue("vlan", intFilter),
    seenAt: byValue("seenAt", instantFilter),
    machine: byRelation(() => machineList.filter, toMachine),
  },
});

export const conflictList: EntityList<Conflict> = new EntityList(Conflict, {
  filter: {
    id: byValue("id", idFilter("Conflict")),
    kind: byValue("kind", enumFilter("ConflictKind", ConflictKindEnum)),
    macAddress: byValue("macAddress", macAddressFilter),
    count: byValue("count", intFilter),
    firstSeenAt: byValue("firstSeenAt", instantFilter),
    lastSeenAt: byValue("lastSeenAt", instantFilter),
    resolvedAt: byValue("resolvedAt", instantFilter),
    resolvedBy: byValue("resolvedBy", textFilter),
    machine: byRelation(() => machineList.filter, toMachine),
    otherMachine: byRelation(() => machineList.filter, { ...toMachine, from: "otherMachineId" }),
  },
});
