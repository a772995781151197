import { GraphQLScalarType, valueFromASTUntyped } from "graphql";
import { InvalidInput } from "../errors.js";

/** A JSON object, for values whose names are the user's own. */
export const GraphQLJSONObject = new GraphQLScalarType<Record<string, unknown>, unknown>({
  name: "JSONObject",
  description: "An object of JSON values.",
  parseValue: object,
  parseLiteral: (node, variables) => object(valueFromASTUntyped(node, variables)),
  serialize: (value) => value,
});

/** Only ever an answer's. */
export const GraphQLJSON = new GraphQLScalarType<unknown, unknown>({
  name: "JSON",
  description: "Any JSON value.",
  serialize: (value) => value,
});

function object(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new InvalidInput("write a JSON object");
  return { ...value };
}
