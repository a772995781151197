import { In, type EntityTarget, type FindOptionsRelations, type FindOptionsWhere } from "typeorm";
import type { ChangeKind, Facts } from "./change-set.js";

/** A kind whose facts are one entity's. */
export function entityKind<T extends { readonly id: number }>(
  name: string,
  entity: EntityTarget<T>,
  factsOf: (thing: T) => Facts,
  relations: FindOptionsRelations<T> = {},
): ChangeKind {
  return {
    name,
    async facts(manager, _, ids) {
      const where = { id: In([...ids]) } as FindOptionsWhere<T>;
      const found = await manager.find(entity, { where, relations });
      return new Map(found.map((thing) => [thing.id, factsOf(thing)]));
    },
  };
}
