import type { MigrationInterface, QueryRunner } from "typeorm";
import { sortTextByBytes } from "../src/db/text-by-bytes.js";

export class InstallationStages1764710000000 implements MigrationInterface {
  // Plain ALTER TABLE, the same on both: TypeORM would make SQLite's table anew.
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("ALTER TABLE installation_event ADD COLUMN stage varchar(128)");
    await queryRunner.query("ALTER TABLE installation_event ADD COLUMN outcome varchar(16)");
    await sortTextByBytes(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("ALTER TABLE installation_event DROP COLUMN stage");
    await queryRunner.query("ALTER TABLE installation_event DROP COLUMN outcome");
  }
}
