import { In, type EntityManager, type FindOptionsWhere } from "typeorm";
import { NotFound } from "../../errors.js";
import { checkRackCount, DRAWING_LIMITS } from "../drawing/drawing-limits.js";
import { compareOnFloor } from "../floor-order.js";
import { Rack } from "../rack.entity.js";

/** @returns them in the order of the names, by one statement. @throws NotFound for the first that is not there */
export async function racksNamed(manager: EntityManager, names: readonly string[]): Promise<Rack[]> {
  checkRackCount(names.length);
  const found = new Map((await manager.findBy(Rack, { name: In([...names]) })).map((rack) => [rack.name, rack]));
  return names.map((name) => {
    const rack = found.get(name);
    if (rack === undefined) throw new NotFound(`no rack ${JSON.stringify(name)}`, ["rack"]);
    return rack;
  });
}

/** Where racks stand; what is undefined may be anything. */
export type Whereabouts = { readonly [part in "site" | "room" | "row"]: string | undefined };

/** Racks of a site, a room or a row, by row and position. @throws NotFound when none stands there */
export async function racksStanding(manager: EntityManager, where: Whereabouts): Promise<Rack[]> {
  const known = Object.entries(where).filter(([, value]) => value !== undefined);
  const racks = await manager.find(Rack, {
    where: Object.fromEntries(known) as FindOptionsWhere<Rack>,
    take: DRAWING_LIMITS.racks + 1,
  });
  checkRackCount(racks.length);
  if (racks.length === 0) {
    throw new NotFound(`no rack in ${known.map(([part, value]) => `${part} ${JSON.stringify(value)}`).join(", ")}`);
  }
  return racks.sort(compareOnFloor);
}
