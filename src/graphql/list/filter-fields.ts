import { EntityTable } from "../../db/entity-table.js";
import { InvalidInput } from "../../errors.js";
import { given, spend, type EntityFilter, type FilterField, type FilterScope } from "./filter.js";
import { inputType } from "./input-type.js";
import { operatorSql } from "./operators.js";
import type { ValueFilter } from "./value-filters.js";

/** A filter by the value of one column. */
export function byValue(property: string, { Input, encode, type }: ValueFilter): FilterField {
  return {
    Input: () => Input,
    condition(table, value, scope) {
      const { statement, alias, path } = scope;
      const column = `${alias}.${table.column(property).sql}`;
      const conditions = given(value, path).map(([operator, operand]) => {
        spend(scope);
        return operatorSql(operator, { statement, column, encode, type, path: [...path, operator] }, operand);
      });
      // As with null: {eq: $name} without the variable is {}, and would find everything.
      if (conditions.length === 0) {
        throw new InvalidInput(`${path.join(".")}: says nothing; write an operator, such as eq`, path);
      }
      return `(${conditions.join(" AND ")})`;
    },
  };
}

export interface Relation {
  /** The column here whose value stands in `to` there. */
  readonly from: string;
  readonly to: string | readonly string[];
  /** An extra condition on the row there, as SQL over its alias. */
  readonly where?: (alias: string) => string;
  /** A table between the two: `from` here stands in its first column, and `to` there in its second. */
  readonly through?: { readonly entity: abstract new () => object; readonly here: string; readonly there: string };
  readonly description?: string;
}

/** A filter by the one thing that this leads to. An empty one matches whatever has such a thing. */
export function byRelation(filter: () => EntityFilter, relation: Relation): FilterField {
  return {
    Input: () => filter().Input,
    description: relation.description ?? "`{}` matches what has one; `not` around it what has none.",
    condition: (table, value, scope) => related(table, filter(), relation, value, scope),
  };
}

/** A filter by the things that belong to this. */
export function byRelated(kind: string, filter: () => EntityFilter, relation: Relation): FilterField {
  const Input = inputType(`${kind}ListFilter`, "All that are given have to be true.", {
    some: { type: () => filter().Input, description: "At least one matches." },
    none: { type: () => filter().Input, description: "Not one matches." },
  });
  return {
    Input: () => Input,
    condition(table, value, scope) {
      const conditions = given(value, scope.path).map(([name, each]) => {
        const some = related(table, filter(), relation, each, { ...scope, path: [...scope.path, name] });
        return name === "none" ? `(${some}) IS NOT TRUE` : some;
      });
      if (conditions.length === 0) {
        throw new InvalidInput(`${scope.path.join(".")}: says nothing; write some or none`, scope.path);
      }
      return `(${conditions.join(" AND ")})`;
    },
  };
}

function related(
  table: EntityTable<object>,
  filter: EntityFilter,
  relation: Relation,
  value: object,
  scope: FilterScope,
): string {
  const ways = [relation.to].flat().map((to) => {
    spend(scope);
    return `${scope.alias}.${table.column(relation.from).sql} IN (${idsSql(filter, { ...relation, to }, value, scope)})`;
  });
  return `(${ways.join(" OR ")})`;
}

// IN and not EXISTS: SQLite runs it once, from the index of what is looked for, and PostgreSQL joins either way.
function idsSql(
  filter: EntityFilter,
  { to, where, through }: Relation & { readonly to: string },
  value: object,
  scope: FilterScope,
): string {
  scope.enter(filter.table.kind);
  const { statement } = scope;
  const alias = statement.alias();
  const conditions = [where?.(alias), filter.condition(value, { ...scope, alias })].filter(
    (each) => each !== undefined,
  );
  const wanted = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  const rows = `SELECT ${alias}.${filter.table.column(to).sql} FROM ${filter.table.sql} ${alias}${wanted}`;
  if (through === undefined) return rows;
  const between = EntityTable.of(through.entity);
  const link = statement.alias();
  const { sql: here } = between.column(through.here);
  const { sql: there } = between.column(through.there);
  return `SELECT ${link}.${here} FROM ${between.sql} ${link} WHERE ${link}.${there} IN (${rows})`;
}
