import type { MigrationInterface, QueryRunner } from "typeorm";
import { sortTextByBytes } from "../src/db/text-by-bytes.js";
import { boolean, id, instant, integer, nullable, table, text, varchar } from "./table.js";

const switches = table(
  "switch",
  [
    id,
    varchar("name", 63),
    nullable(varchar("management_address", 255)),
    nullable(varchar("system_name", 256)),
    nullable(varchar("chassis_id", 256)),
    nullable(varchar("snmp_version", 4)),
    nullable(text("credentials")),
    nullable(instant("scanned_at")),
    nullable(varchar("scan_error", 1000)),
  ],
  { unique: [["switch_name", ["name"]]] },
);

const ports = table(
  "switch_port",
  [
    id,
    integer("switch_id"),
    varchar("name", 256),
    varchar("port_key", 256),
    nullable(varchar("alias", 256)),
    { ...varchar("role", 8), default: "'AUTO'" },
    nullable(varchar("aggregate", 256)),
    nullable(integer("mac_count")),
    nullable(varchar("neighbour", 256)),
  ],
  {
    unique: [["switch_port_switch_key", ["switch_id", "port_key"]]],
    references: [["switch_port_switch", "switch_id", "switch", "CASCADE"]],
  },
);

const rules = table(
  "placement_rule",
  [id, varchar("name", 63), nullable(integer("switch_id")), nullable(integer("rack_id")), nullable(text("pattern"))],
  {
    indexes: [
      ["placement_rule_switch_id", ["switch_id"]],
      ["placement_rule_rack_id", ["rack_id"]],
    ],
    unique: [["placement_rule_name", ["name"]]],
    references: [
      ["placement_rule_switch", "switch_id", "switch"],
      ["placement_rule_rack", "rack_id", "rack"],
    ],
  },
);

const places = table(
  "port_place",
  [
    id,
    integer("rule_id"),
    integer("switch_id"),
    varchar("port", 256),
    varchar("port_key", 256),
    integer("rack_id"),
    integer("unit_half_u"),
    integer("column_number"),
    integer("column_count"),
    nullable(varchar("face", 8)),
  ],
  {
    indexes: [
      ["port_place_rule_id", ["rule_id"]],
      ["port_place_rack_id", ["rack_id"]],
    ],
    unique: [["port_place_switch_key", ["switch_id", "port_key"]]],
    references: [
      ["port_place_rule", "rule_id", "placement_rule", "CASCADE"],
      ["port_place_switch", "switch_id", "switch"],
      ["port_place_rack", "rack_id", "rack"],
    ],
  },
);

const expected = table(
  "expected_machine",
  [
    id,
    varchar("hostname", 63),
    nullable(integer("shelf_id")),
    nullable(integer("profile_id")),
    nullable(varchar("manufacturer", 256)),
    nullable(varchar("product", 256)),
    nullable(varchar("serial_number", 256)),
    boolean("arms_itself"),
    integer("arms_left"),
    nullable(integer("fulfilled_by_id")),
    nullable(instant("fulfilled_at")),
  ],
  {
    indexes: [
      ["expected_machine_hostname", ["hostname"]],
      ["expected_machine_profile_id", ["profile_id"]],
      ["expected_machine_fulfilled_by_id", ["fulfilled_by_id"]],
    ],
    unique: [["expected_machine_shelf_id", ["shelf_id"]]],
    references: [
      ["expected_machine_shelf", "shelf_id", "shelf", "CASCADE"],
      ["expected_machine_profile", "profile_id", "profile"],
      ["expected_machine_machine", "fulfilled_by_id", "machine", "CASCADE"],
    ],
  },
);

const TABLES = [switches, ports, rules, places, expected];

export class SwitchPorts1764800000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const each of TABLES) await queryRunner.createTable(each);
    await sortTextByBytes(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const each of TABLES.toReversed()) await queryRunner.dropTable(each);
  }
}
