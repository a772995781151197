import { InvalidInput } from "../../errors.js";
import type { EntityColumn, EntityTable } from "../../db/entity-table.js";
import type { Order } from "./order.js";

/** A row's place in an order: the values of the order's columns, as the database has them. */
export type Place = ReadonlyArray<string | number | null>;

const LIMIT = 4_096;

export function placeOf(order: Order, entity: object): Place {
  const values = entity as Readonly<Record<string, unknown>>;
  return order.columns.map(({ property, write }) => write(values[property]) as string | number | null);
}

/** Opaque to whoever gets it; says of which list and order it is, since elsewhere it would be nonsense. */
export function printCursor(table: EntityTable<object>, order: Order, place: Place): string {
  return Buffer.from(JSON.stringify([table.kind, order.name, ...place])).toString("base64url");
}

/** @throws InvalidInput for what is no cursor of this list in this order */
export function parseCursor(table: EntityTable<object>, order: Order, argument: string, cursor: string): Place {
  const [kind, name, ...place] = partsOf(cursor);
  if (kind !== table.kind || !fits(order.columns, kind === table.kind && name === order.name ? place : [])) {
    if (kind === table.kind && typeof name === "string" && name !== order.name) {
      throw new InvalidInput(
        `${argument}: this cursor belongs to another order than ${order.name}; walk a list in one order`,
        [argument],
      );
    }
    throw new InvalidInput(`${argument}: ${JSON.stringify(cursor.slice(0, 100))} is no cursor of this list`, [
      argument,
    ]);
  }
  return place as unknown as Place;
}

function partsOf(cursor: string): readonly unknown[] {
  if (cursor.length > LIMIT) return [];
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}

function fits(columns: readonly EntityColumn[], place: readonly unknown[]): boolean {
  return (
    place.length === columns.length &&
    columns.every(({ type, isNullable }, i) => {
      const value = place[i];
      if (value === null) return isNullable;
      if (type === "integer") return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
      return typeof value === "string" && !value.includes("\0");
    })
  );
}
