import type { ClassType } from "type-graphql";
import type { EntityTable } from "../../db/entity-table.js";
import type { Statement } from "../../db/statement.js";
import { InvalidInput } from "../../errors.js";
import { addInputFields, inputType } from "./input-type.js";

/** How many operators and relations one filter may have: enough for a script's worst day, too few to hurt. */
export const MAX_CONDITIONS = 100;

/** Where in a statement a filter is being written. */
export interface FilterScope {
  readonly statement: Statement;
  readonly alias: string;
  readonly path: readonly string[];
  readonly budget: { left: number };
  /** @throws Forbidden when whoever asks may not read things of this kind, and so not look through them either */
  readonly enter: (kind: string) => void;
}

/** One name in a filter: its input type, and the condition that a value of it means. */
export interface FilterField {
  readonly Input: () => ClassType;
  readonly description?: string;
  condition(table: EntityTable<object>, value: object, scope: FilterScope): string;
}

/** What the rows of one entity can be looked for by: its own fields and those of what it is related to. */
export class EntityFilter {
  readonly Input: ClassType;
  private readonly fields = new Map<string, FilterField>();

  constructor(readonly table: EntityTable<object>) {
    const list = () => [this.Input];
    this.Input = inputType(`${table.kind}Filter`, "All that are given have to be true.", {
      and: { type: list },
      or: { type: list, description: "Nothing matches an empty list." },
      not: { type: () => this.Input },
    });
  }

  /** A feature may add what it knows to another feature's entity. */
  add(fields: Readonly<Record<string, FilterField>>): this {
    for (const [name, field] of Object.entries(fields)) {
      this.fields.set(name, field);
      const { Input, description } = field;
      addInputFields(this.Input, { [name]: { type: Input, ...(description === undefined ? {} : { description }) } });
    }
    return this;
  }

  /**
   * The filter as SQL over `alias`, TRUE for the rows it means; undefined when it means all.
   *
   * @throws InvalidInput that names the place in the filter
   */
  condition(filter: object, scope: FilterScope): string | undefined {
    const conditions = given(filter, scope.path).map(([name, value]) => {
      const path = [...scope.path, name];
      return this.conditionOf(name, value, { ...scope, path });
    });
    return allOf(conditions);
  }

  private conditionOf(name: string, value: object, scope: FilterScope): string | undefined {
    switch (name) {
      case "and":
        return allOf(this.conditionsOf(value, scope));
      case "or": {
        const some = this.conditionsOf(value, scope).map((each) => each ?? "TRUE");
        return some.length === 0 ? "FALSE" : `(${some.join(" OR ")})`;
      }
      case "not":
        spend(scope);
        return `(${this.condition(value, scope) ?? "TRUE"}) IS NOT TRUE`;
    }
    const field = this.fields.get(name);
    if (field === undefined) throw new Error(`${this.table.kind} has no filter ${name}`);
    return field.condition(this.table, value, scope);
  }

  private conditionsOf(value: object, scope: FilterScope): Array<string | undefined> {
    return (value as readonly object[]).map((each, i) => {
      spend(scope);
      return this.condition(each, { ...scope, path: [...scope.path, String(i)] });
    });
  }
}

/**
 * What a filter says. A null is a variable that somebody forgot to fill more often than it is meant, and would find
 * everything: it is refused.
 */
export function given(filter: object, path: readonly string[]): Array<[name: string, value: object]> {
  const entries = Object.entries(filter).filter(([, value]) => value !== undefined);
  const empty = entries.find(([, value]) => value === null);
  if (empty !== undefined) {
    const where = [...path, empty[0]];
    throw new InvalidInput(`${where.join(".")}: null is no filter; leave it out, or write {isNull: true}`, where);
  }
  return entries as Array<[string, object]>;
}

/** @throws InvalidInput for the one condition too many */
export function spend({ budget, path }: FilterScope): void {
  budget.left -= 1;
  if (budget.left < 0) {
    throw new InvalidInput(`${path.join(".")}: a filter has at most ${MAX_CONDITIONS} conditions`, path);
  }
}

function allOf(conditions: ReadonlyArray<string | undefined>): string | undefined {
  const some = conditions.filter((each) => each !== undefined);
  return some.length === 0 ? undefined : `(${some.join(" AND ")})`;
}
