import type { DataSource, QueryRunner } from "typeorm";

const COLLATION = "C";

/**
 * Gives every text column of a PostgreSQL the collation "C", so that text sorts and compares by its bytes there as it
 * does on SQLite, whatever locale the database was made with. A migration that adds a text column ends with this.
 */
export async function sortTextByBytes(queryRunner: QueryRunner): Promise<void> {
  if (queryRunner.connection.options.type !== "postgres") return;
  const columns = (await queryRunner.query(
    `SELECT c.oid::regclass AS "table", quote_ident(a.attname) AS "column", format_type(a.atttypid, a.atttypmod) AS type
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0
        AND a.attcollation <> 0 AND a.attcollation <> $1::regcollation`,
    [`"${COLLATION}"`],
  )) as Array<Readonly<Record<"table" | "column" | "type", string>>>;
  for (const { table, column, type } of columns) {
    await queryRunner.query(`ALTER TABLE ${table} ALTER COLUMN ${column} TYPE ${type} COLLATE "${COLLATION}"`);
  }
}

/** Tells TypeORM of it, so that its comparison of entities and tables names a column that was forgotten. */
export function expectTextByBytes({ options, driver, entityMetadatas }: DataSource): void {
  if (options.type !== "postgres") return;
  for (const column of entityMetadatas.flatMap(({ columns }) => columns)) {
    if (["character varying", "text"].includes(driver.normalizeType(column))) column.collation = COLLATION;
  }
}
