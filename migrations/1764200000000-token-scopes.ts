import { TableColumn, type MigrationInterface, type QueryRunner } from "typeorm";

const columns = [
  new TableColumn({ name: "scopes", type: "text", default: "''" }),
  new TableColumn({ name: "last_used_at", type: "varchar", length: "24", isNullable: true }),
  new TableColumn({ name: "last_used_from", type: "varchar", length: "45", isNullable: true }),
];

export class TokenScopes1764200000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumns("api_token", columns);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumns("api_token", columns);
  }
}
