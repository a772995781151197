import { registerEnumType } from "type-graphql";
import type { EntityColumn, EntityTable } from "../../db/entity-table.js";

/**
 * An order that leaves nothing open: its columns together are unique, so that every row has one place in it. Where a
 * column may be NULL, it is the first one, and the NULLs come first.
 */
export interface Order {
  /** As in the API: HOSTNAME_ASC. */
  readonly name: string;
  readonly columns: readonly EntityColumn[];
  readonly descends: boolean;
}

/** The orders of a list, two for each name, and their GraphQL enum. */
export class Orders {
  readonly Enum: Readonly<Record<string, string>>;
  readonly byName: ReadonlyMap<string, Order>;

  /** @param columns properties by the name of their order; ID is there always */
  constructor(table: EntityTable<object>, columns: Readonly<Record<string, readonly string[]>>) {
    const orders = Object.entries({ ID: ["id"], ...columns }).flatMap(([name, properties]): Order[] => {
      const found = properties.map((property) => table.column(property));
      return [
        { name: `${name}_ASC`, columns: found, descends: false },
        { name: `${name}_DESC`, columns: found, descends: true },
      ];
    });
    this.byName = new Map(orders.map((order) => [order.name, order]));
    this.Enum = Object.fromEntries(orders.map(({ name }) => [name, name]));
    registerEnumType(this.Enum, {
      name: `${table.kind}OrderBy`,
      description: "Text by its bytes; what has no value comes before what has one.",
    });
  }
}

/** ORDER BY's list. SQLite's NULLs are least by themselves; PostgreSQL's index has to say so in the same words. */
export function orderSql({ columns, descends }: Order, reversed: boolean, alias: string): string {
  const direction = descends === reversed ? "ASC" : "DESC";
  return columns
    .map(({ sql, isNullable }) => {
      const nulls = !isNullable ? "" : direction === "ASC" ? " NULLS FIRST" : " NULLS LAST";
      return `${alias}${sql} ${direction}${nulls}`;
    })
    .join(", ");
}
