import { ArgsType, Field, InputType, ObjectType } from "type-graphql";
import { Payload } from "../graphql/user-errors.js";
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
