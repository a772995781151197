import { Arg, Ctx, Field, FieldResolver, InputType, Mutation, Resolver, Root } from "type-graphql";
import type { Context, WriteContext } from "../context.js";
import { forEachInput } from "../errors.js";
import { entityBy } from "../graphql/entity-by.js";
import { GraphQLJSONObject } from "../graphql/json-object.js";
import type { Fresh } from "../graphql/user-errors.js";
import { Machine } from "../machine/machine.entity.js";
import { MachinePayload, MachinesPayload } from "../machine/machine.inputs.js";
import { MACHINE_KEY, machineByKey } from "../machine/machine.store.js";
import { Rack } from "../rack/rack.entity.js";
import { RackPayload, RacksPayload } from "../rack/rack.inputs.js";
import { rackNamed } from "../rack/rack.store.js";
import { MachineParameters, RackParameters } from "./machine-parameters.entity.js";
import { setMachineParameters, setRackParameters } from "./machine-parameters.store.js";
import { shownParameters } from "./parameters.js";

const MERGED = 'Merged into those that are there; null takes one away, {"secret": "…"} marks one as a secret.';

@InputType()
class MachineParametersInput {
  @Field(() => String, { description: MACHINE_KEY })
  machine: string;

  @Field(() => GraphQLJSONObject, { description: MERGED })
  parameters: Record<string, unknown>;
}

@InputType()
class RackParametersInput {
  @Field(() => String)
  rack: string;

  @Field(() => GraphQLJSONObject, { description: MERGED })
  parameters: Record<string, unknown>;
}

@Resolver(() => Machine)
export class MachineParametersResolver {
  @Mutation(() => MachinePayload, { description: "What its templates get, before anything that rack or profile say." })
  async setMachineParameters(
    @Ctx() context: WriteContext,
    @Arg("machine", () => String, { description: MACHINE_KEY }) machine: string,
    @Arg("parameters", () => GraphQLJSONObject, { description: MERGED }) parameters: Record<string, unknown>,
  ): Promise<Fresh<MachinePayload>> {
    return { machine: await ofMachine(context, { machine, parameters }) };
  }

  @Mutation(() => MachinesPayload, { description: "As setMachineParameters, all or none." })
  async setMachinesParameters(
    @Ctx() context: WriteContext,
    @Arg("machines", () => [MachineParametersInput]) inputs: MachineParametersInput[],
  ): Promise<Fresh<MachinesPayload>> {
    return { machines: await forEachInput("machines", inputs, (input) => ofMachine(context, input)) };
  }

  @FieldResolver(() => GraphQLJSONObject, {
    description: 'What it says before rack and profile do, its own only. A secret is shown as {"secret": true}.',
  })
  async parameters(@Root("id") id: Machine["id"], @Ctx() context: Context): Promise<Record<string, unknown>> {
    return shownParameters((await entityBy(context, MachineParameters, "machineId", id))?.parameters ?? {});
  }
}

@Resolver(() => Rack)
export class RackParametersResolver {
  @Mutation(() => RackPayload, { description: "What the templates of the machines in it get, before their profiles'." })
  async setRackParameters(
    @Ctx() context: WriteContext,
    @Arg("rack", () => String) rack: string,
    @Arg("parameters", () => GraphQLJSONObject, { description: MERGED }) parameters: Record<string, unknown>,
  ): Promise<Fresh<RackPayload>> {
    return { rack: await ofRack(context, { rack, parameters }) };
  }

  @Mutation(() => RacksPayload, { description: "As setRackParameters, all or none." })
  async setRacksParameters(
    @Ctx() context: WriteContext,
    @Arg("racks", () => [RackParametersInput]) inputs: RackParametersInput[],
  ): Promise<Fresh<RacksPayload>> {
    return { racks: await forEachInput("racks", inputs, (input) => ofRack(context, input)) };
  }

  @FieldResolver(() => GraphQLJSONObject, {
    description: 'What the machines in it get before their profiles\' own. A secret is shown as {"secret": true}.',
  })
  async parameters(@Root("id") id: Rack["id"], @Ctx() context: Context): Promise<Record<string, unknown>> {
    return shownParameters((await entityBy(context, RackParameters, "rackId", id))?.parameters ?? {});
  }
}

async function ofMachine({ app, transaction }: WriteContext, input: MachineParametersInput): Promise<Machine> {
  const machine = await machineByKey(transaction.manager, input.machine);
  await setMachineParameters(transaction, app.vault, machine, input.parameters);
  return machine;
}

async function ofRack({ app, transaction }: WriteContext, input: RackParametersInput): Promise<Rack> {
  const rack = await rackNamed(transaction.manager, input.rack);
  await setRackParameters(transaction, app.vault, rack, input.parameters);
  return rack;
}
