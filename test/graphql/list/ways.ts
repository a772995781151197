import {
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  isRequiredArgument,
  type GraphQLObjectType,
} from "graphql";
import { buildSchema } from "../../../src/graphql/schema.js";

export const schema = buildSchema();

/** A field that leads to things with an id, by the way that leads there; `$first` is the size of the outermost list. */
export interface Way {
  readonly name: string;
  readonly thing: GraphQLObjectType;
  readonly isList: boolean;
  readonly fields: number;
  readonly document: (selection: string) => string;
}

/** Every field of every type that leads to things, found from the API's root lists on. */
export function ways(): Way[] {
  const found: Way[] = [];
  const known = new Set<GraphQLObjectType>();
  const follow = (type: GraphQLObjectType, outer: (selection: string) => string, fields: number): void => {
    const isRoot = type === schema.getQueryType();
    for (const field of Object.values(type.getFields())) {
      if (field.args.some(isRequiredArgument)) continue;
      const answer = getNamedType(field.type);
      if (!isObjectType(answer)) continue;
      const nodes = answer.getFields().nodes;
      if (isRoot && nodes === undefined) continue;
      const thing = nodes ? getNamedType(nodes.type) : answer;
      if (!isObjectType(thing) || !thing.getInterfaces().some(({ name }) => name === "Node")) continue;
      const args = isRoot ? "(first: $first)" : nodes ? "(first: 3)" : "";
      const inner = (selection: string) =>
        outer(`${field.name}${args} { ${nodes ? `nodes { ${selection} } pageInfo { hasNextPage }` : selection} }`);
      const isList = nodes !== undefined || isListType(getNullableType(field.type));
      found.push({ name: `${type.name}.${field.name}`, thing, isList, fields: fields + 1, document: inner });
      if (!known.has(thing)) {
        known.add(thing);
        follow(thing, inner, fields + 1);
      }
    }
  };
  follow(schema.getQueryType() as GraphQLObjectType, (selection) => `query ($first: Int!) { ${selection} }`, 0);
  return found;
}
