import { ArgsType, Field, Float, InputType, Int, ObjectType } from "type-graphql";
import { Payload } from "../../graphql/user-errors.js";
import type { Face } from "../../rack/rack-space.js";
import { FaceEnum } from "../../rack/shelf.entity.js";
import { PlacementRule } from "./placement-rule.entity.js";
import type { RuleText } from "./placement-rule.store.js";
import type { PortPattern } from "./port-pattern.js";
import type { LeftOut, SwitchSpot } from "./port-spot.js";

@ObjectType("PortPattern", { description: "A rule in one line." })
@InputType("PortPatternInput")
export class PortPatternFields implements PortPattern {
  @Field(() => String, { description: "A port's name with {n} for its number, such as Gi1/0/{n}." })
  pattern: string;

  @Field(() => Int, { defaultValue: 1, description: "The first n." })
  from: number;

  @Field(() => Int, { description: "The last n." })
  to: number;

  @Field(() => Float, { defaultValue: 1, description: "Lowest unit of the first machine." })
  firstUnit: number;

  @Field(() => Float, { defaultValue: 1, description: "From one machine's lowest unit to the next; below 0: down." })
  step: number;

  @Field(() => [Int], { defaultValue: [], description: "Values of n that are for no machine; they take no unit." })
  skippedPorts: number[];

  @Field(() => [Float], { defaultValue: [], description: "Units that stay empty: the next one is taken instead." })
  skippedUnits: number[];

  @Field(() => Int, { defaultValue: 1, description: "How many ports that follow one another are one machine's." })
  portsPerMachine: number;

  @Field(() => Int, { nullable: true, description: "Null: side by side, from the left to the right." })
  column: number | null;

  @Field(() => Int, { defaultValue: 1 })
  columns: number;

  @Field(() => FaceEnum, { nullable: true, description: "Null: as the machine's model says." })
  face: Face | null;
}

@ArgsType()
@InputType()
abstract class RuleTexts {
  @Field(() => String, { nullable: true, description: "Whose ports; a table may say it line by line instead." })
  switch?: string | null;

  @Field(() => String, { nullable: true, description: "Of a pattern." })
  rack?: string | null;

  @Field(() => PortPatternFields, { nullable: true })
  pattern?: PortPatternFields | null;

  @Field(() => String, {
    nullable: true,
    description: "CSV with the columns switch,port,rack,unit,column,columns,face.",
  })
  table?: string | null;
}

@ArgsType()
@InputType()
export class PlacementRuleInput extends RuleTexts {
  @Field(() => String)
  name: string;
}

@ArgsType()
@InputType()
export class PlacementRuleUpdate extends RuleTexts {
  @Field(() => String)
  rule: string;

  @Field(() => String, { nullable: true })
  name?: string | null;
}

@ArgsType()
export class PlacementRuleDraft extends RuleTexts {
  @Field(() => String, { nullable: true, description: "The rule that this would stand in place of." })
  rule?: string | null;
}

export function ruleText({ switch: ofSwitch, rack, pattern, table }: RuleTexts): RuleText {
  return {
    switch: ofSwitch ?? null,
    rack: rack ?? null,
    pattern: pattern == null ? null : { ...pattern, column: pattern.column ?? null, face: pattern.face ?? null },
    table: table ?? null,
  };
}

@ObjectType("PortSpot", { description: "A port, and the place in a rack that it is for." })
export class PortSpotObject implements SwitchSpot {
  @Field(() => String)
  switch: string;

  @Field(() => String)
  port: string;

  @Field(() => String)
  rack: string;

  @Field(() => Float)
  unit: number;

  @Field(() => Int)
  column: number;

  @Field(() => Int)
  columns: number;

  @Field(() => FaceEnum, { nullable: true })
  face: Face | null;
}

@ObjectType({ description: "A port that a rule gives no place, and why." })
class PortLeftOut implements LeftOut {
  @Field(() => String)
  port: string;

  @Field(() => String)
  reason: string;
}

@ObjectType({ description: "What a rule would do." })
export class PlacementRulePreview {
  @Field(() => [PortSpotObject])
  covered: readonly PortSpotObject[];

  @Field(() => [PortLeftOut])
  leftOut: readonly PortLeftOut[];
}

@ObjectType()
export class PlacementRulePayload extends Payload {
  @Field(() => PlacementRule, { nullable: true })
  rule?: PlacementRule;
}

@ObjectType()
export class PlacementRulesPayload extends Payload {
  @Field(() => [PlacementRule], { nullable: true })
  rules?: PlacementRule[];
}
