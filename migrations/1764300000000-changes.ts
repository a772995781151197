import type { MigrationInterface, QueryRunner } from "typeorm";
import { id, instant, integer, nullable, table, text, varchar } from "./table.js";

const tables = [
  table(
    "change",
    [
      { ...integer("id"), isPrimary: true },
      instant("at"),
      varchar("actor", 64),
      varchar("through", 16),
      varchar("operation", 64),
      nullable(varchar("request_id", 36)),
      nullable(integer("undoes")),
      varchar("digest", 64),
    ],
    { indexes: [["change_undoes", ["undoes"]]] },
  ),
  table(
    "change_entry",
    [
      id,
      integer("change_id"),
      varchar("kind", 32),
      integer("object_id"),
      nullable(text("before_facts")),
      nullable(text("after_facts")),
    ],
    {
      indexes: [
        ["change_entry_change_id", ["change_id"]],
        ["change_entry_object", ["kind", "object_id"]],
      ],
      references: [["change_entry_change", "change_id", "change"]],
    },
  ),
  table(
    "idempotency_key",
    [
      id,
      integer("token_id"),
      varchar("key", 128),
      varchar("digest", 64),
      text("payload"),
      nullable(integer("change_id")),
      instant("created_at"),
    ],
    {
      unique: [["idempotency_key_token_key", ["token_id", "key"]]],
      indexes: [["idempotency_key_created_at", ["created_at"]]],
    },
  ),
];

// What has been written is not rewritten, by Kickrack or by whoever shares its database in good faith; whoever drops
// these first is found by the digests.
const GUARDED = ["change", "change_entry"];
const REFUSAL = "changes are only ever added";

export class Changes1764300000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const each of tables) await queryRunner.createTable(each);
    const isPostgres = queryRunner.connection.options.type === "postgres";
    if (isPostgres) {
      await queryRunner.query(
        `CREATE FUNCTION change_is_final() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE EXCEPTION '${REFUSAL}'; END $$`,
      );
    }
    for (const name of GUARDED) {
      for (const verb of ["UPDATE", "DELETE"]) {
        await queryRunner.query(
          isPostgres
            ? `CREATE TRIGGER ${name}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${name}
               FOR EACH STATEMENT EXECUTE FUNCTION change_is_final()`
            : `CREATE TRIGGER ${name}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${name}
               BEGIN SELECT RAISE(ABORT, '${REFUSAL}'); END`,
        );
      }
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const each of tables.toReversed()) await queryRunner.dropTable(each);
    if (queryRunner.connection.options.type === "postgres") await queryRunner.query("DROP FUNCTION change_is_final()");
  }
}
