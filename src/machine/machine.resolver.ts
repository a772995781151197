import { Arg, Args, Ctx, Field, FieldResolver, InputType, Mutation, Query, Resolver, Root } from "type-graphql";
import { In, Not, type FindOptionsWhere } from "typeorm";
import type { Context, WriteContext } from "../context.js";
import type { Transaction } from "../db/database.js";
import { forEachInput, InvalidInput } from "../errors.js";
import { batched, groupBy } from "../graphql/batched.js";
import { connectionType, page, PageArgs, type Connection } from "../graphql/connection.js";
import type { Fresh } from "../graphql/user-errors.js";
import type { MacAddress } from "./mac-address.js";
import { MacAddressScalar } from "./mac-address.scalar.js";
import { EthernetInterface, Machine, MachineStateEnum } from "./machine.entity.js";
import { MachinePayload, MachinesPayload, MachineUpdate } from "./machine.inputs.js";
import type { MachineState } from "./machine-state.js";
import { machineByKey, renameMachine } from "./machine.store.js";
import { Sighting } from "./sighting.entity.js";

@InputType()
class MachineStateFilter {
  @Field(() => MachineStateEnum, { nullable: true })
  eq?: MachineState | null;

  @Field(() => MachineStateEnum, { nullable: true })
  ne?: MachineState | null;

  @Field(() => [MachineStateEnum], { nullable: true })
  in?: MachineState[] | null;
}

@InputType()
class MachineFilter {
  @Field(() => MachineStateFilter, { nullable: true })
  state?: MachineStateFilter | null;
}

const MachineConnection = connectionType("Machine", Machine);

@Resolver(() => Machine)
export class MachineResolver {
  @Query(() => Machine, { nullable: true, description: "The one machine that this key names; null when none does." })
  async machine(
    @Ctx() { app }: Context,
    @Arg("macAddress", () => MacAddressScalar, { nullable: true }) macAddress?: MacAddress | null,
    @Arg("serialNumber", () => String, { nullable: true }) serialNumber?: string | null,
    @Arg("hostname", () => String, { nullable: true }) hostname?: string | null,
  ): Promise<Machine | null> {
    const { manager } = app.database;
    const given = [macAddress, serialNumber, hostname].filter((key) => key !== null && key !== undefined);
    if (given.length !== 1) throw new InvalidInput("give one of macAddress, serialNumber and hostname");
    if (macAddress) {
      return (
        (await manager.findOne(EthernetInterface, { where: { macAddress }, relations: { machine: true } }))?.machine ??
        null
      );
    }
    if (hostname) return manager.findOneBy(Machine, { hostname: hostname.toLowerCase() });
    const [found = null, another] = await manager.find(Machine, {
      where: { serialNumber: serialNumber ?? "" },
      take: 2,
    });
    if (another !== undefined) {
      throw new InvalidInput(`several machines report serial number ${serialNumber}; ask by macAddress`);
    }
    return found;
  }

  @Query(() => MachineConnection)
  machines(
    @Ctx() { app }: Context,
    @Args(() => PageArgs) args: PageArgs,
    @Arg("filter", () => MachineFilter, { nullable: true }) filter?: MachineFilter | null,
  ): Promise<Connection<Machine>> {
    const { eq, ne, in: among } = filter?.state ?? {};
    const where: FindOptionsWhere<Machine> = {};
    if (eq) where.state = eq;
    else if (among) where.state = In(among);
    else if (ne) where.state = Not(ne);
    return page(app.database.manager, Machine, args, where);
  }

  @Mutation(() => MachinePayload, { description: "Gives a machine its host name." })
  async updateMachine(
    @Ctx() { transaction }: WriteContext,
    @Args(() => MachineUpdate) update: MachineUpdate,
  ): Promise<Fresh<MachinePayload>> {
    return { machine: await updateMachine(transaction, update) };
  }

  @Mutation(() => MachinesPayload, { description: "As updateMachine, one after the other, all or none." })
  async updateMachines(
    @Ctx() { transaction }: WriteContext,
    @Arg("updates", () => [MachineUpdate]) updates: MachineUpdate[],
  ): Promise<Fresh<MachinesPayload>> {
    return { machines: await forEachInput("updates", updates, (update) => updateMachine(transaction, update)) };
  }

  @FieldResolver(() => [EthernetInterface])
  async ethernetInterfaces(@Root() { id }: Machine, @Ctx() context: Context): Promise<EthernetInterface[]> {
    const found = await batched(context, "ethernetInterfaces", id, async (machineIds) => {
      const where = { machineId: In(machineIds) };
      const ports = await context.app.database.manager.find(EthernetInterface, { where, order: { id: "ASC" } });
      return groupBy(ports, ({ machineId }) => machineId);
    });
    return found ?? [];
  }

  @FieldResolver(() => [Sighting])
  async sightings(@Root() { id }: Machine, @Ctx() context: Context): Promise<Sighting[]> {
    const found = await batched(context, "sightings", id, async (machineIds) => {
      const where = { machineId: In(machineIds) };
      const sightings = await context.app.database.manager.find(Sighting, { where, order: { id: "ASC" } });
      return groupBy(sightings, ({ machineId }) => machineId);
    });
    return found ?? [];
  }
}

async function updateMachine(transaction: Transaction, { machine: key, hostname }: MachineUpdate): Promise<Machine> {
  return renameMachine(transaction, await machineByKey(transaction.manager, key), hostname);
}
