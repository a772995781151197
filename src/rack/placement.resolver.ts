import { Arg, Args, Ctx, Mutation, Resolver } from "type-graphql";
import type { WriteContext } from "../context.js";
import { forEachInput } from "../errors.js";
import type { Fresh } from "../graphql/user-errors.js";
import { MACHINE_KEYS, MachinePayload, MachinesPayload } from "../machine/machine.inputs.js";
import { MACHINE_KEY, machineByKey, machinesByKey } from "../machine/machine.store.js";
import { placeMachine, unplaceMachine } from "./placement.store.js";
import type { Shelf } from "./shelf.entity.js";
import { lockRacks } from "./taken-places.store.js";
import { PlacementInput, placementOf, ShelfPayload, ShelvesPayload } from "./shelf.inputs.js";

/** Where machines stand. */
@Resolver()
export class PlacementResolver {
  @Mutation(() => ShelfPayload, { description: "Puts a machine into a rack, or moves it there." })
  async placeMachine(
    @Ctx() context: WriteContext,
    @Args(() => PlacementInput) input: PlacementInput,
  ): Promise<Fresh<ShelfPayload>> {
    return { shelf: await place(context, input) };
  }

  @Mutation(() => ShelvesPayload, { description: "As placeMachine, one after the other, all or none." })
  async placeMachines(
    @Ctx() context: WriteContext,
    @Arg("placements", () => [PlacementInput]) inputs: PlacementInput[],
  ): Promise<Fresh<ShelvesPayload>> {
    await lockRacks(context.transaction.manager, context.app.database, inputs);
    return { shelves: await forEachInput("placements", inputs, (input) => place(context, input)) };
  }

  @Mutation(() => MachinePayload, { description: "Takes a machine out of its rack." })
  async unplaceMachine(
    @Ctx() { transaction }: WriteContext,
    @Arg("machine", () => String, { description: MACHINE_KEY }) key: string,
  ): Promise<Fresh<MachinePayload>> {
    const machine = await machineByKey(transaction.manager, key);
    await unplaceMachine(transaction, machine);
    return { machine };
  }

  @Mutation(() => MachinesPayload, { description: "As unplaceMachine, all or none." })
  async unplaceMachines(
    @Ctx() { transaction }: WriteContext,
    @Arg("machines", () => [String], { description: MACHINE_KEYS }) keys: string[],
  ): Promise<Fresh<MachinesPayload>> {
    const machines = await machinesByKey(transaction.manager, keys);
    for (const machine of machines) await unplaceMachine(transaction, machine);
    return { machines };
  }
}

function place({ app, transaction }: WriteContext, { machine: key, ...wanted }: PlacementInput): Promise<Shelf> {
  return placeMachine(app.database, transaction, key, placementOf(wanted), app.now());
}
