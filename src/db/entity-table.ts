import { getMetadataArgsStorage, type ColumnOptions, type EntityManager } from "typeorm";
import type { Columns, ColumnType } from "./dialect.js";
import { SnakeCaseNaming } from "./snake-case-naming.js";
import type { Reading, Statement } from "./statement.js";

export interface EntityColumn {
  readonly property: string;
  /** Quoted, as SQL has it. */
  readonly sql: string;
  readonly name: string;
  readonly isNullable: boolean;
  readonly type: ColumnType;
  /** What the database gives, as the entity has it; the value itself when undefined. */
  readonly read: ((value: unknown) => unknown) | undefined;
  /** What the entity has, as the database takes it. */
  readonly write: (value: unknown) => unknown;
}

type EntityClass<T> = (abstract new () => T) & { readonly prototype: T };

const naming = new SnakeCaseNaming();
let made = 0;
const tables = new Map<unknown, EntityTable<object>>();

/** Selections come from documents of scripts, so there could be any number of them. */
const MAX_PARTS = 500;

/** An entity's table by its decorators alone: no connection is needed to write SQL for it or to read its rows. */
export class EntityTable<T extends object> {
  readonly kind: string;
  readonly sql: string;
  /** Tells tables and their parts from each other; short, since loaders are found by it for every row. */
  readonly key = String(made++);
  private readonly byProperty: ReadonlyMap<string, EntityColumn>;
  /** What the entities that are read have behind them. */
  private readonly prototype: object;
  private readonly parts = new Map<string, EntityTable<T>>();

  private constructor(
    private readonly entity: EntityClass<T>,
    /** What is read. */
    readonly columns: readonly EntityColumn[],
    private readonly whole?: EntityTable<T>,
  ) {
    this.kind = entity.name;
    this.sql = `"${naming.tableName(entity.name, undefined)}"`;
    this.byProperty = whole?.byProperty ?? new Map(columns.map((column) => [column.property, column]));
    this.prototype = whole === undefined ? entity.prototype : guarded(entity, whole.columns, columns);
  }

  static of<T extends object>(entity: EntityClass<T>): EntityTable<T> {
    const known = tables.get(entity);
    if (known !== undefined) return known as EntityTable<T>;
    const columns = getMetadataArgsStorage()
      .columns.filter(({ target }) => target === entity)
      .map(({ propertyName, options }) => entityColumn(propertyName, options));
    const table = new EntityTable(entity, columns);
    tables.set(entity, table);
    return table;
  }

  /** The same table, of which only these columns are read; to ask an entity for another one is an Error. */
  only(properties: ReadonlySet<string>): EntityTable<T> {
    const whole = this.whole ?? this;
    const columns = whole.columns.filter(({ property }) => properties.has(property));
    if (columns.length === whole.columns.length) return whole;
    const names = columns.map(({ name }) => name).join();
    let part = whole.parts.get(names);
    if (part === undefined) {
      if (whole.parts.size === MAX_PARTS) whole.parts.clear();
      part = new EntityTable(this.entity, columns, whole);
      whole.parts.set(names, part);
    }
    return part;
  }

  hasColumn(property: string): boolean {
    return this.byProperty.has(property);
  }

  /** @throws Error when the entity has no such column */
  column(property: string): EntityColumn {
    const column = this.byProperty.get(property);
    if (column === undefined) throw new Error(`${this.kind} has no column for ${property}`);
    return column;
  }

  /** What a SELECT of the whole entity lists. */
  selection(alias: string): string {
    return this.columns.map(({ sql }) => `${alias}.${sql}`).join(", ");
  }

  /**
   * What a SELECT that begins with this table's selection finds: the entities, each with the columns that come after.
   *
   * TypeORM's own way from a row to an entity costs a list of 100 machines twice as much as everything else.
   */
  async select(
    manager: EntityManager,
    statement: Statement,
    text: string,
    more: Columns = {},
  ): Promise<Array<{ entity: T; rest: unknown[] }>> {
    const { columns } = this.reading(text, more);
    return (await statement.tuples(manager, text, columns)).map((values) => this.read(values));
  }

  /** The same as part of a statement; `read` makes entities of what it finds. */
  reading(text: string, more: Columns = {}): Reading {
    return { text, columns: { ...Object.fromEntries(this.columns.map(({ name, type }) => [name, type])), ...more } };
  }

  read(values: readonly unknown[]): { entity: T; rest: unknown[] } {
    return { entity: this.entityOf(values), rest: values.slice(this.columns.length) };
  }

  private entityOf(values: readonly unknown[]): T {
    const entity = Object.create(this.prototype) as Record<string, unknown>;
    this.columns.forEach(({ property, read }, i) => {
      entity[property] = read === undefined ? values[i] : read(values[i]);
    });
    return entity as T;
  }
}

function guarded<T extends object>(
  entity: EntityClass<T>,
  all: readonly EntityColumn[],
  read: readonly EntityColumn[],
): object {
  const unread = all.filter((column) => !read.includes(column));
  return Object.create(
    entity.prototype,
    Object.fromEntries(
      unread.map(({ property }) => [
        property,
        {
          get(): never {
            throw new Error(`${entity.name}.${property} is not read here`);
          },
        },
      ]),
    ),
  ) as object;
}

function entityColumn(property: string, options: ColumnOptions): EntityColumn {
  const name = naming.columnName(property, options.name, []);
  const { transformer } = options;
  if (Array.isArray(transformer)) throw new Error(`${property}: one transformer at most`);
  const read = transformer === undefined ? readerOf(options) : (value: unknown) => transformer.from(value) as unknown;
  return {
    property,
    sql: `"${name}"`,
    name,
    isNullable: options.nullable === true,
    type: columnType(options),
    read,
    write: transformer === undefined ? writerOf(options) : (value) => transformer.to(value) as unknown,
  };
}

/** @throws Error for a type that no column of ours has */
function columnType({ type }: ColumnOptions): ColumnType {
  if (type === "boolean" || type === "integer" || type === "double precision") return type;
  if (type === undefined || type === Number) return "integer"; // an id has no type of its own
  if (["varchar", "text", "simple-json", "simple-array"].includes(String(type))) return "text";
  throw new Error(`no column may be ${String(type)}`);
}

function readerOf({ type }: ColumnOptions): ((value: unknown) => unknown) | undefined {
  if (type === "simple-json") return (value) => (value === null ? null : (JSON.parse(value as string) as unknown));
  if (type === "simple-array") return (value) => (value === "" ? [] : String(value).split(","));
  return undefined;
}

function writerOf({ type }: ColumnOptions): (value: unknown) => unknown {
  if (type === "simple-json") return (value) => (value === null ? null : JSON.stringify(value));
  return (value) => value;
}
