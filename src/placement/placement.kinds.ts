import { In } from "typeorm";
import type { ChangeKind, Facts } from "../changes/change-set.js";
import { entityKind } from "../changes/entity-kind.js";
import { groupBy } from "../graphql/batched.js";
import { told8 } from "../install/parameters.js";
import { ExpectedMachine } from "./plan/expected-machine.entity.js";
import { PlacementRule } from "./rule/placement-rule.entity.js";
import type { SwitchSpot } from "./rule/port-spot.js";
import { printPortTable } from "./rule/port-table.js";
import { spotsOfRules } from "./rule/rule-spots.store.js";
import { Switch, SwitchPort } from "./switch/switch.entity.js";

/** What a scan finds is an observation and no change. Of credentials it is told that they are others now. */
export const switchKind = entityKind("Switch", Switch, (each) => {
  const { name, managementAddress, systemName, chassisId, snmpVersion, credentials } = each;
  const secret = credentials === null ? null : told8({ sealed: credentials });
  return { name, managementAddress, systemName, chassisId, snmpVersion, credentials: secret };
});

export const switchPortKind = entityKind(
  "SwitchPort",
  SwitchPort,
  (port) => ({ switch: port.switch.name, name: port.name, role: port.role }),
  { switch: true },
);

/** A table with all its lines; of a pattern the pattern alone, since what comes of it depends on nothing else. */
export const placementRuleKind: ChangeKind = {
  name: "PlacementRule",
  async facts(manager, _, ids) {
    const where = { id: In([...ids]) };
    const rules = await manager.find(PlacementRule, { where, relations: { switch: true, rack: true } });
    const tables = rules.filter(({ pattern }) => pattern === null).map(({ id }) => id);
    const spots = groupBy(await spotsOfRules(manager, tables), ({ ruleId }) => ruleId);
    return new Map(rules.map((rule) => [rule.id, ruleFacts(rule, spots.get(rule.id) ?? [])]));
  },
};

function ruleFacts(rule: PlacementRule, spots: readonly SwitchSpot[]): Facts {
  const { name, pattern } = rule;
  const table = pattern === null ? printPortTable(spots) : null;
  const text = { switch: rule.switch?.name ?? null, rack: rule.rack?.name ?? null, table };
  return { name, ...text, pattern: pattern === null ? null : { ...pattern } };
}

export const expectedMachineKind = entityKind(
  "ExpectedMachine",
  ExpectedMachine,
  (plan) => ({
    hostname: plan.hostname,
    shelf: plan.shelfId === null ? null : `Shelf:${plan.shelfId}`,
    profile: plan.profile?.name ?? null,
    manufacturer: plan.manufacturer,
    product: plan.product,
    serialNumber: plan.serialNumber,
    armsItself: plan.armsItself,
    armsLeft: plan.armsLeft,
    machine: plan.fulfilledById === null ? null : `Machine:${plan.fulfilledById}`,
  }),
  { profile: true },
);
