import { TableColumn, TableForeignKey, TableIndex, type MigrationInterface, type QueryRunner } from "typeorm";
import { sortTextByBytes } from "../src/db/text-by-bytes.js";
import { integer, nullable, varchar } from "./table.js";

const machineId = (isNullable: boolean) => new TableColumn({ name: "machine_id", type: "integer", isNullable });

const columns = [
  nullable(varchar("mac_address", 17)),
  nullable(integer("switch_id")),
  nullable(varchar("port_name", 256)),
  nullable(varchar("port_key", 256)),
  nullable(integer("vlan")),
].map((column) => new TableColumn(column));

const byMachine = (isUnique: boolean) =>
  new TableIndex({ name: "sighting_machine_source", columnNames: ["machine_id", "source"], isUnique });

const indexes = [
  new TableIndex({ name: "sighting_mac_source", columnNames: ["mac_address", "source", "switch_id"], isUnique: true }),
  new TableIndex({ name: "sighting_switch_port", columnNames: ["switch_id", "port_key"] }),
];

const toSwitch = new TableForeignKey({
  name: "sighting_switch",
  columnNames: ["switch_id"],
  referencedTableName: "switch",
  referencedColumnNames: ["id"],
  onDelete: "CASCADE",
});

/** A sighting may be of an address that no machine has shown yet, and of a switch that we know. */
export class Evidence1764900000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex("sighting", "sighting_machine_source");
    await queryRunner.changeColumn("sighting", "machine_id", machineId(true));
    await queryRunner.addColumns("sighting", columns);
    await queryRunner.createForeignKey("sighting", toSwitch);
    await queryRunner.createIndices("sighting", [byMachine(false), ...indexes]);
    await sortTextByBytes(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DELETE FROM sighting WHERE source <> 'ipxe-lldp'");
    await queryRunner.dropIndices("sighting", [byMachine(false), ...indexes]);
    await queryRunner.dropForeignKey("sighting", toSwitch);
    await queryRunner.dropColumns("sighting", columns);
    await queryRunner.changeColumn("sighting", "machine_id", machineId(false));
    await queryRunner.createIndex("sighting", byMachine(true));
  }
}
