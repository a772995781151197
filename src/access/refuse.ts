import { GraphQLError, separateOperations, TypeInfo, visit, visitWithTypeInfo } from "graphql";
import type { DocumentNode, FieldNode, GraphQLField, GraphQLSchema, OperationDefinitionNode } from "graphql";
import { Forbidden } from "../errors.js";
import type { Actor } from "./api-token.store.js";
import { rulesBehindIds } from "./ids.js";
import { mayActAs } from "./role.js";
import { RULES, type Rule } from "./rules.js";
import { rulesOf } from "./rules-of.js";

/** Why `actor` may not do what takes `rule`; undefined when it may. Knows nothing of what there is. */
export function refusal({ role, scopes }: Actor, [least, scope]: Rule): string | undefined {
  if (!mayActAs(role, least)) return `takes the role ${least}; this token has ${role}`;
  if (scope === undefined || scopes.length === 0 || scopes.includes(scope)) return undefined;
  return `takes the scope ${scope}; this token has ${scopes.join(", ")}`;
}

/** @throws Forbidden when `actor` may not read things of this kind: what one may not read, one may not filter by */
export function mayRead(actor: Actor, kind: string): void {
  const rule = RULES[kind];
  const refused = rule === undefined ? "has no rule" : refusal(actor, rule);
  if (refused !== undefined) throw new Forbidden(`a filter by a ${kind} ${refused}`);
}

/** @throws Forbidden when `actor` may not do what this mutation does, for another one that leads to it */
export function mayDo(actor: Actor, mutation: string): void {
  const rule = RULES[`Mutation.${mutation}`];
  const refused = rule === undefined ? "has no rule" : refusal(actor, rule);
  if (refused !== undefined) throw new Forbidden(`this is ${mutation} as well, which ${refused}`);
}

/** One operation of a validated document, with its variables as they were sent. */
export interface AskedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Looks through an operation before anything of it runs, so that a refusal cannot depend on what there is.
 *
 * @throws GraphQLError FORBIDDEN for the first field that takes more than `actor` has
 */
export function refuseForbidden(schema: GraphQLSchema, asked: AskedOperation, actor: Actor): void {
  const rules = rulesOf(schema);
  for (const { node, field, rule } of fieldsOf(schema, asked)) {
    if (rule === undefined) throw forbidden(node, "has no rule");
    for (const each of [rule, ...rulesBehindIds(schema, rules, field, node, asked)]) {
      const refused = refusal(actor, each);
      if (refused !== undefined) throw forbidden(node, refused);
    }
  }
}

interface AskedField {
  readonly node: FieldNode;
  readonly field: GraphQLField<unknown, unknown> | undefined;
  readonly rule: Rule | undefined;
}

// Apollo parses a text once and keeps the document: looking through a small one takes 60 µs, a second time 6.
const looked = new WeakMap<OperationDefinitionNode, readonly AskedField[]>();

function fieldsOf(schema: GraphQLSchema, { document, operation }: AskedOperation): readonly AskedField[] {
  const known = looked.get(operation);
  if (known !== undefined) return known;
  const rules = rulesOf(schema);
  const typeInfo = new TypeInfo(schema);
  const fields: AskedField[] = [];
  visit(
    separateOperations(document)[operation.name?.value ?? ""] ?? document,
    visitWithTypeInfo(typeInfo, {
      Field: (node) => {
        const parent = typeInfo.getParentType()?.name ?? "";
        // Whoever has a token may know what the API looks like.
        if (parent.startsWith("__") || node.name.value === "__schema" || node.name.value === "__type") return;
        const field = typeInfo.getFieldDef() ?? undefined;
        fields.push({ node, field, rule: rules.get(`${parent}.${node.name.value}`) });
      },
    }),
  );
  looked.set(operation, fields);
  return fields;
}

function forbidden(node: FieldNode, refused: string): GraphQLError {
  return new GraphQLError(`${node.name.value} ${refused}`, {
    nodes: node,
    extensions: { code: "FORBIDDEN", http: { status: 403 } },
  });
}
