import type { MigrationInterface, QueryRunner } from "typeorm";
import { sortTextByBytes } from "../src/db/text-by-bytes.js";
import { boolean, id, integer, table, varchar } from "./table.js";

const choices = table(
  "local_boot_choice",
  [id, integer("machine_id"), varchar("platform", 8), varchar("method", 8), boolean("chosen")],
  {
    unique: [["local_boot_machine_platform", ["machine_id", "platform"]]],
    references: [["local_boot_choice_machine", "machine_id", "machine", "CASCADE"]],
  },
);

export class LocalBoot1764720000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(choices);
    await sortTextByBytes(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(choices);
  }
}
