import type { MigrationInterface, QueryRunner } from "typeorm";
import { sortTextByBytes } from "../src/db/text-by-bytes.js";

/** Each serves one order of a list: its columns, then the id. The first may be NULL where it says so. */
const ORDERS = [
  { table: "machine", column: "serial_number", replaces: "machine_serial_number" },
  { table: "machine", column: "uuid", replaces: "machine_uuid" },
  { table: "machine", column: "asset_tag", replaces: "machine_asset_tag" },
  { table: "machine", column: "board_serial_number", replaces: "machine_board_serial_number" },
  { table: "machine", column: "hostname" },
  { table: "machine", column: "state", replaces: "machine_state", notNull: true },
  { table: "installation", column: "finished_at" },
  { table: "api_token", column: "name", notNull: true },
] as const;

export class ListOrder1764400000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await sortTextByBytes(queryRunner);
    // SQLite's NULLs come first by themselves, and its CREATE INDEX does not take the words.
    const nullsFirst = queryRunner.connection.options.type === "postgres" ? " NULLS FIRST" : "";
    for (const { table, column, ...order } of ORDERS) {
      if ("replaces" in order) await queryRunner.query(`DROP INDEX ${order.replaces}`);
      const nulls = "notNull" in order ? "" : nullsFirst;
      await queryRunner.query(`CREATE INDEX ${table}_${column}_id ON ${table} (${column}${nulls}, id)`);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const { table, column, ...order } of ORDERS) {
      await queryRunner.query(`DROP INDEX ${table}_${column}_id`);
      if ("replaces" in order) await queryRunner.query(`CREATE INDEX ${order.replaces} ON ${table} (${column})`);
    }
  }
}
