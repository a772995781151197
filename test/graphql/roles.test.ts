import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
} from "graphql";
import { describe, expect, test } from "vitest";
import { ROLES, type Role } from "../../src/access/role.js";
import { buildSchema } from "../../src/graphql/schema.js";
import { onBothServers } from "./test-server.js";

/** Who may do what, written down a second time: a role that slips in the code is found here. */
const REQUIRED: Record<Role, string> = {
  VIEWER:
    "conflicts dnsmasqConf explainBoot hostsfile installations limits machine machines me model models node nodes " +
    "profile profiles rack racks sightings template templates",
  OPERATOR:
    "approveMachines assignProfile createRack createRacks deleteRack deleteRacks lockMachines placeMachine " +
    "placeMachines resolveConflict resolveConflicts retireMachines unlockMachines unplaceMachine unplaceMachines " +
    "updateMachine updateMachines updateRack updateRacks",
  PROVISIONER:
    "armMachines bootMenu createProfile createProfiles disarmMachines renderConfig saveTemplate saveTemplates " +
    "updateProfile updateProfiles",
  ADMINISTRATOR: "createToken revokeToken tokens",
};
const requiredRole = new Map(ROLES.flatMap((role) => REQUIRED[role].split(" ").map((field) => [field, role] as const)));

const schema = buildSchema();
const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
  Object.values((type as GraphQLObjectType).getFields()).map((field) => ({
    field,
    operation: type === schema.getMutationType() ? "mutation" : "query",
  })),
);

test("every query and every mutation has its role here", () => {
  expect(fields.map(({ field }) => field.name).sort()).toEqual([...requiredRole.keys()].sort());
});

/** A document that asks for this field and nothing else, with a value for each argument that needs one. */
function document(operation: string, field: GraphQLField<unknown, unknown>): string {
  const given = field.args.filter(isRequiredArgument).map(({ name, type }) => `${name}: ${literal(type)}`);
  const args = given.length === 0 ? "" : `(${given.join(", ")})`;
  const selection = isCompositeType(getNamedType(field.type)) ? " { __typename }" : "";
  return `${operation} { ${field.name}${args}${selection} }`;
}

function literal(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(type.ofType);
  if (isListType(type)) return `[${literal(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? "";
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(isRequiredInputField);
    return `{${fields.map((field) => `${field.name}: ${literal(field.type)}`).join(", ")}}`;
  }
  switch (getNamedType(type).name) {
    case "Int":
    case "Float":
      return "1";
    case "MacAddress":
      return '"00-26-2d-ff-ff-ff"';
    default:
      return '"nobody"';
  }
}

onBothServers("the roles", (server) => {
  describe.each(fields)("$field.name", ({ operation, field }) => {
    const required = requiredRole.get(field.name) ?? "ADMINISTRATOR";
    const query = document(operation, field);

    test("is forbidden below its role and changes nothing", async () => {
      const before = await server().dump();
      for (const role of ROLES.slice(0, ROLES.indexOf(required))) {
        const { errors } = await server().graphql(query, {}, server().tokens[role]);
        expect(
          errors?.map(({ extensions }) => extensions.code),
          role,
        ).toEqual(["FORBIDDEN"]);
        expect(errors?.[0]?.message).toContain(`takes the role ${required}; this token has ${role}`);
      }
      expect(await server().dump()).toBe(before);
    });

    test("is not forbidden from its role on", async () => {
      for (const role of ROLES.slice(ROLES.indexOf(required))) {
        const { errors = [] } = await server().graphql(query, {}, server().tokens[role]);
        for (const { message, extensions } of errors)
          expect(extensions.code, message).not.toMatch(/FORBIDDEN|INTERNAL/);
      }
    });

    test("without a token is 401 and changes nothing", async () => {
      const before = await server().dump();
      const asked = {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ query }),
      };
      const { status, body } = await server().control("/graphql", asked, "");
      expect(status).toBe(401);
      expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
      expect(await server().dump()).toBe(before);
    });
  });
});
