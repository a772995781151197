import { Arg, Args, ArgsType, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import type { WriteContext } from "../context.js";
import { forEachInput, inField, InvalidInput } from "../errors.js";
import { Payload, type Fresh } from "../graphql/user-errors.js";
import { isUnicast, type MacAddress } from "../machine/mac-address.js";
import { MacAddressScalar } from "../machine/mac-address.scalar.js";
import { checkPorts } from "./forwarding.js";
import { readForwardingTable, type ForwardingTable } from "./mac-table/read-table.js";
import { recordForwarding } from "./record-forwarding.store.js";
import { Switch } from "./switch/switch.entity.js";
import { placeByEvidence } from "./place-by-evidence.js";
import { switchNamed } from "./switch/switch.store.js";

@InputType({ description: "An address, and the port of the switch that it is heard at." })
class ForwardingEntryInput {
  @Field(() => MacAddressScalar)
  macAddress: MacAddress;

  @Field(() => String)
  port: string;

  @Field(() => Int, { nullable: true })
  vlan?: number | null;
}

@ArgsType()
@InputType()
class ForwardingTableInput {
  @Field(() => String, { description: "Its name." })
  switch: string;

  @Field(() => [ForwardingEntryInput], { nullable: true })
  entries?: ForwardingEntryInput[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      "What the switch prints, `show mac address-table` or its relative; whose dialect it is, it says itself.",
  })
  text?: string | null;
}

@ObjectType({ description: "A line of a forwarding table's text that was not understood." })
export class UnreadTableLine {
  @Field(() => Int, { description: "From 1." })
  line: number;

  @Field(() => String)
  text: string;
}

@ObjectType({ description: "What was kept of a switch's forwarding table." })
export class RecordedForwardingTable {
  @Field(() => Switch)
  switch: Switch;

  @Field(() => String, { nullable: true, description: "Who prints tables like this; null for entries." })
  dialect: string | null;

  @Field(() => Int, { description: "Addresses of which it is kept where they were seen." })
  recorded: number;

  @Field(() => Int, {
    description: "Rows that say nothing of a machine: the switch's own addresses, multicast, tunnels.",
  })
  leftOut: number;

  @Field(() => [String], { description: "Ports behind which another switch is: what is heard there is not kept." })
  uplinks: readonly string[];

  @Field(() => [UnreadTableLine], { description: "The rest was taken." })
  notUnderstood: readonly UnreadTableLine[];
}

@ObjectType()
class ForwardingTablePayload extends Payload {
  @Field(() => RecordedForwardingTable, { nullable: true })
  table?: RecordedForwardingTable;
}

@ObjectType()
class ForwardingTablesPayload extends Payload {
  @Field(() => [RecordedForwardingTable], { nullable: true })
  tables?: RecordedForwardingTable[];
}

@Resolver()
export class ForwardingResolver {
  @Mutation(() => ForwardingTablePayload, {
    description:
      "Keeps what a switch says of which address is behind which port: give `entries`, or `text` as it prints it.",
  })
  async recordForwardingTable(
    @Ctx() context: WriteContext,
    @Args(() => ForwardingTableInput) input: ForwardingTableInput,
  ): Promise<Fresh<ForwardingTablePayload>> {
    return { table: await record(context, input) };
  }

  @Mutation(() => ForwardingTablesPayload, { description: "As recordForwardingTable, all or none." })
  async recordForwardingTables(
    @Ctx() context: WriteContext,
    @Arg("tables", () => [ForwardingTableInput]) inputs: ForwardingTableInput[],
  ): Promise<Fresh<ForwardingTablesPayload>> {
    return { tables: await forEachInput("tables", inputs, (input) => record(context, input)) };
  }
}

async function record(
  { app, transaction }: WriteContext,
  input: ForwardingTableInput,
): Promise<RecordedForwardingTable> {
  const known = await switchNamed(transaction.manager, input.switch);
  const { dialect, entries, leftOut, notUnderstood } = tableOf(input);
  const { recorded, uplinks, machineIds } = await recordForwarding(
    transaction,
    { switchId: known.id, source: "text", entries },
    app.now(),
  );
  await placeByEvidence(app, transaction, machineIds);
  return { switch: known, dialect, recorded, leftOut, uplinks, notUnderstood };
}

type Given = Omit<ForwardingTable, "dialect"> & { readonly dialect: string | null };

function tableOf({ entries, text }: ForwardingTableInput): Given {
  if (typeof text === "string" && !entries) return inField(["text"], () => readForwardingTable(text));
  if (!entries || typeof text === "string") throw new InvalidInput("give either entries or a text", ["text"]);
  checkPorts(entries);
  const told = entries.map(({ macAddress, port, vlan }) => ({ macAddress, port, vlan: vlan ?? null }));
  const ofMachines = told.filter(({ macAddress }) => isUnicast(macAddress));
  return { dialect: null, entries: ofMachines, leftOut: told.length - ofMachines.length, notUnderstood: [] };
}
