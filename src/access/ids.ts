import { getArgumentValues, getNamedType, getVariableValues, isInterfaceType } from "graphql";
import type { FieldNode, GraphQLField, GraphQLSchema } from "graphql";
import type { AskedOperation } from "./refuse.js";
import type { Rule } from "./rules.js";
import type { FieldRules } from "./rules-of.js";

/**
 * What a field that answers with an interface takes beyond its own rule: for each id among its arguments, what reading
 * that kind of thing takes. An id such as `Rack:7` says its kind, so nobody has to look whether there is a seventh rack.
 */
export function rulesBehindIds(
  schema: GraphQLSchema,
  rules: FieldRules,
  field: GraphQLField<unknown, unknown> | undefined,
  node: FieldNode,
  { operation, variables = {} }: AskedOperation,
): Rule[] {
  if (!field || !isInterfaceType(getNamedType(field.type))) return [];
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (coerced === undefined) return []; // the operation will be refused for its variables
  const ids = Object.values(getArgumentValues(field, node, coerced))
    .flat()
    .map(String);
  return ids.map((id) => rules.get(`${id.split(":")[0]}.__typename`)).filter((rule) => rule !== undefined);
}
