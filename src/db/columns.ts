import type { ColumnOptions } from "typeorm";

/**
 * A moment, kept as ISO 8601 text in UTC with milliseconds (24 characters): it sorts as text, reads well in both
 * databases' shells, and is the same type on SQLite and PostgreSQL.
 */
export function instant(options: { nullable?: boolean } = {}): ColumnOptions {
  return {
    type: "varchar",
    length: 24,
    nullable: options.nullable ?? false,
    transformer: {
      to: (value: Date | null | undefined) => value?.toISOString() ?? null,
      from: (value: string | null) => (value === null ? null : new Date(value)),
    },
  };
}
