import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { In, Not, type FindOptionsWhere } from "typeorm";
import type { Context } from "../context.js";
import { InvalidInput } from "../errors.js";
import { batched, groupBy } from "../graphql/batched.js";
import { connectionType, page, PageArgs, type Connection } from "../graphql/connection.js";
import { attempt, Payload } from "../graphql/user-errors.js";
import type { MacAddress } from "./mac-address.js";
import { MacAddressScalar } from "./mac-address.scalar.js";
import { EthernetInterface, Machine, MachineStateEnum } from "./machine.entity.js";
import type { MachineState } from "./machine-state.js";
import { MACHINE_KEY, machineByKey, renameMachine } from "./machine.store.js";
import { Sighting } from "./sighting.entity.js";

export const MACHINE_KEYS = `Each ${MACHINE_KEY}.`;

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

@ObjectType()
export class MachinesPayload extends Payload {
  @Field(() => [Machine], { nullable: true })
  machines?: Machine[];
}

@ObjectType()
class MachinePayload extends Payload {
  @Field(() => Machine, { nullable: true })
  machine?: Machine;
}

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
  updateMachine(
    @Ctx() { app }: Context,
    @Arg("machine", () => String, { description: MACHINE_KEY }) key: string,
    @Arg("hostname", () => String) hostname: string,
  ): Promise<MachinePayload> {
    return attempt(() =>
      app.database.write(async (transaction) => {
        const machine = await machineByKey(transaction.manager, key);
        return { machine: await renameMachine(transaction, machine, hostname) };
      }),
    );
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
