import { byRelated, byRelation, byValue } from "../graphql/list/filter-fields.js";
import { EntityList } from "../graphql/list/entity-list.js";
import { enumFilter, idFilter, instantFilter, intFilter, textFilter } from "../graphql/list/value-filters.js";
import { sightingList } from "../machine/machine.list.js";
import { rackList } from "../rack/rack.list.js";
import { PlacementRule } from "./placement-rule.entity.js";
import { PortRoleEnum, SnmpVersionEnum, Switch, SwitchPort } from "./switch.entity.js";

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

sightingList.filter.add({ switch: byRelation(() => switchList.filter, { from: "switchId", to: "id" }) });
