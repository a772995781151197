import { Field, GraphQLISODateTime, ObjectType, registerEnumType } from "type-graphql";
import { EQUIPMENT_KINDS, type EquipmentKind } from "./shelf-kind.js";

export const EquipmentKindEnum = Object.fromEntries(EQUIPMENT_KINDS.map((kind) => [kind, kind])) as {
  [kind in EquipmentKind]: kind;
};
registerEnumType(EquipmentKindEnum, { name: "EquipmentKind", description: "Equipment that never boots." });

@ObjectType({ description: "What takes room, power and load and never boots." })
export class Equipment {
  @Field(() => EquipmentKindEnum)
  kind: EquipmentKind;

  @Field(() => String, { nullable: true, description: "What is written on it." })
  name: string | null;

  @Field(() => String, { nullable: true })
  manufacturer: string | null;

  @Field(() => String, { nullable: true })
  product: string | null;
}

@ObjectType({ description: "Whom a place is kept for." })
export class Reservation {
  @Field(() => String)
  owner: string;

  @Field(() => String, { nullable: true })
  reason: string | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: "From then on it is in nobody's way; null: until somebody ends it.",
  })
  endsAt: Date | null;
}
