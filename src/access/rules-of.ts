import {
  getNamedType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isUnionType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from "graphql";
import { RULES, type Rule, type RuleLines } from "./rules.js";

/** What each field of the API takes, by `Type.field`; `Type.__typename` is what reading anything of the type takes. */
export type FieldRules = ReadonlyMap<string, Rule>;

const known = new WeakMap<GraphQLSchema, FieldRules>();

/** @throws Error when a field has no rule, or a rule no field: what nobody decided about, nobody may do */
export function rulesOf(schema: GraphQLSchema, lines: RuleLines = RULES): FieldRules {
  let rules = known.get(schema);
  if (rules === undefined) known.set(schema, (rules = completeRules(schema, lines)));
  return rules;
}

function completeRules(schema: GraphQLSchema, lines: RuleLines): FieldRules {
  const used = new Set<string>();
  const lineFor = (name: string): Rule | undefined => {
    if (!Object.hasOwn(lines, name)) return undefined;
    used.add(name);
    return lines[name];
  };
  const open: string[] = [];
  const rules = new Map<string, Rule>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!hasFields(type)) continue;
    const root = isRoot(schema, type);
    const ofType = root ? undefined : ruleOfType(schema, type, lineFor);
    // What the root types are called is no secret.
    const typename: Rule | undefined = root ? ["VIEWER"] : ofType;
    if (typename !== undefined) rules.set(`${type.name}.__typename`, typename);
    for (const field of fieldsOf(type)) {
      const coordinate = `${type.name}.${field}`;
      const rule = lineFor(coordinate) ?? ofType;
      if (rule === undefined) open.push(coordinate);
      else rules.set(coordinate, rule);
    }
  }
  if (open.length > 0) throw new Error(`no rule for ${open.join(", ")}; write one in access/rules.ts`);
  const stale = Object.keys(lines).filter((name) => !used.has(name));
  if (stale.length > 0) throw new Error(`access/rules.ts has a rule for ${stale.join(", ")}, which the API has not`);
  return rules;
}

/**
 * A type's own line. Without one, a connection takes what its edges take, an edge what its node takes, and a payload
 * nothing more than the mutation that answers with it; what a payload leads to is asked for by its own type.
 */
function ruleOfType(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  lineFor: (name: string) => Rule | undefined,
): Rule | undefined {
  const line = lineFor(type.name);
  if (line !== undefined || !isObjectType(type)) return line;
  const { edges, pageInfo, node, cursor } = type.getFields();
  if (edges && pageInfo) return ruleOfType(schema, getNamedType(edges.type), lineFor);
  if (node && cursor) return ruleOfType(schema, getNamedType(node.type), lineFor);
  return onlyMutationsAnswerWith(schema, type) ? ["VIEWER"] : undefined;
}

function onlyMutationsAnswerWith(schema: GraphQLSchema, type: GraphQLNamedType): boolean {
  const mutation = schema.getMutationType();
  const askers = Object.values(schema.getTypeMap()).filter(
    (asker) =>
      (isObjectType(asker) || isInterfaceType(asker)) &&
      Object.values(asker.getFields()).some((field) => getNamedType(field.type) === type),
  );
  return askers.length > 0 && askers.every((asker) => asker === mutation);
}

function hasFields(type: GraphQLNamedType): boolean {
  return (isObjectType(type) || isInterfaceType(type) || isUnionType(type)) && !isIntrospectionType(type);
}

/** A union has no field of its own but its name. */
function fieldsOf(type: GraphQLNamedType): string[] {
  return isObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()) : ["__typename"];
}

function isRoot(schema: GraphQLSchema, type: GraphQLNamedType): boolean {
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].some((root) => root === type);
}
