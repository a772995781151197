import type { ClassType } from "type-graphql";
import type { Context } from "../context.js";
import { EntityTable } from "../db/entity-table.js";
import { Statement } from "../db/statement.js";
import { batched } from "./batched.js";

/**
 * The one entity with this value in a column that is unique (or is so among those of `where`): for all that a request
 * asks for, one statement.
 */
export function entityBy<T extends object, K extends string | number>(
  context: Context,
  entity: ClassType<T> & { readonly prototype: T },
  property: string & keyof T,
  value: K,
  where?: (alias: string) => string,
): Promise<T | undefined> {
  return batched(context, `${entity.name} by ${property} ${where?.("") ?? ""}`, value, async (values: K[]) => {
    const table = EntityTable.of<T>(entity);
    const statement = new Statement(context.app.database.dialect);
    const isWanted = statement.isAmong(`wanted.${table.column(property).sql}`, values);
    const more = where === undefined ? "" : ` AND ${where("wanted")}`;
    const text = `SELECT ${table.selection("wanted")} FROM ${table.sql} wanted WHERE ${isWanted}${more}`;
    const found = await table.select(context.app.database.manager, statement, text);
    return new Map(found.map(({ entity }) => [entity[property] as K, entity]));
  });
}
