import { Conflict } from "../errors.js";
import { dialectOf } from "../db/dialect.js";
import { idOf } from "../graphql/global-id.js";
import {
  forgetPlan,
  recreatePlan,
  updateExpectedMachine,
  type PlanValues,
} from "../placement/plan/expected-machine.store.js";
import { PlacementRule } from "../placement/rule/placement-rule.entity.js";
import {
  createPlacementRule,
  deletePlacementRule,
  updatePlacementRule,
  type RuleText,
} from "../placement/rule/placement-rule.store.js";
import { placementRuleKind } from "../placement/placement.kinds.js";
import { SwitchPort, type PortRole } from "../placement/switch/switch.entity.js";
import {
  deleteSwitch,
  recreateSwitch,
  setPortRole,
  updateSwitch,
  switchWithId,
  type SwitchValues,
} from "../placement/switch/switch.store.js";
import type { Undoer } from "./undoers.js";

export const undoSwitch: Undoer = async ({ app, transaction }, { objectId, object, before, after }) => {
  if (after === null) return recreateSwitch(transaction, objectId, before as unknown as SwitchValues);
  const { name } = await switchWithId(transaction.manager, objectId);
  if (before === null) return void (await deleteSwitch(transaction, name));
  const { snmpVersion, credentials, ...values } = before;
  if (snmpVersion !== undefined || credentials !== undefined) {
    throw new Conflict(`${object}: earlier credentials are kept nowhere; give them with updateSwitch`, ["change"]);
  }
  await updateSwitch(transaction, app.vault, name, values);
};

/** A port that was named stays, since AUTO is what it was when nobody had named it. */
export const undoSwitchPort: Undoer = async ({ transaction }, { objectId, before, after }) => {
  const port = await transaction.manager.findOne(SwitchPort, { where: { id: objectId }, relations: { switch: true } });
  const known = port === null ? before : { switch: port.switch.name, name: port.name };
  const { switch: switchName, name } = known as { readonly switch: string; readonly name: string };
  await setPortRole(transaction, switchName, name, (before ?? { ...after, role: "AUTO" }).role as PortRole);
};

export const undoPlacementRule: Undoer = async ({ transaction }, { objectId, before, after }) => {
  const { manager } = transaction;
  if (after === null) {
    const { name, ...text } = before as unknown as RuleText & { readonly name: string };
    return void (await createPlacementRule(transaction, name, text, objectId));
  }
  const { name } = await manager.findOneByOrFail(PlacementRule, { id: objectId });
  if (before === null) return void (await deletePlacementRule(transaction, name));
  const { name: earlier = name, ...changed } = before as unknown as Partial<RuleText> & { readonly name?: string };
  const facts = (await placementRuleKind.facts(manager, dialectOf(manager), [objectId])).get(objectId);
  const text = { ...(facts as unknown as RuleText), ...changed };
  await updatePlacementRule(transaction, name, earlier, Object.keys(changed).length === 0 ? undefined : text);
};

export const undoExpectedMachine: Undoer = async ({ transaction }, { objectId, object, before, after }) => {
  if (before === null) return forgetPlan(transaction, objectId);
  if ("machine" in before && after !== null) {
    throw new Conflict(`${object}: its machine has appeared; unplace that and expect another one`, ["change"]);
  }
  if (after !== null) return void (await updateExpectedMachine(transaction, objectId, before));
  const { shelf, ...values } = before as unknown as PlanValues & { readonly shelf: string | null };
  await recreatePlan(transaction, objectId, shelf === null ? null : idOf("Shelf", shelf), values);
};
