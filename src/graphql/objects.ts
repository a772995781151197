import { In, type EntityManager, type EntityTarget } from "typeorm";
import { ApiToken } from "../access/api-token.entity.js";
import { Change } from "../changes/change.entity.js";
import { Installation } from "../install/installation.entity.js";
import { Profile, Template } from "../install/profile.entity.js";
import { Conflict } from "../machine/conflict.entity.js";
import { Machine } from "../machine/machine.entity.js";
import { Rack, Shelf } from "../rack/rack.entity.js";
import { groupBy } from "./batched.js";

interface Identified {
  readonly id: number;
  readonly globalId: string;
}

const ENTITIES: Readonly<Record<string, EntityTarget<Identified>>> = {
  ApiToken,
  Change,
  Conflict,
  Installation,
  Machine,
  Profile,
  Rack,
  Shelf,
  Template,
};

/** The objects of these global ids that are there, with one statement for each kind. */
export async function objectsById(manager: EntityManager, ids: readonly string[]): Promise<Map<string, Identified>> {
  const objects = new Map<string, Identified>();
  for (const [kind, some] of groupBy(ids, (id) => id.split(":")[0] ?? "")) {
    const entity = ENTITIES[kind];
    if (entity === undefined) continue;
    const found = await manager.findBy(entity, { id: In(some.map((id) => Number(id.split(":")[1]))) });
    for (const object of found) objects.set(object.globalId, object);
  }
  return objects;
}
