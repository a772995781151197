import type { MigrationInterface, QueryRunner, Table } from "typeorm";
import { boolean, id, instant, integer, nullable, table, text, varchar } from "./table.js";

const tables: Table[] = [
  table("setting", [{ ...varchar("name", 64), isPrimary: true }, text("value")]),
  table(
    "api_token",
    [
      id,
      varchar("key_id", 16),
      varchar("digest", 64),
      varchar("name", 64),
      varchar("role", 16),
      instant("created_at"),
      nullable(instant("expires_at")),
      nullable(instant("revoked_at")),
    ],
    { unique: [["api_token_key_id", ["key_id"]]] },
  ),
  table(
    "machine",
    [
      id,
      nullable(varchar("serial_number", 256)),
      nullable(varchar("manufacturer", 256)),
      nullable(varchar("product", 256)),
      nullable(varchar("uuid", 36)),
      nullable(varchar("asset_tag", 256)),
      nullable(varchar("board_serial_number", 256)),
      nullable(varchar("hostname", 63)),
      varchar("state", 16),
      boolean("locked"),
      nullable(varchar("platform", 16)),
      nullable(varchar("build_arch", 16)),
      nullable(varchar("ipxe_version", 64)),
      instant("first_seen_at"),
      instant("last_seen_at"),
    ],
    {
      indexes: [
        ["machine_serial_number", ["serial_number"]],
        ["machine_uuid", ["uuid"]],
        ["machine_asset_tag", ["asset_tag"]],
        ["machine_board_serial_number", ["board_serial_number"]],
        ["machine_state", ["state"]],
      ],
      unique: [["machine_hostname", ["hostname"]]],
    },
  ),
  table(
    "ethernet_interface",
    [id, integer("machine_id"), varchar("mac_address", 17), boolean("disputed"), instant("first_seen_at")],
    {
      indexes: [["ethernet_interface_machine_id", ["machine_id"]]],
      unique: [["ethernet_interface_mac_address", ["mac_address"]]],
      references: [["ethernet_interface_machine", "machine_id", "machine", "CASCADE"]],
    },
  ),
  table(
    "sighting",
    [
      id,
      integer("machine_id"),
      varchar("source", 32),
      nullable(varchar("system_name", 256)),
      nullable(varchar("chassis_id", 256)),
      nullable(varchar("port_id", 256)),
      nullable(varchar("port_description", 256)),
      instant("seen_at"),
    ],
    {
      unique: [["sighting_machine_source", ["machine_id", "source"]]],
      references: [["sighting_machine", "machine_id", "machine", "CASCADE"]],
    },
  ),
  table(
    "conflict",
    [
      id,
      varchar("kind", 16),
      integer("machine_id"),
      integer("other_machine_id"),
      varchar("mac_address", 17),
      varchar("detail", 1000),
      integer("count"),
      instant("first_seen_at"),
      instant("last_seen_at"),
      nullable(instant("resolved_at")),
      nullable(varchar("resolved_by", 64)),
    ],
    {
      indexes: [
        ["conflict_machine_id", ["machine_id"]],
        ["conflict_other_machine_id", ["other_machine_id"]],
      ],
      unique: [["conflict_identity", ["machine_id", "other_machine_id", "mac_address"]]],
      references: [
        ["conflict_machine", "machine_id", "machine", "CASCADE"],
        ["conflict_other_machine", "other_machine_id", "machine", "CASCADE"],
      ],
    },
  ),
  table(
    "rack",
    [
      id,
      varchar("name", 63),
      integer("height_half_u"),
      varchar("numbering", 16),
      nullable(varchar("site", 63)),
      nullable(varchar("room", 63)),
      nullable(varchar("row", 63)),
      nullable(varchar("description", 256)),
    ],
    { unique: [["rack_name", ["name"]]] },
  ),
  table(
    "shelf",
    [
      id,
      integer("rack_id"),
      integer("unit_half_u"),
      integer("height_half_u"),
      varchar("face", 8),
      integer("column_number"),
      integer("column_count"),
      integer("machine_id"),
    ],
    {
      indexes: [["shelf_rack_id", ["rack_id"]]],
      unique: [["shelf_machine_id", ["machine_id"]]],
      references: [
        ["shelf_rack", "rack_id", "rack"],
        ["shelf_machine", "machine_id", "machine"],
      ],
    },
  ),
  table(
    "server_model",
    [
      id,
      varchar("manufacturer_pattern", 128),
      varchar("product_pattern", 128),
      integer("height_half_u"),
      boolean("full_depth"),
      nullable({ name: "weight_kg", type: "double precision" }),
    ],
    { unique: [["server_model_patterns", ["manufacturer_pattern", "product_pattern"]]] },
  ),
  table("template", [id, varchar("name", 63), varchar("format", 16), text("text")], {
    unique: [["template_name", ["name"]]],
  }),
  table(
    "profile",
    [
      id,
      varchar("name", 63),
      varchar("title", 128),
      varchar("kernel", 512),
      text("initrds"),
      text("arguments"),
      integer("template_id"),
      text("parameters"),
    ],
    { unique: [["profile_name", ["name"]]], references: [["profile_template", "template_id", "template"]] },
  ),
  table("profile_assignment", [{ ...integer("machine_id"), isPrimary: true }, integer("profile_id")], {
    indexes: [["profile_assignment_profile_id", ["profile_id"]]],
    references: [
      ["profile_assignment_machine", "machine_id", "machine", "CASCADE"],
      ["profile_assignment_profile", "profile_id", "profile"],
    ],
  }),
  table(
    "installation",
    [
      id,
      integer("machine_id"),
      integer("profile_id"),
      varchar("state", 16),
      varchar("armed_by", 64),
      instant("armed_at"),
      instant("expires_at"),
      nullable(instant("started_at")),
      nullable(instant("finished_at")),
      integer("installer_boots"),
      varchar("token_seed", 64),
      varchar("token_digest", 64),
    ],
    {
      indexes: [
        ["installation_machine_state", ["machine_id", "state"]],
        ["installation_state_expires_at", ["state", "expires_at"]],
        ["installation_profile_id", ["profile_id"]],
      ],
      unique: [["installation_token_digest", ["token_digest"]]],
      references: [
        ["installation_machine", "machine_id", "machine", "CASCADE"],
        ["installation_profile", "profile_id", "profile"],
      ],
    },
  ),
  table("installation_event", [id, integer("installation_id"), instant("at"), varchar("kind", 16), text("text")], {
    indexes: [["installation_event_installation_id", ["installation_id"]]],
    references: [["installation_event_installation", "installation_id", "installation", "CASCADE"]],
  }),
];

export class FirstTables1764000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const each of tables) await queryRunner.createTable(each);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const each of tables.toReversed()) await queryRunner.dropTable(each);
  }
}
