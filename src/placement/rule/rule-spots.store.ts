import { In, type EntityManager } from "typeorm";
import { PortPlace } from "./placement-rule.entity.js";
import type { SwitchSpot } from "./port-spot.js";

/** Each port that these rules cover, in the order in which they name them. */
export async function spotsOfRules(
  manager: EntityManager,
  ruleIds: readonly number[],
): Promise<Array<SwitchSpot & { readonly ruleId: number }>> {
  const places = await manager.find(PortPlace, {
    where: { ruleId: In([...ruleIds]) },
    relations: { switch: true, rack: true },
    order: { id: "ASC" },
  });
  return places.map(({ ruleId, switch: ofSwitch, rack, port, unit, column, columns, face }) => {
    return { ruleId, switch: ofSwitch.name, port, rack: rack.name, unit, column, columns, face };
  });
}
