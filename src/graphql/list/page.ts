import type { EntityTable } from "../../db/entity-table.js";
import type { Connection, Edge, PageInfo } from "./connection.js";
import { placeOf, printCursor } from "./cursor.js";
import type { Slice } from "./statements.js";

/** One page. `slice.limit` is one row more than the page has, which tells whether something comes after it. */
export class Page<T extends object> implements Connection<T> {
  private loaded: Promise<readonly T[]> | undefined;

  constructor(
    private readonly table: EntityTable<T>,
    private readonly slice: Slice,
    private readonly load: () => Promise<readonly T[]>,
    private readonly count: () => Promise<number>,
  ) {}

  get nodes(): Promise<readonly T[]> {
    return this.rows().then((rows) => this.kept(rows));
  }

  get edges(): Promise<ReadonlyArray<Edge<T>>> {
    return this.nodes.then((nodes) => nodes.map((node) => ({ node, cursor: this.cursorOf(node) })));
  }

  get pageInfo(): Promise<PageInfo> {
    return this.rows().then((rows) => {
      const { after, before, backward, limit } = this.slice;
      const nodes = this.kept(rows);
      const [first, last] = [nodes.at(0), nodes.at(-1)];
      const goesOn = rows.length === limit;
      return {
        hasNextPage: backward ? before !== undefined : goesOn,
        hasPreviousPage: backward ? goesOn : after !== undefined,
        startCursor: first === undefined ? null : this.cursorOf(first),
        endCursor: last === undefined ? null : this.cursorOf(last),
      };
    });
  }

  get totalCount(): Promise<number> {
    return this.count();
  }

  private rows(): Promise<readonly T[]> {
    return (this.loaded ??= this.load());
  }

  private kept(rows: readonly T[]): readonly T[] {
    const page = rows.slice(0, this.slice.limit - 1);
    return this.slice.backward ? page.reverse() : page;
  }

  private cursorOf(node: T): string {
    return printCursor(this.table, this.slice.order, placeOf(this.slice.order, node));
  }
}
