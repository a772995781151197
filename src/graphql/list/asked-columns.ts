import { getNamedType, isObjectType, Kind, type GraphQLObjectType, type GraphQLResolveInfo } from "graphql";
import type { FieldNode, SelectionSetNode } from "graphql";
import type { EntityColumn, EntityTable } from "../../db/entity-table.js";
import type { Reads } from "../field-resolvers.js";

type Fragments = GraphQLResolveInfo["fragments"];

/**
 * By a field that stands alone, which belongs to one document (merged with others it may mean something else), and by
 * the columns that are read always, which an order in a variable changes.
 */
const known = new WeakMap<FieldNode, Map<string, EntityTable<object>>>();

/**
 * The table with the columns alone that an answer to `info`'s field needs, besides `always`: those of simple fields, and
 * those that the other ones say they read. A field that says nothing of the kind may read any.
 *
 * @param info of a field that has an entity, a list or a connection of them as its value; without it all columns are read
 */
export function askedColumns<T extends object>(
  table: EntityTable<T>,
  info: GraphQLResolveInfo | undefined,
  always: readonly EntityColumn[],
): EntityTable<T> {
  if (info === undefined) return table;
  const { fieldNodes, fragments, schema } = info;
  const [first] = fieldNodes;
  const alone = fieldNodes.length === 1 ? first : undefined;
  const key = namesOf(always);
  const earlier = alone && known.get(alone)?.get(key);
  if (earlier?.kind === table.kind) return earlier as EntityTable<T>;
  const type = schema.getType(table.kind);
  if (!isObjectType(type)) throw new Error(`${table.kind} is no object of the schema`);
  const columns = new Set(["id", ...always.map(({ property }) => property)]);
  const selections = fieldNodes.map(({ selectionSet }) => selectionSet);
  const { name } = getNamedType(info.returnType);
  const isConnection = name === `${table.kind}Connection`;
  if (!isConnection && name !== table.kind) return table;
  const entities = isConnection ? selections.flatMap((each) => nodesOf(each, fragments)) : selections;
  // A connection of which nothing but its pageInfo is asked for needs no more than its cursors do.
  const asked = entities.every((each) => collect(table, type, each, fragments, columns)) ? table.only(columns) : table;
  if (alone !== undefined)
    known.set(alone, (known.get(alone) ?? new Map<string, EntityTable<object>>()).set(key, asked));
  return asked;
}

function namesOf(columns: readonly EntityColumn[]): string {
  const [only] = columns;
  return columns.length === 1 && only ? only.name : columns.map(({ name }) => name).join();
}

/** @returns whether it is known what is read */
function collect(
  table: EntityTable<object>,
  type: GraphQLObjectType,
  selectionSet: SelectionSetNode | undefined,
  fragments: Fragments,
  columns: Set<string>,
): boolean {
  return fieldsOf(selectionSet, fragments).every(({ name: { value: name } }) => {
    if (name === "id" || name === "__typename") return true;
    const field = type.getFields()[name];
    const reads = (field?.extensions as Partial<Reads> | undefined)?.reads;
    if (reads !== undefined) for (const column of reads) columns.add(column);
    else if (field?.resolve === undefined && table.hasColumn(name)) columns.add(name);
    else return false;
    return true;
  });
}

/** What is asked of a connection's nodes, be it as nodes or as edges. */
function nodesOf(
  selectionSet: SelectionSetNode | undefined,
  fragments: Fragments,
): Array<SelectionSetNode | undefined> {
  return fieldsOf(selectionSet, fragments).flatMap((field) => {
    if (field.name.value === "nodes" || field.name.value === "node") return [field.selectionSet];
    return field.name.value === "edges" ? nodesOf(field.selectionSet, fragments) : [];
  });
}

function fieldsOf(selectionSet: SelectionSetNode | undefined, fragments: Fragments): FieldNode[] {
  return (selectionSet?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet, fragments);
    return fieldsOf(fragments[selection.name.value]?.selectionSet, fragments);
  });
}
