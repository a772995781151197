import { In } from "typeorm";
import type { Transaction } from "../db/database.js";
import { dialectOf } from "../db/dialect.js";
import { Statement } from "../db/statement.js";
import { InvalidInput } from "../errors.js";
import { checkLabel } from "./machine-label.js";
import { MachineLabel } from "./machine-label.entity.js";
import type { Machine } from "./machine.entity.js";
import { machineKind } from "./machine.kind.js";

const MAX_LABELS = 50;

/**
 * Gives machines labels and takes some away; what is not named stays. A key that is there gets the new value.
 *
 * @throws InvalidInput that names the label
 */
export async function labelMachines(
  { manager, changes }: Transaction,
  machines: readonly Machine[],
  set: ReadonlyArray<{ readonly key: string; readonly value: string }>,
  remove: readonly string[],
): Promise<void> {
  set.forEach(({ key, value }, i) => checkLabel(key, value, ["set", String(i)]));
  const ids = machines.map(({ id }) => id);
  await changes.watch(machineKind, ids);
  const keys = [...set.map(({ key }) => key), ...remove];
  await manager.delete(MachineLabel, { machineId: In(ids), key: In(keys) });
  const values = new Map(set.map(({ key, value }) => [key, value])); // of a key that is named twice the last
  const labels = ids.flatMap((machineId) => [...values].map(([key, value]) => ({ machineId, key, value })));
  if (labels.length > 0) await manager.save(MachineLabel, labels, { chunk: 100 });
  const statement = new Statement(dialectOf(manager));
  const isOne = statement.isAmong("machine_id", ids);
  const grouped = `SELECT machine_id FROM machine_label WHERE ${isOne} GROUP BY machine_id`;
  const tooMany = await statement.rows(manager, `${grouped} HAVING count(*) > ${MAX_LABELS} LIMIT 1`);
  if (tooMany.length > 0) throw new InvalidInput(`a machine has at most ${MAX_LABELS} labels`, ["set"]);
}

/** Its labels are these, and no others. */
export async function putLabels(
  { manager, changes }: Transaction,
  machine: Machine,
  labels: Readonly<Record<string, string>>,
): Promise<void> {
  await changes.watch(machineKind, [machine.id]);
  await manager.delete(MachineLabel, { machineId: machine.id });
  const rows = Object.entries(labels).map(([key, value]) => ({ machineId: machine.id, key, value }));
  await manager.save(MachineLabel, rows);
}
