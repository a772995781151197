import { Field, Int, ObjectType, type ClassType } from "type-graphql";

@ObjectType({ description: "Where a page begins and ends, as in Relay's Cursor Connections." })
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage: boolean;

  @Field(() => Boolean)
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true })
  startCursor: string | null;

  @Field(() => String, { nullable: true })
  endCursor: string | null;
}

export interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}

/** A page of a list, read from the database when the first of its fields is asked for. */
export interface Connection<T> {
  readonly edges: Promise<ReadonlyArray<Edge<T>>>;
  readonly nodes: Promise<readonly T[]>;
  readonly pageInfo: Promise<PageInfo>;
  readonly totalCount: Promise<number>;
}

/** The GraphQL type of a list of `Node`. */
export function connectionType<T extends object>(Node: ClassType<T>): ClassType<Connection<T>> {
  @ObjectType(`${Node.name}Edge`)
  class NodeEdge implements Edge<T> {
    @Field(() => String)
    cursor: string;

    @Field(() => Node)
    node: T;
  }

  @ObjectType(`${Node.name}Connection`)
  class NodeConnection implements Connection<T> {
    @Field(() => [NodeEdge])
    edges: Promise<NodeEdge[]>;

    @Field(() => [Node], { description: "The edges' nodes." })
    nodes: Promise<T[]>;

    @Field(() => PageInfo)
    pageInfo: Promise<PageInfo>;

    @Field(() => Int, { description: "How many there are on all pages." })
    totalCount: Promise<number>;
  }
  return NodeConnection;
}
