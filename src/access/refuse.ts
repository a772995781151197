import { GraphQLError, separateOperations, TypeInfo, visit, visitWithTypeInfo } from "graphql";
import type { DocumentNode, FieldNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
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
  const typeInfo = new TypeInfo(schema);
  visit(
    separateOperations(asked.document)[asked.operation.name?.value ?? ""] ?? asked.document,
    visitWithTypeInfo(typeInfo, {
      Field: (node) => {
        const parent = typeInfo.getParentType()?.name ?? "";
        // Whoever has a token may know what the API looks like.
        if (parent.startsWith("__") || node.name.value === "__schema" || node.name.value === "__type") return;
        const rule = rules.get(`${parent}.${node.name.value}`);
        if (rule === undefined) throw forbidden(node, "has no rule");
        for (const each of [rule, ...rulesBehindIds(schema, rules, typeInfo.getFieldDef(), node, asked)]) {
          const refused = refusal(actor, each);
          if (refused !== undefined) throw forbidden(node, refused);
        }
      },
    }),
  );
}

function forbidden(node: FieldNode, refused: string): GraphQLError {
  return new GraphQLError(`${node.name.value} ${refused}`, {
    nodes: node,
    extensions: { code: "FORBIDDEN", http: { status: 403 } },
  });
}
