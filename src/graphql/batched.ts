import DataLoader from "dataloader";
import type { Context } from "../context.js";
import { GatheredReadings } from "../db/gathered-readings.js";
import type { Reading, Statement } from "../db/statement.js";

/**
 * The values of many keys with one statement: calls of one request that ask for the same `name` within a turn of the
 * event loop are answered together. A key that `load` does not return has no value.
 */
export function batched<K, V>(
  context: Context,
  name: string,
  key: K,
  load: (keys: K[]) => Promise<ReadonlyMap<K, V>>,
): Promise<V | undefined> {
  let loader = context.loaders.get(name) as DataLoader<K, V | undefined> | undefined;
  if (loader === undefined) {
    loader = new DataLoader<K, V | undefined>(async (keys) => {
      const found = await load([...keys]);
      return keys.map((each) => found.get(each));
    });
    context.loaders.set(name, loader);
  }
  return loader.load(key);
}

const READINGS = "readings";

/** What a SELECT finds, as `Statement.tuples`; SELECTs of one request that are asked for within a turn are one statement. */
export function gathered(context: Context, statement: Statement, reading: Reading): Promise<unknown[][]> {
  let readings = context.loaders.get(READINGS) as GatheredReadings | undefined;
  if (readings === undefined) context.loaders.set(READINGS, (readings = new GatheredReadings(context.app.database)));
  return readings.read(statement, reading);
}

export function groupBy<K, V>(values: Iterable<V>, keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}
