import { ArgsType, Field, Float, InputType, Int, ObjectType } from "type-graphql";
import { Payload } from "../graphql/user-errors.js";
import type { Numbering } from "./rack-plan.js";
import { NumberingEnum, Rack } from "./rack.entity.js";
import type { RackValues } from "./rack.store.js";

/** Where it stands, in the operator's words. */
@ArgsType()
@InputType()
abstract class RackTexts {
  @Field(() => String, { nullable: true })
  site?: string | null;

  @Field(() => String, { nullable: true })
  room?: string | null;

  @Field(() => String, { nullable: true })
  row?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "Its place in the row, counted from the left, seen from the front.",
  })
  position?: number | null;

  @Field(() => Float, { nullable: true, description: "What its feeds give." })
  capacityWatts?: number | null;

  @Field(() => Float, { nullable: true, description: "What it bears." })
  capacityKilograms?: number | null;

  @Field(() => String, { nullable: true })
  description?: string | null;
}

@ArgsType()
@InputType()
export class RackInput extends RackTexts {
  @Field(() => String)
  name: string;

  @Field(() => Float, { defaultValue: 42 })
  heightU: number;

  @Field(() => NumberingEnum, { defaultValue: "FROM_BOTTOM" })
  numbering: Numbering;

  @Field(() => Int, { defaultValue: 1, description: "The number printed beside the first unit." })
  firstUnit: number;
}

export function rackValues({ name, heightU, numbering, firstUnit, ...texts }: RackInput): RackValues {
  return {
    name,
    heightU,
    numbering,
    firstUnit,
    site: texts.site ?? null,
    room: texts.room ?? null,
    row: texts.row ?? null,
    position: texts.position ?? null,
    description: texts.description ?? null,
    capacityWatts: texts.capacityWatts ?? null,
    capacityKilograms: texts.capacityKilograms ?? null,
  };
}

@ArgsType()
@InputType()
export class RackUpdate extends RackTexts {
  @Field(() => String)
  rack: string;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => Float, { nullable: true })
  heightU?: number | null;

  @Field(() => NumberingEnum, { nullable: true })
  numbering?: Numbering | null;

  @Field(() => Int, { nullable: true })
  firstUnit?: number | null;
}

/** What an update says: null empties what may be empty, and elsewhere says nothing. */
export function givenOf(update: RackUpdate): Partial<RackValues> {
  const { name, heightU, numbering, firstUnit, site, room, row, position, description } = update;
  const { capacityWatts, capacityKilograms } = update;
  const sure = Object.entries({ name, heightU, numbering, firstUnit }).filter(([, value]) => value != null);
  const emptiable = { site, room, row, position, description, capacityWatts, capacityKilograms };
  return Object.fromEntries([...sure, ...Object.entries(emptiable).filter(([, value]) => value !== undefined)]);
}

@ObjectType()
export class RackPayload extends Payload {
  @Field(() => Rack, { nullable: true })
  rack?: Rack;
}

@ObjectType()
export class RacksPayload extends Payload {
  @Field(() => [Rack], { nullable: true })
  racks?: Rack[];
}
