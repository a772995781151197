import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, Info, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context, WriteContext } from "../../context.js";
import { forEachInput } from "../../errors.js";
import { batched, groupBy } from "../../graphql/batched.js";
import { entityBy } from "../../graphql/entity-by.js";
import type { Connection } from "../../graphql/list/connection.js";
import type { ListArgs } from "../../graphql/list/entity-list.js";
import type { Fresh } from "../../graphql/user-errors.js";
import { Rack } from "../../rack/rack.entity.js";
import {
  PlacementRuleDraft,
  PlacementRuleInput,
  PlacementRulePayload,
  PlacementRulePreview,
  PlacementRulesPayload,
  PlacementRuleUpdate,
  PortPatternFields,
  PortSpotObject,
  ruleText,
} from "./placement-rule.inputs.js";
import { PlacementRule } from "./placement-rule.entity.js";
import { createPlacementRule, deletePlacementRule, updatePlacementRule } from "./placement-rule.store.js";
import { placementRuleList } from "../placement.list.js";
import type { SwitchSpot } from "./port-spot.js";
import { printPortTable } from "./port-table.js";
import { previewRule } from "./preview-rule.js";
import { spotsOfRules } from "./rule-spots.store.js";
import { Switch } from "../switch/switch.entity.js";

@Resolver(() => PlacementRule)
export class PlacementRuleResolver {
  @Query(() => placementRuleList.Connection)
  placementRules(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => placementRuleList.Args) args: ListArgs,
  ): Connection<PlacementRule> {
    return placementRuleList.page(context, args, info);
  }

  @Query(() => PlacementRulePreview, {
    complexity: 100,
    description: "Every port that a rule would cover, and every one that it would leave out; nothing is written.",
  })
  previewPlacementRule(
    @Ctx() { app }: Context,
    @Args(() => PlacementRuleDraft) draft: PlacementRuleDraft,
  ): Promise<PlacementRulePreview> {
    return previewRule(app.database.manager, ruleText(draft), draft.rule ?? null);
  }

  @Mutation(() => PlacementRulePayload, { description: "Refused when another rule claims one of its ports." })
  async createPlacementRule(
    @Ctx() { transaction }: WriteContext,
    @Args(() => PlacementRuleInput) input: PlacementRuleInput,
  ): Promise<Fresh<PlacementRulePayload>> {
    return { rule: await createPlacementRule(transaction, input.name, ruleText(input)) };
  }

  @Mutation(() => PlacementRulesPayload, { description: "As createPlacementRule, all or none." })
  async createPlacementRules(
    @Ctx() { transaction }: WriteContext,
    @Arg("rules", () => [PlacementRuleInput]) inputs: PlacementRuleInput[],
  ): Promise<Fresh<PlacementRulesPayload>> {
    const create = (input: PlacementRuleInput) => createPlacementRule(transaction, input.name, ruleText(input));
    return { rules: await forEachInput("rules", inputs, create) };
  }

  @Mutation(() => PlacementRulePayload, {
    description: "Gives it another name, or another pattern or table instead of what it had.",
  })
  async updatePlacementRule(
    @Ctx() { transaction }: WriteContext,
    @Args(() => PlacementRuleUpdate) update: PlacementRuleUpdate,
  ): Promise<Fresh<PlacementRulePayload>> {
    return { rule: await change(transaction, update) };
  }

  @Mutation(() => PlacementRulesPayload, { description: "As updatePlacementRule, all or none." })
  async updatePlacementRules(
    @Ctx() { transaction }: WriteContext,
    @Arg("updates", () => [PlacementRuleUpdate]) updates: PlacementRuleUpdate[],
  ): Promise<Fresh<PlacementRulesPayload>> {
    return { rules: await forEachInput("updates", updates, (update) => change(transaction, update)) };
  }

  @Mutation(() => PlacementRulePayload, { description: "What it has placed stays where it is." })
  async deletePlacementRule(
    @Ctx() { transaction }: WriteContext,
    @Arg("rule", () => String) name: string,
  ): Promise<Fresh<PlacementRulePayload>> {
    return { rule: await deletePlacementRule(transaction, name) };
  }

  @Mutation(() => PlacementRulesPayload, { description: "As deletePlacementRule, all or none." })
  async deletePlacementRules(
    @Ctx() { transaction }: WriteContext,
    @Arg("rules", () => [String]) names: string[],
  ): Promise<Fresh<PlacementRulesPayload>> {
    return { rules: await forEachInput("rules", names, (name) => deletePlacementRule(transaction, name)) };
  }

  @FieldResolver(() => Switch, { nullable: true, description: "Of a pattern; a table may name several." })
  async switch(
    @Root("switchId") switchId: PlacementRule["switchId"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Switch | undefined> {
    return switchId === null ? undefined : entityBy(context, Switch, "id", switchId, { info });
  }

  @FieldResolver(() => Rack, { nullable: true, description: "Of a pattern." })
  async rack(
    @Root("rackId") rackId: PlacementRule["rackId"],
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Rack | undefined> {
    return rackId === null ? undefined : entityBy(context, Rack, "id", rackId, { info });
  }

  @FieldResolver(() => PortPatternFields, { nullable: true, description: "Null: it is a table." })
  pattern(@Root("pattern") pattern: PlacementRule["pattern"]): PortPatternFields | null {
    return pattern as PortPatternFields | null;
  }

  @FieldResolver(() => [PortSpotObject], { complexity: 10, description: "Each port that it covers." })
  async covered(@Root("id") id: PlacementRule["id"], @Ctx() context: Context): Promise<readonly SwitchSpot[]> {
    const found = await batched(context, "spots of placement rules", id, async (ids) => {
      const spots = await spotsOfRules(context.app.database.manager, ids);
      return groupBy(spots, ({ ruleId }) => ruleId);
    });
    return found ?? [];
  }

  @FieldResolver(() => String, {
    complexity: 10,
    description: "Each port that it covers, as CSV that createPlacementRule takes.",
  })
  async table(@Root("id") id: PlacementRule["id"], @Ctx() context: Context): Promise<string> {
    return printPortTable(await this.covered(id, context));
  }
}

function change(transaction: WriteContext["transaction"], update: PlacementRuleUpdate): Promise<PlacementRule> {
  const isAnother = [update.switch, update.rack, update.pattern, update.table].some((each) => each != null);
  const text = isAnother ? ruleText(update) : undefined;
  return updatePlacementRule(transaction, update.rule, update.name ?? update.rule, text);
}
