import { ArgsType, Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import { Payload } from "../../graphql/user-errors.js";
import type { Face } from "../../rack/rack-space.js";
import { FaceEnum } from "../../rack/shelf.entity.js";
import { ExpectedMachine } from "./expected-machine.entity.js";
import type { PlannedPlace, PlanValues } from "./expected-machine.store.js";

const COUNT = "How often its machine may be armed by itself; 1 is once.";

@ArgsType()
@InputType()
abstract class PlanTexts {
  @Field(() => String, { nullable: true, description: "Assigned to the machine that appears." })
  profile?: string | null;

  @Field(() => String, { nullable: true, description: "A machine of another one is a conflict." })
  manufacturer?: string | null;

  @Field(() => String, { nullable: true, description: "A machine of another one is a conflict." })
  product?: string | null;

  @Field(() => String, { nullable: true, description: "A machine with another one is a conflict." })
  serialNumber?: string | null;
}

@ArgsType()
@InputType()
export class ExpectedMachineInput extends PlanTexts {
  @Field(() => String)
  hostname: string;

  @Field(() => String)
  rack: string;

  @Field(() => Float, { description: "The lowest unit it takes, counted from 1 at the floor." })
  unit: number;

  @Field(() => Float, { nullable: true, description: "The model's when not given." })
  heightU?: number | null;

  @Field(() => FaceEnum, { nullable: true, description: "By the model's depth when not given." })
  face?: Face | null;

  @Field(() => Int, { defaultValue: 1 })
  column: number;

  @Field(() => Int, { defaultValue: 1 })
  columns: number;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Whether its machine is installed, and so WIPED, by itself.",
  })
  armsItself: boolean;

  @Field(() => Int, { nullable: true, description: COUNT })
  count?: number | null;
}

@ArgsType()
@InputType()
export class ExpectedMachineUpdate extends PlanTexts {
  @Field(() => ID)
  expectedMachine: string;

  @Field(() => String, { nullable: true })
  hostname?: string | null;

  @Field(() => Boolean, { nullable: true })
  armsItself?: boolean | null;

  @Field(() => Int, { nullable: true, description: COUNT })
  count?: number | null;
}

export function plannedPlace({ rack, unit, heightU, face, column, columns }: ExpectedMachineInput): PlannedPlace {
  const given = { ...(heightU == null ? {} : { heightU }), ...(face == null ? {} : { face }) };
  return { rack, unit, column, columns, ...given };
}

export function planValues(input: ExpectedMachineInput): PlanValues {
  const { hostname, profile, manufacturer, product, serialNumber, armsItself, count } = input;
  const texts = {
    profile: profile ?? null,
    manufacturer: manufacturer ?? null,
    product: product ?? null,
    serialNumber: serialNumber ?? null,
  };
  return { hostname, ...texts, armsItself, armsLeft: count ?? 0 };
}

/** What an update says: null empties what may be empty, and elsewhere says nothing. */
export function givenPlan(update: ExpectedMachineUpdate): Partial<PlanValues> {
  const { hostname, profile, manufacturer, product, serialNumber, armsItself, count: armsLeft } = update;
  const sure = Object.entries({ hostname, armsItself, armsLeft }).filter(([, value]) => value != null);
  const texts = Object.entries({ profile, manufacturer, product, serialNumber });
  return Object.fromEntries([...sure, ...texts.filter(([, value]) => value !== undefined)]);
}

@ObjectType()
export class ExpectedMachinePayload extends Payload {
  @Field(() => ExpectedMachine, { nullable: true })
  expectedMachine?: ExpectedMachine;
}

@ObjectType()
export class ExpectedMachinesPayload extends Payload {
  @Field(() => [ExpectedMachine], { nullable: true })
  expectedMachines?: ExpectedMachine[];
}
