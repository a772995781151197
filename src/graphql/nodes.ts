import {
  getNamedType,
  GraphQLError,
  isLeafType,
  isListType,
  getNullableType,
  Kind,
  type DocumentNode,
  type OperationDefinitionNode,
  type GraphQLSchema,
} from "graphql";
import { getComplexity, type ComplexityEstimator, type ComplexityEstimatorArgs } from "graphql-query-complexity/cjs"; // its ES module brings a second graphql
import { ERROR_STATUS, LimitExceeded } from "../errors.js";
import { hasDirectives } from "./has-directives.js";
import { LIMITS } from "./limits.js";

interface Counted {
  readonly document: DocumentNode;
  readonly operation?: OperationDefinitionNode | undefined;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | undefined;
}

/**
 * How many objects an operation's answer could hold, were every page full: `first: 100` with `first: 50` within is
 * 100 + 100 × 50. What is dearer than an object has a `complexity` of its own in the schema.
 *
 * @throws LimitExceeded when that, or a page, is more than the limit
 * @throws GraphQLError BAD_USER_INPUT when a variable or an argument has no value that it may have
 */
export function countNodes(schema: GraphQLSchema, asked: Counted): number {
  const { document, operation, operationName, variables } = asked;
  const known = operation && counts.get(operation);
  if (known !== undefined) return known;
  const nodes = complexityOf({
    schema,
    query: document,
    estimators: [nodesOfField],
    ...(operationName ? { operationName } : {}),
    ...(variables ? { variables } : {}),
  });
  if (nodes > LIMITS.nodes) {
    throw new LimitExceeded(
      "nodes",
      LIMITS.nodes,
      nodes,
      `the answer could hold ${nodes} objects, and ${LIMITS.nodes} are allowed; ask for smaller pages (first), or for ` +
        "the inner lists in requests of their own",
    );
  }
  if (operation && isFixed(document, operation)) counts.set(operation, nodes);
  return nodes;
}

/** Of operations whose variables change nothing about it. Apollo parses a text once and keeps the document. */
const counts = new WeakMap<OperationDefinitionNode, number>();
const UNCOUNTED: readonly unknown[] = ["ID", "String", "Float"];

/** Neither the size of a page nor the length of a list is a variable, nor whether a field is there. */
function isFixed(document: DocumentNode, { variableDefinitions = [] }: OperationDefinitionNode): boolean {
  if (hasDirectives(document)) return false;
  return variableDefinitions.every(({ type }) => {
    const inner = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
    return inner.kind === Kind.NAMED_TYPE && UNCOUNTED.includes(inner.name.value);
  });
}

function complexityOf(options: Parameters<typeof getComplexity>[0]): number {
  try {
    return getComplexity(options);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new GraphQLError(error.message, {
      nodes: error.nodes ?? null,
      extensions: { code: "BAD_USER_INPUT", http: { status: ERROR_STATUS.BAD_USER_INPUT } },
    });
  }
}

// Relay's Cursor Connections are told by their names, as Relay itself does.
const nodesOfField: ComplexityEstimator = ({ type: parent, field, args, childComplexity }) => {
  const type = getNamedType(field.type);
  const own = Number(field.extensions.complexity ?? 0);
  if (parent.name.startsWith("__") || type.name.startsWith("__")) return 0; // the schema, which is in memory
  if (isLeafType(type)) return own;
  if (type.name.endsWith("Connection")) return own + pageSize(args) * Math.max(1, childComplexity);
  if (type.name === "PageInfo") return 0;
  if (type.name.endsWith("Edge")) return childComplexity; // as many as the page has, which the connection counts
  if (type.name.endsWith("Payload")) return own + Math.max(1, longestList(args)) * (1 + childComplexity);
  return own + listSize(parent.name, isListType(getNullableType(field.type)), args) * (1 + childComplexity);
};

type Arguments = ComplexityEstimatorArgs["args"];

function pageSize({ first, last }: Arguments): number {
  const asked: unknown = first ?? last ?? LIMITS.defaultPageSize;
  const size = Math.max(0, Number(asked));
  if (size <= LIMITS.pageSize) return size;
  throw new LimitExceeded(
    "pageSize",
    LIMITS.pageSize,
    size,
    `a page of ${size} was asked for, and ${LIMITS.pageSize} objects are allowed; walk the list page by page (after)`,
  );
}

function listSize(parent: string, isList: boolean, args: Arguments): number {
  if (!isList) return 1;
  // A connection's page and a mutation's objects are counted where they were asked for.
  if (parent.endsWith("Connection") || parent.endsWith("Payload")) return 1;
  return longestList(args) || LIMITS.listEstimate;
}

/** Who gives a list gets as many. */
function longestList(args: Arguments): number {
  return Math.max(0, ...Object.values(args).map((value: unknown) => (Array.isArray(value) ? value.length : 0)));
}
