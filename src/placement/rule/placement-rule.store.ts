import { In, type EntityManager } from "typeorm";
import type { Transaction } from "../../db/database.js";
import { dialectOf } from "../../db/dialect.js";
import { insertWithId } from "../../db/insert-with-id.js";
import { Conflict, inField, InvalidInput, NotFound, Refusals } from "../../errors.js";
import { parseName } from "../../name.js";
import { Rack } from "../../rack/rack.entity.js";
import { rackNamed } from "../../rack/rack.store.js";
import { halfUnits } from "../../rack/rack-space.js";
import { placementRuleKind } from "../placement.kinds.js";
import { PlacementRule, PortPlace } from "./placement-rule.entity.js";
import { portKey } from "../switch/port-name.js";
import { checkPattern, expandPattern, type PortPattern } from "./port-pattern.js";
import type { LeftOut, SwitchSpot } from "./port-spot.js";
import { fault, parsePortTable } from "./port-table.js";
import { Switch } from "../switch/switch.entity.js";
import { switchNamed } from "../switch/switch.store.js";

/** A rule as it is written: a pattern for one switch and one rack, or a table. */
export interface RuleText {
  readonly switch: string | null;
  readonly rack: string | null;
  readonly pattern: PortPattern | null;
  readonly table: string | null;
}

type Place = Pick<PortPlace, "switchId" | "port" | "portKey" | "rackId" | "unitHalfU" | "column" | "columns" | "face">;

/** A rule worked out: its columns, every port it covers, and what it leaves out. */
export interface WorkedOut {
  readonly columns: Pick<PlacementRule, "switchId" | "rackId" | "pattern">;
  readonly spots: readonly SwitchSpot[];
  readonly places: readonly Place[];
  readonly leftOut: readonly LeftOut[];
}

/** @throws InvalidInput, NotFound, Refusals with line and column for a table */
export async function workOut(manager: EntityManager, text: RuleText): Promise<WorkedOut> {
  if ((text.pattern === null) === (text.table === null)) {
    throw new InvalidInput("a rule has either a pattern or a table", ["pattern"]);
  }
  return text.pattern === null ? ofTable(manager, text) : ofPattern(manager, text, text.pattern);
}

async function ofPattern(manager: EntityManager, text: RuleText, pattern: PortPattern): Promise<WorkedOut> {
  if (text.switch === null) throw new InvalidInput("a pattern is for one switch; name it", ["switch"]);
  if (text.rack === null) throw new InvalidInput("a pattern is for one rack; name it", ["rack"]);
  checkPattern(pattern);
  const ofSwitch = await switchNamed(manager, text.switch);
  const rack = await rackNamed(manager, text.rack);
  const { spots, leftOut } = expandPattern(pattern, rack);
  if (spots.length === 0) {
    const why = leftOut.slice(0, 3).map(({ port, reason }) => `${port}: ${reason}`);
    throw new InvalidInput(`the pattern covers no port; ${why.join("; ")}`, ["pattern"]);
  }
  return {
    columns: { switchId: ofSwitch.id, rackId: rack.id, pattern },
    spots: spots.map((spot) => ({ switch: ofSwitch.name, ...spot })),
    places: spots.map((spot) => placeOf(ofSwitch, rack, spot)),
    leftOut,
  };
}

async function ofTable(manager: EntityManager, text: RuleText): Promise<WorkedOut> {
  if (text.rack !== null) throw new InvalidInput("a table names the racks itself; leave rack out", ["rack"]);
  const own = text.switch === null ? null : await switchNamed(manager, text.switch);
  const spots = parsePortTable(text.table ?? "", own?.name ?? null);
  if (spots.length === 0) throw new InvalidInput("the table has no port", ["table"]);
  const racks = await manager.findBy(Rack, { name: In([...new Set(spots.map(({ rack }) => rack))]) });
  const rackOf = new Map(racks.map((rack) => [rack.name, rack]));
  const switches = await manager.findBy(Switch, { name: In([...new Set(spots.map((spot) => spot.switch))]) });
  const switchOf = new Map(switches.map((each) => [each.name, each]));
  const faults: InvalidInput[] = [];
  const places = spots.flatMap((spot) => {
    const [ofSwitch, rack] = [switchOf.get(spot.switch), rackOf.get(spot.rack)];
    if (ofSwitch === undefined) faults.push(fault(spot.line, "switch", `no switch ${JSON.stringify(spot.switch)}`));
    else if (rack === undefined) faults.push(fault(spot.line, "rack", `no rack ${JSON.stringify(spot.rack)}`));
    else if (spot.unit > rack.heightU) {
      faults.push(fault(spot.line, "unit", `U${spot.unit} is outside rack ${rack.name} (${rack.heightU}U)`));
    } else return [placeOf(ofSwitch, rack, spot)];
    return [];
  });
  if (faults.length > 0) throw new Refusals(faults.slice(0, 50));
  return { columns: { switchId: own?.id ?? null, rackId: null, pattern: null }, spots, places, leftOut: [] };
}

function placeOf(ofSwitch: Switch, rack: Rack, spot: Omit<SwitchSpot, "switch">): Place {
  const { port, unit, column, columns, face } = spot;
  const unitHalfU = halfUnits(unit, "the unit");
  return { switchId: ofSwitch.id, port, portKey: portKey(port), rackId: rack.id, unitHalfU, column, columns, face };
}

/** @throws as `workOut`, Conflict when the name is taken or another rule claims one of its ports */
export async function createPlacementRule(
  transaction: Transaction,
  name: string,
  text: RuleText,
  id?: number,
): Promise<PlacementRule> {
  const { manager, changes } = transaction;
  await lockRules(manager);
  const worked = await workOut(manager, text);
  const columns = { ...(await checkedName(manager, name)), ...worked.columns };
  if (id !== undefined) await insertWithId(manager, PlacementRule, { id, ...columns });
  const rule = id === undefined ? await manager.save(manager.create(PlacementRule, columns)) : { id, ...columns };
  changes.created(placementRuleKind, [rule.id]);
  await putPlaces(manager, rule, worked);
  return manager.findOneByOrFail(PlacementRule, { id: rule.id });
}

/** Changes what is given. @throws as `createPlacementRule`, NotFound */
export async function updatePlacementRule(
  transaction: Transaction,
  name: string,
  newName: string,
  text: RuleText | undefined,
): Promise<PlacementRule> {
  const { manager, changes } = transaction;
  await lockRules(manager);
  const rule = await ruleNamed(manager, name);
  await changes.watch(placementRuleKind, [rule.id]);
  if (newName !== rule.name) Object.assign(rule, await checkedName(manager, newName));
  if (text !== undefined) {
    const worked = await workOut(manager, text);
    Object.assign(rule, worked.columns);
    await manager.delete(PortPlace, { ruleId: rule.id });
    await putPlaces(manager, rule, worked);
  }
  return manager.save(rule);
}

/** What stands where the rule has put it, stays. @throws NotFound */
export async function deletePlacementRule({ manager, changes }: Transaction, name: string): Promise<PlacementRule> {
  const rule = await ruleNamed(manager, name);
  await changes.watch(placementRuleKind, [rule.id]);
  await manager.delete(PlacementRule, { id: rule.id });
  return rule;
}

/** @throws NotFound */
export async function ruleNamed(manager: EntityManager, name: string): Promise<PlacementRule> {
  const rule = await manager.findOneBy(PlacementRule, { name });
  if (rule === null) throw new NotFound(`no placement rule ${JSON.stringify(name)}`, ["rule"]);
  return rule;
}

/** One after the other, so that of two rules that want one port the second can say which the first was. */
function lockRules(manager: EntityManager): Promise<void> {
  return dialectOf(manager).lockForTransaction(manager, "placement rules");
}

async function checkedName(manager: EntityManager, text: string): Promise<{ name: string }> {
  const name = inField(["name"], () => parseName("placement rule", text));
  if (!(await manager.existsBy(PlacementRule, { name }))) return { name };
  throw new Conflict(`there is a placement rule ${name} already`, ["name"]);
}

async function putPlaces(manager: EntityManager, rule: Pick<PlacementRule, "id" | "name">, worked: WorkedOut) {
  const claims = await claimsOf(manager, worked.places);
  if (claims.length > 0) {
    const said = claims.slice(0, 5).map(({ port, rule: other }) => `port ${port} is claimed by rule ${other}`);
    const more = claims.length > 5 ? ` and ${claims.length - 5} more` : "";
    const field = worked.columns.pattern === null ? "table" : "pattern";
    throw new Conflict(`rule ${rule.name} cannot have what another rule has: ${said.join(", ")}${more}`, [field]);
  }
  const rows = worked.places.map((place) => ({ ...place, ruleId: rule.id }));
  await manager.save(manager.create(PortPlace, rows), { chunk: 500 });
}

/** Ports of these places that other rules have: with the rule's name. */
export async function claimsOf(
  manager: EntityManager,
  places: readonly Place[],
  besides?: number,
): Promise<Array<{ switchId: number; port: string; portKey: string; rule: string }>> {
  const switchIds = [...new Set(places.map(({ switchId }) => switchId))];
  const held = await manager.find(PortPlace, { where: { switchId: In(switchIds) }, relations: { rule: true } });
  const wanted = new Map(places.map((place) => [`${place.switchId} ${place.portKey}`, place.port]));
  return held.flatMap(({ switchId, portKey: key, ruleId, rule }) => {
    const port = wanted.get(`${switchId} ${key}`);
    return port === undefined || ruleId === besides ? [] : [{ switchId, port, portKey: key, rule: rule.name }];
  });
}
