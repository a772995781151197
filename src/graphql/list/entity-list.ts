import type { GraphQLResolveInfo } from "graphql";
import { ArgsType, Field, Int, type ClassType } from "type-graphql";
import type { Context } from "../../context.js";
import { EntityTable } from "../../db/entity-table.js";
import { Statement } from "../../db/statement.js";
import { InvalidInput } from "../../errors.js";
import { mayRead } from "../../access/refuse.js";
import { batched, gathered } from "../batched.js";
import { LIMITS } from "../limits.js";
import { askedColumns } from "./asked-columns.js";
import { connectionType, type Connection } from "./connection.js";
import { parseCursor } from "./cursor.js";
import { EntityFilter, MAX_CONDITIONS, type FilterField } from "./filter.js";
import { Orders, type Order } from "./order.js";
import { Page } from "./page.js";
import { allSql, countSql, countsSql, LISTED, pageSql, pagesSql, type Parents, type Slice } from "./statements.js";

/** Who asks, and where the rows are. */
type Asker = Pick<Context, "app" | "actor">;

/** The arguments of every list. */
export interface ListArgs {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
  readonly orderBy?: string | null;
  readonly filter?: object | null;
}

/** What a field asks of a short list. */
interface AllOf {
  readonly filter?: object | null | undefined;
  readonly orderBy?: string;
  readonly info?: GraphQLResolveInfo;
}

/** How one entity is listed, wherever it is: what it can be filtered by, in which orders, and as which connection. */
export class EntityList<T extends object> {
  readonly table: EntityTable<T>;
  readonly filter: EntityFilter;
  readonly Connection: ClassType<Connection<T>>;
  readonly Args: ClassType<ListArgs>;
  readonly orders: Orders;

  constructor(
    entity: ClassType<T> & { readonly prototype: T },
    { filter, orders = {} }: { filter: Readonly<Record<string, FilterField>>; orders?: Record<string, string[]> },
  ) {
    this.table = EntityTable.of<T>(entity);
    this.filter = new EntityFilter(this.table).add(filter);
    this.orders = new Orders(this.table, orders);
    this.Connection = connectionType(entity);
    this.Args = argsType(this.orders.Enum, this.filter.Input);
  }

  /** All there are, by pages. @throws InvalidInput for arguments that do not go together */
  page(context: Context, args: ListArgs, info?: GraphQLResolveInfo): Connection<T> {
    const { dialect } = context.app.database;
    const slice = this.slice(args);
    const table = this.asked(info, slice.order);
    const query = new Statement(dialect);
    const text = pageSql(query, table, this.condition(context, query, args.filter), slice);
    const load = async () => {
      const tuples = await gathered(context, query, table.reading(text));
      return tuples.map((values) => table.read(values).entity);
    };
    const count = async () => {
      const query = new Statement(dialect);
      const text = countSql(this.table, this.condition(context, query, args.filter));
      const [row] = await gathered(context, query, { text, columns: { count: "integer" } });
      return row?.[0] as number;
    };
    return new Page(this.table, slice, load, count);
  }

  /** Those of one parent, by pages. For all the parents of a request, one statement. */
  pageOf(context: Context, id: number, of: Parents, args: ListArgs, info?: GraphQLResolveInfo): Connection<T> {
    const slice = this.slice(args);
    const table = this.asked(info, slice.order);
    // A wrong filter is this list's fault, once, and not each parent's.
    if (args.filter) this.condition(context, new Statement(context.app.database.dialect), args.filter);
    const name = `${this.table.kind} ${of.join()} ${JSON.stringify(args)}`;
    const load = () =>
      this.ofParents(context, name, table, id, (query, ids) =>
        pagesSql(query, table, { of, ids }, this.condition(context, query, args.filter), slice),
      );
    const count = async () => {
      const counts = await batched(context, `${name} count`, id, async (ids) => {
        const query = new Statement(context.app.database.dialect);
        const text = countsSql(query, this.table, { of, ids }, this.condition(context, query, args.filter));
        const rows = await gathered(context, query, { text, columns: { listed_under: "integer", count: "integer" } });
        return new Map(rows as Array<[number, number]>);
      });
      return counts ?? 0;
    };
    return new Page(this.table, slice, load, count);
  }

  /** Those of one parent, all of them: for what cannot become many. For all the parents of a request, one statement. */
  allOf(context: Context, id: number, of: Parents, { filter, orderBy = "ID_ASC", info }: AllOf): Promise<readonly T[]> {
    const order = this.order(orderBy);
    const table = this.asked(info, order);
    const name = `${this.table.kind} ${of.join()} ${orderBy} ${filter ? JSON.stringify(filter) : ""}`;
    return this.ofParents(context, name, table, id, (query, ids) =>
      allSql(query, table, { of, ids }, this.condition(context, query, filter), order),
    );
  }

  /** The ids of all that match, in one statement. @throws Forbidden when whoever asks may not read such things */
  async idsOf({ app, actor }: Asker, filter: object, path: readonly string[]): Promise<Set<number>> {
    mayRead(actor, this.table.kind);
    const query = new Statement(app.database.dialect);
    const text = `SELECT ${LISTED}.id FROM ${this.table.sql} ${LISTED}`;
    const wanted = this.condition({ actor }, query, filter, path);
    const rows = await query.rows(app.database.manager, wanted === undefined ? text : `${text} WHERE ${wanted}`);
    return new Set(rows.map(({ id }) => id as number));
  }

  private ofParents(
    context: Context,
    name: string,
    table: EntityTable<T>,
    id: number,
    text: (query: Statement, ids: readonly number[]) => string,
  ): Promise<readonly T[]> {
    const found = batched(context, `${name} ${table.key}`, id, async (ids) => {
      const query = new Statement(context.app.database.dialect);
      const reading = table.reading(text(query, ids), { listed_under: "integer" });
      const lists = new Map(ids.map((each): [number, T[]] => [each, []]));
      for (const values of await gathered(context, query, reading)) {
        const { entity, rest } = table.read(values);
        lists.get(rest[0] as number)?.push(entity);
      }
      return lists;
    });
    return found as Promise<readonly T[]>; // every parent has a list
  }

  private asked(info: GraphQLResolveInfo | undefined, order: Order): EntityTable<T> {
    return askedColumns(this.table, info, order.columns);
  }

  private condition(
    { actor }: Pick<Asker, "actor">,
    statement: Statement,
    filter: object | null | undefined,
    path: readonly string[] = ["filter"],
  ): string | undefined {
    const enter = (kind: string) => mayRead(actor, kind);
    const scope = { statement, alias: LISTED, path, budget: { left: MAX_CONDITIONS }, enter };
    return this.filter.condition(filter ?? {}, scope);
  }

  private slice({ first, last, after, before, orderBy }: ListArgs): Slice {
    const order = this.order(orderBy ?? "ID_ASC");
    const both = typeof first === "number" && typeof last === "number";
    if (both) throw new InvalidInput("give first or last, not both", ["last"]);
    const backward = typeof last === "number";
    const size = last ?? first ?? LIMITS.defaultPageSize;
    const name = backward ? "last" : "first";
    if (size < 1 || size > LIMITS.pageSize) {
      throw new InvalidInput(`${name}: ${size} is no page; ask for 1 to ${LIMITS.pageSize}`, [name]);
    }
    const place = (argument: string, cursor: string | null | undefined) =>
      typeof cursor === "string" ? parseCursor(this.table, order, argument, cursor) : undefined;
    return { order, backward, limit: size + 1, after: place("after", after), before: place("before", before) };
  }

  private order(name: string) {
    const order = this.orders.byName.get(name);
    if (order === undefined) throw new Error(`${this.table.kind} has no order ${name}`);
    return order;
  }
}

function argsType(OrderBy: object, Filter: ClassType): ClassType<ListArgs> {
  @ArgsType()
  class Args implements ListArgs {
    @Field(() => Int, {
      nullable: true,
      description: `How many from the beginning, ${LIMITS.pageSize} at most; ${LIMITS.defaultPageSize} when not given.`,
    })
    first?: number | null;

    @Field(() => String, { nullable: true, description: "The endCursor of the page before." })
    after?: string | null;

    @Field(() => Int, { nullable: true, description: `How many from the end, ${LIMITS.pageSize} at most.` })
    last?: number | null;

    @Field(() => String, { nullable: true, description: "The startCursor of the page after." })
    before?: string | null;

    @Field(() => OrderBy, { nullable: true, defaultValue: "ID_ASC" })
    orderBy?: string | null;

    @Field(() => Filter, { nullable: true })
    filter?: object | null;
  }
  return Args;
}
