import { Table, TableForeignKey, TableIndex, type TableColumnOptions } from "typeorm";

// Written with TypeORM's Table API, so that one text makes the same tables on SQLite and on PostgreSQL. Moments are
// ISO 8601 text (src/db/columns.ts). Names are spelled out: the drift test compares them with the entities.

export const id: TableColumnOptions = {
  name: "id",
  type: "integer",
  isPrimary: true,
  isGenerated: true,
  generationStrategy: "increment",
};
export const integer = (name: string): TableColumnOptions => ({ name, type: "integer" });
export const boolean = (name: string): TableColumnOptions => ({ name, type: "boolean" });
export const text = (name: string): TableColumnOptions => ({ name, type: "text" });
export const varchar = (name: string, length: number): TableColumnOptions => ({
  name,
  type: "varchar",
  length: String(length),
});
export const instant = (name: string): TableColumnOptions => varchar(name, 24);
export const nullable = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });

interface Keys {
  readonly indexes?: ReadonlyArray<readonly [name: string, columns: string[]]>;
  readonly unique?: ReadonlyArray<readonly [name: string, columns: string[]]>;
  readonly references?: ReadonlyArray<readonly [name: string, column: string, table: string, onDelete?: "CASCADE"]>;
}

export function table(name: string, columns: TableColumnOptions[], keys: Keys = {}): Table {
  const index = (isUnique: boolean, [indexName, columnNames]: readonly [string, string[]]) =>
    new TableIndex({ name: indexName, columnNames, isUnique });
  return new Table({
    name,
    columns,
    indices: [
      ...(keys.indexes ?? []).map((each) => index(false, each)),
      ...(keys.unique ?? []).map((each) => index(true, each)),
    ],
    foreignKeys: (keys.references ?? []).map(
      ([keyName, column, referencedTableName, onDelete]) =>
        new TableForeignKey({
          name: keyName,
          columnNames: [column],
          referencedTableName,
          referencedColumnNames: ["id"],
          onDelete: onDelete ?? "NO ACTION",
        }),
    ),
  });
}
