import type { MigrationInterface, QueryRunner } from "typeorm";
import { sortTextByBytes } from "../src/db/text-by-bytes.js";
import { id, instant, integer, nullable, table, text, varchar } from "./table.js";

const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  template: ["parameters text NOT NULL DEFAULT '{}'"],
  profile: ["parent_id integer", "boots varchar(16) NOT NULL DEFAULT 'KERNEL'", "inherited text NOT NULL DEFAULT '[]'"],
  installation: ["plan_id integer"],
};

const version = (of: string, columns: ReturnType<typeof text>[]) =>
  table(
    `${of}_version`,
    [
      id,
      integer(`${of}_id`),
      integer("number"),
      nullable(integer("previous_id")),
      ...columns,
      instant("saved_at"),
      varchar("saved_by", 64),
    ],
    { unique: [[`${of}_version_number`, [`${of}_id`, "number"]]] },
  );

const parametersOf = (of: string) =>
  table(`${of}_parameters`, [{ ...integer(`${of}_id`), isPrimary: true }, text("parameters")], {
    references: [[`${of}_parameters_${of}`, `${of}_id`, of, "CASCADE"]],
  });

const tables = [
  version("template", [varchar("name", 63), varchar("format", 16), text("text"), text("parameters")]),
  version("profile", [text("content")]),
  parametersOf("machine"),
  parametersOf("rack"),
  table("install_plan", [id, varchar("digest", 64), text("content")], {
    unique: [["install_plan_digest", ["digest"]]],
  }),
];

export class ProfileTree1764600000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const [name, columns] of Object.entries(COLUMNS)) {
      for (const column of columns) await queryRunner.query(`ALTER TABLE ${name} ADD COLUMN ${column}`);
    }
    for (const each of tables) await queryRunner.createTable(each);
    await queryRunner.query("CREATE INDEX profile_parent_id ON profile (parent_id)");
    await sortTextByBytes(queryRunner);
    // Nobody knows any more what they were armed with, and they have to be armed again.
    const now = new Date().toISOString();
    await queryRunner.query(
      `UPDATE installation SET state = 'EXPIRED', finished_at = '${now}' WHERE state IN ('ARMED', 'INSTALLING')`,
    );
    await queryRunner.query("UPDATE machine SET state = 'READY' WHERE state = 'ARMED'");
    await queryRunner.query("UPDATE machine SET state = 'FAILED' WHERE state = 'INSTALLING'");
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP INDEX profile_parent_id");
    for (const each of tables.toReversed()) await queryRunner.dropTable(each);
    for (const [name, columns] of Object.entries(COLUMNS)) {
      for (const column of columns) {
        await queryRunner.query(`ALTER TABLE ${name} DROP COLUMN ${column.split(" ")[0]}`);
      }
    }
  }
}
