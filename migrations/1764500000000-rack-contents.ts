import { TableColumn, type MigrationInterface, type QueryRunner } from "typeorm";
import { sortTextByBytes } from "../src/db/text-by-bytes.js";
import { id, integer, table, varchar } from "./table.js";

/** By table. Plain ALTER TABLE, the same on both: TypeORM would make SQLite's tables anew, and others refer to these. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  rack: [
    "first_unit integer NOT NULL DEFAULT 1",
    '"position" integer',
    "capacity_watts double precision",
    "capacity_kilograms double precision",
  ],
  shelf: [
    "kind varchar(16) NOT NULL DEFAULT 'MACHINE'",
    "strip varchar(8)",
    "name varchar(128)",
    "manufacturer varchar(256)",
    "product varchar(256)",
    "amperes double precision",
    "watts double precision",
    "kilograms double precision",
    "color varchar(7)",
    "owner varchar(128)",
    "reason varchar(256)",
    "ends_at varchar(24)",
  ],
  server_model: ["watts double precision"],
};

const labels = table("machine_label", [id, integer("machine_id"), varchar("key", 63), varchar("value", 256)], {
  unique: [["machine_label_machine_key", ["machine_id", "key"]]],
  indexes: [["machine_label_key_value", ["key", "value"]]],
  references: [["machine_label_machine", "machine_id", "machine", "CASCADE"]],
});

const machineId = (isNullable: boolean) => new TableColumn({ name: "machine_id", type: "integer", isNullable });

export class RackContents1764500000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.changeColumn("shelf", "machine_id", machineId(true));
    for (const [name, columns] of Object.entries(COLUMNS)) {
      for (const column of columns) await queryRunner.query(`ALTER TABLE ${name} ADD COLUMN ${column}`);
    }
    await queryRunner.createTable(labels);
    await sortTextByBytes(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(labels);
    await queryRunner.query("DELETE FROM shelf WHERE machine_id IS NULL");
    for (const [name, columns] of Object.entries(COLUMNS)) {
      for (const column of columns) {
        await queryRunner.query(`ALTER TABLE ${name} DROP COLUMN ${column.split(" ")[0]}`);
      }
    }
    await queryRunner.changeColumn("shelf", "machine_id", machineId(false));
  }
}
