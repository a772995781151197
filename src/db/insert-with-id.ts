import type { EntityManager } from "typeorm";
import { EntityTable } from "./entity-table.js";

/** A row that was deleted, under its old id: TypeORM gives a generated id of its own, whatever it is told. */
export async function insertWithId<T extends object>(
  manager: EntityManager,
  entity: (abstract new () => T) & { readonly prototype: T },
  values: Partial<T>,
): Promise<void> {
  const table = EntityTable.of<T>(entity);
  const columns = Object.keys(values).map((property) => table.column(property));
  const names = columns.map(({ sql }) => sql).join(", ");
  const parameters = columns.map((_, i) => `$${i + 1}`).join(", ");
  const written = columns.map(({ property, write }) => write(values[property as keyof T]));
  await manager.query(`INSERT INTO ${table.sql} (${names}) VALUES (${parameters})`, written);
}
