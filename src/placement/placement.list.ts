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
import { profileList } from "../install/install.list.js";
import { machineList, sightingList } from "../machine/machine.list.js";
import { rackList, shelfList } from "../rack/rack.list.js";
import { ExpectedMachine } from "./plan/expected-machine.entity.js";
import { PlacementRule } from "./rule/placement-rule.entity.js";
import { PortRoleEnum, SnmpVersionEnum, Switch, SwitchPort } from "./switch/switch.entity.js";

export const switchList: EntityList<Switch> = new EntityList(Switch, {
  filter: {
    id: byValue("id", idFilter("Switch")),
    name: byValue("name", textFilter),
    managementAddress: byValue("managementAddress", textFilter),
    systemName: byValue("systemName", textFilter),
    chassisId: byValue("chassisId", textFilter),
    snmpVersion: byValue("snmpVersion", enumFilter("SnmpVersion", SnmpVersionEnum)),
    scannedAt: byValue("scannedAt", instantFilter),
    scanError: byValue("scanError", textFilter),
    ports: byRelated("SwitchPort", () => switchPortList.filter, { from: "id", to: "switchId" }),
  },
  orders: { NAME: ["name"] },
});

export const switchPortList: EntityList<SwitchPort> = new EntityList(SwitchPort, {
  filter: {
    id: byValue("id", idFilter("SwitchPort")),
    name: byValue("name", textFilter),
    alias: byValue("alias", textFilter),
    role: byValue("role", enumFilter("PortRole", PortRoleEnum)),
    aggregate: byValue("aggregate", textFilter),
    macCount: byValue("macCount", intFilter),
    neighbour: byValue("neighbour", textFilter),
    switch: byRelation(() => switchList.filter, { from: "switchId", to: "id" }),
  },
});

export const placementRuleList: EntityList<PlacementRule> = new EntityList(PlacementRule, {
  filter: {
    id: byValue("id", idFilter("PlacementRule")),
    name: byValue("name", textFilter),
    switch: byRelation(() => switchList.filter, { from: "switchId", to: "id" }),
    rack: byRelation(() => rackList.filter, { from: "rackId", to: "id" }),
  },
  orders: { NAME: ["name"] },
});

export const expectedMachineList: EntityList<ExpectedMachine> = new EntityList(ExpectedMachine, {
  filter: {
    id: byValue("id", idFilter("ExpectedMachine")),
    hostname: byValue("hostname", textFilter),
    manufacturer: byValue("manufacturer", textFilter),
    product: byValue("product", textFilter),
    serialNumber: byValue("serialNumber", textFilter),
    armsItself: byValue("armsItself", booleanFilter),
    armsLeft: byValue("armsLeft", intFilter),
    fulfilledAt: byValue("fulfilledAt", instantFilter),
    shelf: byRelation(() => shelfList.filter, { from: "shelfId", to: "id" }),
    profile: byRelation(() => profileList.filter, { from: "profileId", to: "id" }),
    machine: byRelation(() => machineList.filter, { from: "fulfilledById", to: "id" }),
  },
  orders: { HOSTNAME: ["hostname", "id"] },
});

sightingList.filter.add({ switch: byRelation(() => switchList.filter, { from: "switchId", to: "id" }) });
