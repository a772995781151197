import { ArgsType, Field, Int, ObjectType, type ClassType } from "type-graphql";
import type { EntityTarget, FindOptionsWhere, EntityManager } from "typeorm";
import { MoreThan } from "typeorm";
import { InvalidInput } from "../errors.js";

const DEFAULT_PAGE = 50;
const MAX_PAGE = 200;

@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: `How many, ${MAX_PAGE} at most; ${DEFAULT_PAGE} when not given.` })
  first: number | null | undefined;

  @Field(() => String, { nullable: true, description: "The endCursor of the page before." })
  after: string | null | undefined;
}

@ObjectType({ description: "Where a page ends, as in Relay's Cursor Connections." })
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage: boolean;

  @Field(() => String, { nullable: true })
  endCursor: string | null;
}

export interface Connection<T> {
  readonly edges: ReadonlyArray<{ readonly cursor: string; readonly node: T }>;
  readonly nodes: readonly T[];
  readonly pageInfo: PageInfo;
}

/** The GraphQL type of a list of `Node`: edges, nodes and pageInfo. */
export function connectionType<T extends object>(name: string, Node: ClassType<T>): ClassType<Connection<T>> {
  @ObjectType(`${name}Edge`)
  class Edge {
    @Field(() => String)
    cursor: string;

    @Field(() => Node)
    node: T;
  }

  @ObjectType(`${name}Connection`)
  class NodeConnection implements Connection<T> {
    @Field(() => [Edge])
    edges: Edge[];

    @Field(() => [Node])
    nodes: T[];

    @Field(() => PageInfo)
    pageInfo: PageInfo;
  }
  return NodeConnection;
}

/** One page in the order of the ids, which never change: what is added meanwhile comes at the end. */
export async function page<T extends { readonly id: number }>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  { first, after }: PageArgs,
  where: FindOptionsWhere<T> = {},
): Promise<Connection<T>> {
  const size = first ?? DEFAULT_PAGE;
  if (size < 1 || size > MAX_PAGE) throw new InvalidInput(`first: ${size} is no page; ask for 1 to ${MAX_PAGE}`);
  const rows = await manager.find(entity, {
    where: { ...where, ...(after ? { id: MoreThan(idOf(after)) } : {}) },
    order: { id: "ASC" } as never,
    take: size + 1,
  });
  const nodes = rows.slice(0, size);
  const last = nodes.at(-1);
  return {
    edges: nodes.map((node) => ({ cursor: cursorOf(node.id), node })),
    nodes,
    pageInfo: { hasNextPage: rows.length > size, endCursor: last === undefined ? null : cursorOf(last.id) },
  };
}

function cursorOf(id: number): string {
  return Buffer.from(`id:${id}`).toString("base64url");
}

function idOf(cursor: string): number {
  const id = /^id:([0-9]{1,9})$/.exec(Buffer.from(cursor, "base64url").toString())?.[1];
  if (id === undefined) throw new InvalidInput(`after: ${JSON.stringify(cursor)} is no cursor of this list`);
  return Number(id);
}
