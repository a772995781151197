import { ArgsType, Field, Float, ID, InputType, ObjectType } from "type-graphql";
import { Payload } from "../../graphql/user-errors.js";
import { Shelf } from "../shelf.entity.js";
import type { ModelValues } from "./model-edit.store.js";
import { ServerModel } from "./server-model.entity.js";

const MANUFACTURER = "How the manufacturer begins that SMBIOS type 1 gives, upper and lower case alike.";
const PRODUCT = "How the product begins; of several models that fit, the one that says most wins.";

@ArgsType()
@InputType()
export class ModelInput {
  @Field(() => String, { description: MANUFACTURER })
  manufacturerPattern: string;

  @Field(() => String, { description: PRODUCT })
  productPattern: string;

  @Field(() => Float)
  heightU: number;

  @Field(() => Boolean, { defaultValue: true, description: "It takes the front and the rear of its units." })
  fullDepth: boolean;

  @Field(() => Float, { nullable: true })
  weightKg?: number | null;

  @Field(() => Float, { nullable: true, description: "What it draws." })
  watts?: number | null;
}

@ArgsType()
@InputType()
export class ModelUpdate {
  @Field(() => ID)
  model: string;

  @Field(() => String, { nullable: true, description: MANUFACTURER })
  manufacturerPattern?: string | null;

  @Field(() => String, { nullable: true, description: PRODUCT })
  productPattern?: string | null;

  @Field(() => Float, { nullable: true })
  heightU?: number | null;

  @Field(() => Boolean, { nullable: true })
  fullDepth?: boolean | null;

  @Field(() => Float, { nullable: true })
  weightKg?: number | null;

  @Field(() => Float, { nullable: true })
  watts?: number | null;
}

export function modelValues({ weightKg, watts, ...input }: ModelInput): ModelValues {
  return { ...input, weightKg: weightKg ?? null, watts: watts ?? null };
}

/** What an update says: null empties what may be empty, and elsewhere says nothing. */
export function givenModel({ model: _, weightKg, watts, ...sure }: ModelUpdate): Partial<ModelValues> {
  const said = Object.entries(sure).filter(([, value]) => value !== undefined && value !== null);
  const emptied = Object.entries({ weightKg, watts }).filter(([, value]) => value !== undefined);
  return Object.fromEntries([...said, ...emptied]);
}

@ObjectType("ModelMismatch", { description: "A machine that stands with another height than its model has." })
export class ModelMismatchObject {
  @Field(() => Shelf)
  shelf: Shelf;

  @Field(() => ServerModel)
  model: ServerModel;

  @Field(() => [Shelf], {
    description: "What it would collide with, were each machine of its rack given its true height. Nothing is moved.",
  })
  inTheWay: readonly Shelf[];

  @Field(() => String)
  message: string;
}

@ObjectType()
export class ModelPayload extends Payload {
  @Field(() => ServerModel, { nullable: true })
  model?: ServerModel;

  @Field(() => [ModelMismatchObject], {
    nullable: true,
    description:
      "Machines to which this makes a difference and which stand with another height than their model has now.",
  })
  mismatches?: readonly ModelMismatchObject[];
}

@ObjectType()
export class ModelsPayload extends Payload {
  @Field(() => [ServerModel], { nullable: true })
  models?: ServerModel[];

  @Field(() => [ModelMismatchObject], {
    nullable: true,
    description:
      "Machines to which this makes a difference and which stand with another height than their model has now.",
  })
  mismatches?: readonly ModelMismatchObject[];
}
