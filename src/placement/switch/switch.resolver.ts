import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context, WriteContext } from "../../context.js";
import { forEachInput } from "../../errors.js";
import { entityBy } from "../../graphql/entity-by.js";
import type { Connection } from "../../graphql/list/connection.js";
import type { ListArgs } from "../../graphql/list/entity-list.js";
import type { Fresh } from "../../graphql/user-errors.js";
import { switchList, switchPortList } from "../placement.list.js";
import { Switch, SwitchPort } from "./switch.entity.js";
import {
  givenSwitch,
  SwitchesPayload,
  SwitchInput,
  SwitchPayload,
  SwitchPortPayload,
  SwitchPortsPayload,
  SwitchPortUpdate,
  SwitchUpdate,
  switchValues,
} from "./switch.inputs.js";
import { createSwitch, deleteSwitch, setPortRole, updateSwitch } from "./switch.store.js";

@Resolver(() => Switch)
export class SwitchResolver {
  @Query(() => switchList.Connection)
  switches(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => switchList.Args) args: ListArgs,
  ): Connection<Switch> {
    return switchList.page(context, args, info);
  }

  @Mutation(() => SwitchPayload)
  async createSwitch(
    @Ctx() context: WriteContext,
    @Args(() => SwitchInput) input: SwitchInput,
  ): Promise<Fresh<SwitchPayload>> {
    return { switch: await create(context, input) };
  }

  @Mutation(() => SwitchesPayload, { description: "As createSwitch, all or none." })
  async createSwitches(
    @Ctx() context: WriteContext,
    @Arg("switches", () => [SwitchInput]) inputs: SwitchInput[],
  ): Promise<Fresh<SwitchesPayload>> {
    return { switches: await forEachInput("switches", inputs, (input) => create(context, input)) };
  }

  @Mutation(() => SwitchPayload, { description: "Changes what is given; `snmp: null` takes the credentials away." })
  async updateSwitch(
    @Ctx() context: WriteContext,
    @Args(() => SwitchUpdate) input: SwitchUpdate,
  ): Promise<Fresh<SwitchPayload>> {
    return { switch: await update(context, input) };
  }

  @Mutation(() => SwitchesPayload, { description: "As updateSwitch, all or none." })
  async updateSwitches(
    @Ctx() context: WriteContext,
    @Arg("updates", () => [SwitchUpdate]) inputs: SwitchUpdate[],
  ): Promise<Fresh<SwitchesPayload>> {
    return { switches: await forEachInput("updates", inputs, (input) => update(context, input)) };
  }

  @Mutation(() => SwitchPayload, { description: "Refused while placement rules name it." })
  async deleteSwitch(
    @Ctx() { transaction }: WriteContext,
    @Arg("switch", () => String) name: string,
  ): Promise<Fresh<SwitchPayload>> {
    return { switch: await deleteSwitch(transaction, name) };
  }

  @Mutation(() => SwitchesPayload, { description: "As deleteSwitch, all or none." })
  async deleteSwitches(
    @Ctx() { transaction }: WriteContext,
    @Arg("switches", () => [String]) names: string[],
  ): Promise<Fresh<SwitchesPayload>> {
    return { switches: await forEachInput("switches", names, (name) => deleteSwitch(transaction, name)) };
  }

  @Mutation(() => SwitchPortPayload, { description: "Says what hangs on a port, where Kickrack would be wrong." })
  async updateSwitchPort(
    @Ctx() { transaction }: WriteContext,
    @Args(() => SwitchPortUpdate) { switch: name, port, role }: SwitchPortUpdate,
  ): Promise<Fresh<SwitchPortPayload>> {
    return { port: await setPortRole(transaction, name, port, role) };
  }

  @Mutation(() => SwitchPortsPayload, { description: "As updateSwitchPort, all or none." })
  async updateSwitchPorts(
    @Ctx() { transaction }: WriteContext,
    @Arg("updates", () => [SwitchPortUpdate]) updates: SwitchPortUpdate[],
  ): Promise<Fresh<SwitchPortsPayload>> {
    const change = ({ switch: name, port, role }: SwitchPortUpdate) => setPortRole(transaction, name, port, role);
    return { ports: await forEachInput("updates", updates, change) };
  }

  @FieldResolver(() => switchPortList.Connection)
  ports(
    @Root("id") id: Switch["id"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => switchPortList.Args) args: ListArgs,
  ): Connection<SwitchPort> {
    return switchPortList.pageOf(context, id, ["switchId"], args, info);
  }
}

@Resolver(() => SwitchPort)
export class SwitchPortResolver {
  @FieldResolver(() => Switch)
  switch(
    @Root("switchId") switchId: SwitchPort["switchId"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Switch | undefined> {
    return entityBy(context, Switch, "id", switchId, { info });
  }
}

function create({ app, transaction }: WriteContext, input: SwitchInput): Promise<Switch> {
  return createSwitch(transaction, app.vault, switchValues(input), input.snmp);
}

function update({ app, transaction }: WriteContext, input: SwitchUpdate): Promise<Switch> {
  return updateSwitch(transaction, app.vault, input.switch, givenSwitch(input), input.snmp);
}
