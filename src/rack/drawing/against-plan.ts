import type { EntityManager } from "typeorm";
import type { Rack } from "../rack.entity.js";
import type { Absence, GhostView } from "./elevation.js";

/** A machine where it is seen; null is one that nobody knows. */
export interface SeenMachine extends Omit<GhostView, "dimmed"> {
  readonly machineId: number | null;
}

/** Where the floor is not as the record of these racks says. */
export interface AgainstPlan {
  /** By the rack in which they are seen. */
  readonly ghosts: ReadonlyMap<string, readonly SeenMachine[]>;
  /** By the machine's id. */
  readonly absences: ReadonlyMap<number, Absence>;
}

/** Handed in, since placement/ knows it, which stands above the racks; in a number of statements that does not depend on theirs. */
export type AgainstPlanOf = (manager: EntityManager, racks: readonly Rack[], now: Date) => Promise<AgainstPlan>;
