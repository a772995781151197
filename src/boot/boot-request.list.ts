import { EntityList } from "../graphql/list/entity-list.js";
import { byRelated, byRelation, byValue } from "../graphql/list/filter-fields.js";
import { idFilter, instantFilter, intFilter, textFilter } from "../graphql/list/value-filters.js";
import { macAddressFilter } from "../machine/mac-address.filter.js";
import { machineList } from "../machine/machine.list.js";
import { BootRequest } from "./boot-request.entity.js";

export const bootRequestList: EntityList<BootRequest> = new EntityList(BootRequest, {
  filter: {
    id: byValue("id", idFilter("BootRequest")),
    at: byValue("at", instantFilter),
    macAddress: byValue("macAddress", macAddressFilter),
    method: byValue("method", textFilter),
    url: byValue("url", textFilter),
    userAgent: byValue("userAgent", textFilter),
    remoteAddress: byValue("remoteAddress", textFilter),
    status: byValue("status", intFilter),
    answer: byValue("answer", textFilter),
    rule: byValue("rule", textFilter),
    machine: byRelation(() => machineList.filter, {
      from: "machineId",
      to: "id",
      description: "`not: {machine: {}}` finds what matched nothing that is known.",
    }),
  },
});

machineList.filter.add({
  bootRequests: byRelated("BootRequest", () => bootRequestList.filter, { from: "id", to: "machineId" }),
});
