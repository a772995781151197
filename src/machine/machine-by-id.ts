import { In } from "typeorm";
import type { Context } from "../context.js";
import { batched } from "../graphql/batched.js";
import { Machine } from "./machine.entity.js";

/** For fields that lead to a machine: one statement for all of a request's. */
export function machineById(context: Context, id: number): Promise<Machine | undefined> {
  return batched(context, "machineById", id, async (ids) => {
    const machines = await context.app.database.manager.findBy(Machine, { id: In(ids) });
    return new Map(machines.map((machine) => [machine.id, machine]));
  });
}
