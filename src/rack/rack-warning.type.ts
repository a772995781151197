import { Field, ObjectType, registerEnumType } from "type-graphql";
import { RACK_WARNING_KINDS, type RackWarningKind } from "./rack-warnings.js";
import { Shelf } from "./shelf.entity.js";

const RackWarningKindEnum = Object.fromEntries(RACK_WARNING_KINDS.map((kind) => [kind, kind]));
registerEnumType(RackWarningKindEnum, { name: "RackWarningKind" });

@ObjectType("RackWarning", { description: "What is wrong with what stands in a rack; its drawing shows the same." })
export class RackWarningObject {
  @Field(() => RackWarningKindEnum)
  kind: RackWarningKind;

  @Field(() => String)
  message: string;

  @Field(() => [Shelf], { description: "Those that it is about." })
  shelves: Shelf[];
}
