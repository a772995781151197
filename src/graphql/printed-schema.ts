import { lexicographicSortSchema, printSchema } from "graphql";
import { buildSchema } from "./schema.js";

/** The API as schema/schema.graphql has it. */
export function printedSchema(): string {
  return `${printSchema(lexicographicSortSchema(buildSchema()))}\n`;
}
