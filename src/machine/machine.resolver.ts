import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context, WriteContext } from "../context.js";
import type { Transaction } from "../db/database.js";
import { forEachInput, InvalidInput } from "../errors.js";
import { entityBy } from "../graphql/entity-by.js";
import type { Connection } from "../graphql/list/connection.js";
import type { ListArgs } from "../graphql/list/entity-list.js";
import type { Fresh } from "../graphql/user-errors.js";
import type { Conflict } from "./conflict.entity.js";
import type { MacAddress } from "./mac-address.js";
import { MacAddressScalar } from "./mac-address.scalar.js";
import { EthernetInterface, Machine } from "./machine.entity.js";
import {
  LabelInput,
  MACHINE_KEYS,
  MachinePayload,
  MachineReport,
  MachinesPayload,
  MachineUpdate,
} from "./machine.inputs.js";
import { labelMachines } from "./machine-label.store.js";
import { MachineLabel } from "./machine-label.entity.js";
import { conflictList, ethernetInterfaceList, machineLabelList, machineList, sightingList } from "./machine.list.js";
import { machineByKey, machinesByKey, renameMachine } from "./machine.store.js";
import { registerReported, reportOf } from "./registration-input.js";
import type { Sighting } from "./sighting.entity.js";

@Resolver(() => Machine)
export class MachineResolver {
  @Query(() => Machine, { nullable: true, description: "The one machine that this key names; null when none does." })
  async machine(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("macAddress", () => MacAddressScalar, { nullable: true }) macAddress?: MacAddress | null,
    @Arg("serialNumber", () => String, { nullable: true }) serialNumber?: string | null,
    @Arg("hostname", () => String, { nullable: true }) hostname?: string | null,
  ): Promise<Machine | undefined> {
    const given = [macAddress, serialNumber, hostname].filter((key) => key !== null && key !== undefined);
    if (given.length !== 1) throw new InvalidInput("give one of macAddress, serialNumber and hostname");
    if (macAddress) {
      const port = await entityBy(context, EthernetInterface, "macAddress", macAddress);
      return port && entityBy(context, Machine, "id", port.machineId, { info });
    }
    if (typeof hostname === "string") return entityBy(context, Machine, "hostname", hostname.toLowerCase(), { info });
    const [found, another] = await machineList.page(
      context,
      {
        first: 2,
        filter: { serialNumber: { eq: serialNumber } },
      },
      info,
    ).nodes;
    if (another !== undefined) {
      throw new InvalidInput(`several machines report serial number ${serialNumber}; ask by macAddress`);
    }
    return found;
  }

  @Query(() => machineList.Connection)
  machines(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => machineList.Args) args: ListArgs,
  ): Connection<Machine> {
    return machineList.page(context, args, info);
  }

  @Mutation(() => MachinePayload, {
    description: "Registers a machine before it boots. What it says itself later is compared by the same rules.",
  })
  async registerMachine(
    @Ctx() context: WriteContext,
    @Args(() => MachineReport) report: MachineReport,
  ): Promise<Fresh<MachinePayload>> {
    const machines = await registerReported(context, [reportOf(report)]);
    return { machine: machines[0] as Machine };
  }

  @Mutation(() => MachinesPayload, { description: "As registerMachine, all or none; a machine named twice is one." })
  async registerMachines(
    @Ctx() context: WriteContext,
    @Arg("machines", () => [MachineReport]) reports: MachineReport[],
  ): Promise<Fresh<MachinesPayload>> {
    const read = await forEachInput("machines", reports, (report) => Promise.resolve(reportOf(report)));
    return { machines: await registerReported(context, read) };
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

  @Mutation(() => MachinesPayload, {
    description: "Gives machines labels of the operator's own, such as team=storage, and takes some away; others stay.",
  })
  async labelMachines(
    @Ctx() { transaction }: WriteContext,
    @Arg("machines", () => [String], { description: MACHINE_KEYS }) keys: string[],
    @Arg("set", () => [LabelInput], { defaultValue: [] }) set: LabelInput[],
    @Arg("remove", () => [String], { defaultValue: [], description: "Keys." }) remove: string[],
  ): Promise<Fresh<MachinesPayload>> {
    const machines = await machinesByKey(transaction.manager, keys);
    await labelMachines(transaction, machines, set, remove);
    return { machines };
  }

  @FieldResolver(() => [MachineLabel], { description: "In the order of their keys." })
  labels(
    @Root("id") id: Machine["id"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("filter", () => machineLabelList.filter.Input, { nullable: true }) filter?: object | null,
  ): Promise<readonly MachineLabel[]> {
    return machineLabelList.allOf(context, id, ["machineId"], { filter, orderBy: "KEY_ASC", info });
  }

  @FieldResolver(() => [EthernetInterface])
  ethernetInterfaces(
    @Root("id") id: Machine["id"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("filter", () => ethernetInterfaceList.filter.Input, { nullable: true }) filter?: object | null,
  ): Promise<readonly EthernetInterface[]> {
    return ethernetInterfaceList.allOf(context, id, ["machineId"], { filter, info });
  }

  @FieldResolver(() => sightingList.Connection)
  sightings(
    @Root("id") id: Machine["id"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => sightingList.Args) args: ListArgs,
  ): Connection<Sighting> {
    return sightingList.pageOf(context, id, ["machineId"], args, info);
  }

  @FieldResolver(() => conflictList.Connection, { description: "Those that name it, as the one machine or the other." })
  conflicts(
    @Root("id") id: Machine["id"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => conflictList.Args) args: ListArgs,
  ): Connection<Conflict> {
    return conflictList.pageOf(context, id, ["machineId", "otherMachineId"], args, info);
  }
}

async function updateMachine(transaction: Transaction, { machine: key, hostname }: MachineUpdate): Promise<Machine> {
  return renameMachine(transaction, await machineByKey(transaction.manager, key), hostname);
}
