import {
  GraphQLError,
  separateOperations,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
} from "graphql";
import { mayActAs, type Role } from "./role.js";

/** Who may do what: the role that each operation takes, and each field that takes more than what leads to it. */
export const RULES: Readonly<Record<string, Role>> = {
  "Query.bootMenu": "PROVISIONER",
  "Query.conflicts": "VIEWER",
  "Query.dnsmasqConf": "VIEWER",
  "Query.explainBoot": "VIEWER",
  "Query.hostsfile": "VIEWER",
  "Query.installations": "VIEWER",
  "Query.machine": "VIEWER",
  "Query.machines": "VIEWER",
  "Query.me": "VIEWER",
  "Query.models": "VIEWER",
  "Query.profiles": "VIEWER",
  "Query.rack": "VIEWER",
  "Query.racks": "VIEWER",
  "Query.renderConfig": "PROVISIONER",
  "Query.templates": "VIEWER",
  "Query.tokens": "ADMINISTRATOR",
  "Mutation.approveMachines": "OPERATOR",
  "Mutation.armMachines": "PROVISIONER",
  "Mutation.assignProfile": "OPERATOR",
  "Mutation.createProfile": "PROVISIONER",
  "Mutation.createRack": "OPERATOR",
  "Mutation.createToken": "ADMINISTRATOR",
  "Mutation.deleteRack": "OPERATOR",
  "Mutation.disarmMachines": "PROVISIONER",
  "Mutation.lockMachines": "OPERATOR",
  "Mutation.placeMachine": "OPERATOR",
  "Mutation.resolveConflict": "OPERATOR",
  "Mutation.retireMachines": "OPERATOR",
  "Mutation.revokeToken": "ADMINISTRATOR",
  "Mutation.saveTemplate": "PROVISIONER",
  "Mutation.unlockMachines": "OPERATOR",
  "Mutation.unplaceMachine": "OPERATOR",
  "Mutation.updateMachine": "OPERATOR",
  "Mutation.updateProfile": "PROVISIONER",
  "Mutation.updateRack": "OPERATOR",
  "Profile.parameters": "PROVISIONER",
};

/** @throws Error when an operation has no rule, or a rule no field: what nobody decided about, nobody may do */
export function checkRules(schema: GraphQLSchema): void {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const operations = roots.flatMap((type) =>
    Object.keys(type?.getFields() ?? {}).map((name) => `${type?.name}.${name}`),
  );
  const open = operations.filter((name) => !Object.hasOwn(RULES, name));
  if (open.length > 0) throw new Error(`no rule for ${open.join(", ")}; write one in access/rules.ts`);
  const stale = Object.keys(RULES).filter((name) => !hasField(schema, name));
  if (stale.length > 0) throw new Error(`access/rules.ts has a rule for ${stale.join(", ")}, which the API has not`);
}

function hasField(schema: GraphQLSchema, coordinate: string): boolean {
  const [typeName = "", fieldName = ""] = coordinate.split(".");
  const type = schema.getType(typeName);
  return type !== undefined && "getFields" in type && Object.hasOwn(type.getFields(), fieldName);
}

/**
 * Looks through an operation before anything of it runs, so that a refusal cannot depend on what there is.
 *
 * @throws GraphQLError FORBIDDEN for the first field that takes more than `role`
 */
export function refuseForbidden(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  role: Role,
): void {
  const operation = separateOperations(document)[operationName ?? ""] ?? document;
  const typeInfo = new TypeInfo(schema);
  visit(
    operation,
    visitWithTypeInfo(typeInfo, {
      Field: (node) => {
        const required = RULES[`${typeInfo.getParentType()?.name}.${node.name.value}`];
        if (required === undefined || mayActAs(role, required)) return;
        throw new GraphQLError(`${node.name.value} takes the role ${required}; this token has ${role}`, {
          nodes: node,
          extensions: { code: "FORBIDDEN", http: { status: 403 } },
        });
      },
    }),
  );
}
