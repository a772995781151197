import type { EntityManager } from "typeorm";
import { claimsOf, ruleNamed, workOut, type RuleText } from "./placement-rule.store.js";
import type { LeftOut, SwitchSpot } from "./port-spot.js";
import { portKey } from "../switch/port-name.js";
import { SwitchPort } from "../switch/switch.entity.js";

/**
 * What a rule would do: each port that it covers, and each that it leaves out, also of those that the switch is known to
 * have. @throws as `workOut`, NotFound
 */
export async function previewRule(
  manager: EntityManager,
  text: RuleText,
  instead: string | null,
): Promise<{ covered: SwitchSpot[]; leftOut: LeftOut[] }> {
  const besides = instead === null ? undefined : (await ruleNamed(manager, instead)).id;
  const { spots, places, leftOut } = await workOut(manager, text);
  const claims = await claimsOf(manager, places, besides);
  const claimed = new Map(claims.map((each) => [`${each.switchId} ${each.portKey}`, each.rule]));
  const ruleOf = (i: number) => claimed.get(`${places[i]?.switchId} ${places[i]?.portKey}`);
  const taken = spots.flatMap(({ port }, i) => {
    const rule = ruleOf(i);
    return rule === undefined ? [] : [{ port, reason: `rule ${rule} claims it` }];
  });
  const told = new Set([...spots, ...leftOut].map(({ port }) => portKey(port)));
  const others = text.pattern === null ? [] : await portsOf(manager, places[0]?.switchId);
  const beyond = others.filter(({ portKey }) => !told.has(portKey));
  return {
    covered: spots.filter((_, i) => ruleOf(i) === undefined),
    leftOut: [...leftOut, ...taken, ...beyond.map(({ name }) => ({ port: name, reason: "the pattern is not for it" }))],
  };
}

function portsOf(manager: EntityManager, switchId = 0): Promise<SwitchPort[]> {
  return manager.find(SwitchPort, { where: { switchId }, order: { id: "ASC" } });
}
