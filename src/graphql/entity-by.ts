import type { GraphQLResolveInfo } from "graphql";
import type { ClassType } from "type-graphql";
import type { Context } from "../context.js";
import { EntityTable } from "../db/entity-table.js";
import { Statement } from "../db/statement.js";
import { batched, gathered } from "./batched.js";
import { askedColumns } from "./list/asked-columns.js";

/**
 * The one entity with this value in a column that is unique (or is so among those of `where`): for all that a request
 * asks for, one statement.
 *
 * @param info of the field that it is the value of, when nothing else is to be read of it than what that asks for
 */
export function entityBy<T extends object, K extends string | number>(
  context: Context,
  entity: ClassType<T> & { readonly prototype: T },
  property: string & keyof T,
  value: K,
  { info, where }: { readonly info?: GraphQLResolveInfo; readonly where?: (alias: string) => string } = {},
): Promise<T | undefined> {
  const whole = EntityTable.of<T>(entity);
  const table = askedColumns(whole, info, [whole.column(property)]);
  const name = `${table.kind} by ${property} ${where?.("") ?? ""} ${table.key}`;
  return batched(context, name, value, async (values: K[]) => {
    const statement = new Statement(context.app.database.dialect);
    const isWanted = statement.isAmong(`wanted.${table.column(property).sql}`, values);
    const more = where === undefined ? "" : ` AND ${where("wanted")}`;
    const text = `SELECT ${table.selection("wanted")} FROM ${table.sql} wanted WHERE ${isWanted}${more}`;
    const tuples = await gathered(context, statement, table.reading(text));
    const entities = tuples.map((values) => table.read(values).entity);
    return new Map(entities.map((entity) => [entity[property] as K, entity]));
  });
}
