import type { MigrationInterface, QueryRunner } from "typeorm";
import { sortTextByBytes } from "../src/db/text-by-bytes.js";
import { id, instant, integer, nullable, table, varchar } from "./table.js";

const requests = table(
  "boot_request",
  [
    id,
    nullable(integer("machine_id")),
    nullable(varchar("mac_address", 17)),
    instant("at"),
    varchar("method", 16),
    varchar("url", 512),
    nullable(varchar("user_agent", 256)),
    varchar("remote_address", 45),
    integer("status"),
    varchar("answer", 256),
    nullable(varchar("rule", 32)),
  ],
  {
    indexes: [
      ["boot_request_machine_id_id", ["machine_id", "id"]],
      ["boot_request_mac_address_id", ["mac_address", "id"]],
    ],
    references: [["boot_request_machine", "machine_id", "machine", "CASCADE"]],
  },
);

export class BootRequests1764700000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(requests);
    await sortTextByBytes(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(requests);
  }
}
