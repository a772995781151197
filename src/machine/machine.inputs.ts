import { ArgsType, Field, InputType, ObjectType } from "type-graphql";
import { Payload } from "../graphql/user-errors.js";
import type { MacAddress } from "./mac-address.js";
import { MacAddressScalar } from "./mac-address.scalar.js";
import { Machine } from "./machine.entity.js";
import { MACHINE_KEY } from "./machine.store.js";

export const MACHINE_KEYS = `Each ${MACHINE_KEY}.`;

@ArgsType()
@InputType()
export class MachineUpdate {
  @Field(() => String, { description: MACHINE_KEY })
  machine: string;

  @Field(() => String)
  hostname: string;
}

@ArgsType()
@InputType({ description: "What a machine would say of itself when it boots; see GET /inventory." })
export class MachineReport {
  @Field(() => [MacAddressScalar], { description: "Every port, the one that boots first." })
  macAddresses: MacAddress[];

  @Field(() => String, { nullable: true })
  serialNumber?: string | null;

  @Field(() => String, { nullable: true })
  manufacturer?: string | null;

  @Field(() => String, { nullable: true })
  product?: string | null;

  @Field(() => String, { nullable: true })
  uuid?: string | null;

  @Field(() => String, { nullable: true })
  assetTag?: string | null;

  @Field(() => String, { nullable: true })
  boardSerialNumber?: string | null;
}

@InputType()
export class LabelInput {
  @Field(() => String, {
    description: "Letters, digits, dots, slashes, underscores and hyphens, as in example.com/team.",
  })
  key: string;

  @Field(() => String)
  value: string;
}

@ObjectType()
export class MachinePayload extends Payload {
  @Field(() => Machine, { nullable: true })
  machine?: Machine;
}

@ObjectType()
export class MachinesPayload extends Payload {
  @Field(() => [Machine], { nullable: true })
  machines?: Machine[];
}
