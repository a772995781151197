import { Arg, Ctx, Field, Int, Mutation, ObjectType, registerEnumType, Resolver } from "type-graphql";
import type { WriteContext } from "../../context.js";
import { type Fresh, Payload } from "../../graphql/user-errors.js";
import { Rack } from "../rack.entity.js";
import { importRackdiag } from "./import.store.js";
import type { Mode } from "./tokens.js";

const ModeEnum = { HELPFUL: "helpful", EXACT: "exact" } as const satisfies Record<string, Mode>;
registerEnumType(ModeEnum, {
  name: "RackdiagMode",
  description: "How a text in rackdiag's language is read.",
  valuesConfig: {
    HELPFUL: { description: "Mends what surprises people, and says so; also reads what Kickrack keeps in comments." },
    EXACT: { description: "As rackdiag 2.0 reads it." },
  },
});

@ObjectType({ description: "Something in a text that was read otherwise than it is written, or left out." })
export class RackdiagWarning {
  @Field(() => Int)
  line: number;

  @Field(() => Int)
  column: number;

  @Field(() => String)
  message: string;
}

@ObjectType()
export class ImportRackdiagPayload extends Payload {
  @Field(() => [Rack], { nullable: true, description: "In the order of the text." })
  racks?: Rack[];

  @Field(() => [RackdiagWarning], { nullable: true, description: "In the order of the text." })
  warnings?: RackdiagWarning[];
}

@Resolver()
export class RackdiagResolver {
  @Mutation(() => ImportRackdiagPayload, {
    description:
      "Makes the racks of a diagram, and puts into them what stands there: a machine where a label's first line is its " +
      "host name or serial number, equipment elsewhere. All or none; what is refused has its place in the text.",
  })
  importRackdiag(
    @Ctx() { app, transaction }: WriteContext,
    @Arg("text", () => String, { description: "In rackdiag's language." }) text: string,
    @Arg("mode", () => ModeEnum, { defaultValue: "helpful" }) mode: Mode,
    @Arg("rack", () => String, { nullable: true, description: "The name of the text's one rack, instead of its own." })
    rack?: string | null,
  ): Promise<Fresh<ImportRackdiagPayload>> {
    return importRackdiag(app.database, transaction, { text, mode, rack: rack ?? undefined }, app.now());
  }
}
