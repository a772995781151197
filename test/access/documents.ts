import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";

/** One field after the other, from an operation down: `["machine", "shelf", "rack"]` and the types that they are of. */
export interface Path {
  readonly operation: "query" | "mutation" | "subscription";
  readonly steps: ReadonlyArray<{ readonly type: string; readonly field: GraphQLField<unknown, unknown> }>;
}

/** What an argument is given; undefined for a plain value of its type. */
export type Given = (argument: GraphQLArgument) => string | undefined;

/** A way to each field of each type, shortest first. */
export function pathsToAllFields(schema: GraphQLSchema): Path[] {
  const roots: Array<[Path["operation"], GraphQLObjectType | null | undefined]> = [
    ["query", schema.getQueryType()],
    ["mutation", schema.getMutationType()],
    ["subscription", schema.getSubscriptionType()],
  ];
  const paths: Path[] = [];
  const waiting: Array<{ type: GraphQLObjectType | GraphQLInterfaceType; to: Path }> = [];
  const seen = new Set<string>();
  for (const [operation, type] of roots) if (type) waiting.push({ type, to: { operation, steps: [] } });
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { type, to } = next;
    if (seen.has(type.name)) continue;
    seen.add(type.name);
    for (const field of Object.values(type.getFields())) {
      const path = { ...to, steps: [...to.steps, { type: type.name, field }] };
      paths.push(path);
      const named = getNamedType(field.type);
      if (isObjectType(named) || isInterfaceType(named)) waiting.push({ type: named, to: path });
    }
  }
  return paths;
}

/** A document that asks for the last field of this path and nothing else. */
export function documentOf({ operation, steps }: Path, given: Given = () => undefined): string {
  const last = steps.at(-1)?.field;
  const inner = last && isCompositeType(getNamedType(last.type)) ? " { __typename }" : "";
  return `${operation}${steps.reduceRight((rest, { field }) => ` { ${field.name}${argumentsOf(field, given)}${rest} }`, inner)}`;
}

function argumentsOf(field: GraphQLField<unknown, unknown>, given: Given): string {
  const values = field.args.flatMap((argument) => {
    const value = given(argument) ?? (isRequiredArgument(argument) ? literal(argument.type) : undefined);
    return value === undefined ? [] : [`${argument.name}: ${value}`];
  });
  return values.length === 0 ? "" : `(${values.join(", ")})`;
}

/** A value that every API takes, of things that do not exist. */
function literal(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(type.ofType);
  if (isListType(type)) return `[${literal(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? "";
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(isRequiredInputField);
    return `{ ${required.map((field) => `${field.name}: ${literal(field.type)}`).join(", ")} }`;
  }
  switch (type.name) {
    case "Int":
    case "Float":
      return "1";
    case "Boolean":
      return "false";
    case "MacAddress":
      return '"00-26-2d-ff-ff-ff"';
    case "JSONObject":
      return "{}";
    default:
      return '"nobody"';
  }
}
