import type { Facts } from "../changes/change-set.js";
import { byBootPlane } from "../changes/origin.js";
import type { Database, Transaction } from "../db/database.js";
import type { Dialect } from "../db/dialect.js";
import { conflictKind } from "./conflict.kind.js";
import type { InventoryReport } from "./inventory-request.js";
import { machineFacts, machineKind } from "./machine.kind.js";
import { RegistrationBatch, type Registration, type WorkingMachine } from "./registration-batch.js";
import { loadCandidates } from "./registration-candidates.store.js";
import { FACT_COLUMNS, MACHINE_COLUMNS } from "./registration-columns.js";

/** Whoever writes a machine's facts or gives its ports away holds this lock. */
export const REGISTRATION_LOCK = "registration";

/**
 * Registers a batch of reports in one transaction with a fixed number of statements. Idempotent: a report that is
 * repeated changes the time it was last seen and nothing else.
 *
 * @param reports asked for when the transaction has its turn, so that whoever comes until then is in it
 */
export function registerAll(
  database: Database,
  reports: () => readonly InventoryReport[],
  now: () => Date,
): Promise<Registration[]> {
  return database.write(byBootPlane("registration"), (transaction) => registerIn(transaction, database, reports, now));
}

/** As `registerAll`, in somebody's transaction. */
export async function registerIn(
  transaction: Transaction,
  { dialect }: Database,
  batchOf: () => readonly InventoryReport[],
  now: () => Date,
): Promise<Registration[]> {
  // Two Kickracks on one PostgreSQL that meet two ports of one new machine at once would make two machines of it.
  await dialect.lockForTransaction(transaction.manager, REGISTRATION_LOCK);
  const reports = batchOf();
  const known = await loadCandidates(transaction.manager, dialect, reports);
  const batch = new RegistrationBatch(known);
  const registrations = reports.map((report, i) => batch.register(report, known.newIds[i] as number));
  await save(batch, transaction, dialect, now().toISOString());
  return registrations;
}

/** A statement with rows as its first parameter, unless there are none. */
type Run = (sql: string, rows: readonly unknown[], ...more: unknown[]) => Promise<void>;

async function save(
  batch: RegistrationBatch,
  { manager, changes, touch }: Transaction,
  dialect: Dialect,
  now: string,
): Promise<void> {
  const seen = [...batch.seen];
  const known = seen.filter(({ isNew }) => !isNew);
  const added = seen.filter(({ isNew }) => isNew);
  await changes.watch(machineKind, changedIds(batch, known, added));
  const machineRows = dialect.rowsOf("$1", MACHINE_COLUMNS);
  const run: Run = async (sql, rows, ...more) => {
    if (rows.length > 0) await manager.query(sql, [JSON.stringify(rows), ...more]);
  };
  const facts = FACT_COLUMNS.join(", ");
  await run(
    `INSERT INTO machine (id, ${facts}, state, locked, first_seen_at, last_seen_at)
     SELECT id, ${facts}, 'DISCOVERED', false, $2, $2 FROM ${machineRows} AS r`,
    added.map(machineRow),
    now,
  );
  // Most machines say what they said before.
  await run(
    `UPDATE machine SET last_seen_at = $2 WHERE id IN ${dialect.integersOf("$1")}`,
    known.filter(({ hasLearned }) => !hasLearned).map(({ id }) => id),
    now,
  );
  await run(
    `UPDATE machine SET last_seen_at = $2, ${FACT_COLUMNS.map((name) => `${name} = r.${name}`).join(", ")}
     FROM ${machineRows} AS r WHERE machine.id = r.id`,
    known.filter(({ hasLearned }) => hasLearned).map(machineRow),
    now,
  );
  await run(
    `INSERT INTO ethernet_interface (machine_id, mac_address, disputed, first_seen_at)
     SELECT machine_id, mac_address, disputed, $2
     FROM ${dialect.rowsOf("$1", { machine_id: "integer", mac_address: "text", disputed: "boolean" })} AS r`,
    batch.added,
    now,
  );
  await run(`UPDATE ethernet_interface SET disputed = true WHERE mac_address IN ${dialect.textsOf("$1")}`, [
    ...batch.disputed,
  ]);
  const conflicts = conflictRows(batch);
  await changes.watch(conflictKind, await conflictIds(manager, dialect, conflicts));
  await saveConflicts(conflicts, run, dialect, now);
  changes.created(conflictKind, await conflictIds(manager, dialect, conflicts));
  // What switches had said of these addresses before a machine showed them.
  await run(
    `UPDATE sighting SET machine_id = r.machine_id
     FROM ${dialect.rowsOf("$1", { machine_id: "integer", mac_address: "text" })} AS r
     WHERE sighting.mac_address = r.mac_address`,
    batch.addedAndSighted,
  );
  await saveNeighbours(batch, run, dialect, now);
  // Known already, so that 10,000 new machines need not be read again.
  changes.add(
    added.map((machine) => ({ kind: "Machine", objectId: machine.id, before: null, after: newFacts(machine) })),
  );
  touch(batch.touched);
}

const NEIGHBOUR_COLUMNS = {
  machine_id: "integer",
  system_name: "text",
  chassis_id: "text",
  port_id: "text",
  port_description: "text",
} as const;

/** What machines have heard by LLDP, of each the last. The registration's lock keeps others from adding a second one. */
async function saveNeighbours(batch: RegistrationBatch, run: Run, dialect: Dialect, now: string): Promise<void> {
  const heard = [...batch.sightings].map(([machine_id, lldp]) => ({
    machine_id,
    system_name: lldp.systemName,
    chassis_id: lldp.chassisId,
    port_id: lldp.portId,
    port_description: lldp.portDescription,
  }));
  const rows = dialect.rowsOf("$1", NEIGHBOUR_COLUMNS);
  await run(
    `UPDATE sighting SET system_name = r.system_name, chassis_id = r.chassis_id, port_id = r.port_id,
       port_description = r.port_description, seen_at = $2
     FROM ${rows} AS r WHERE sighting.machine_id = r.machine_id AND source = 'ipxe-lldp'`,
    heard,
    now,
  );
  const columns = Object.keys(NEIGHBOUR_COLUMNS).join(", ");
  await run(
    `INSERT INTO sighting (${columns}, source, seen_at)
     SELECT ${columns}, 'ipxe-lldp', $2 FROM ${rows} AS r WHERE NOT EXISTS
       (SELECT 1 FROM sighting WHERE sighting.machine_id = r.machine_id AND source = 'ipxe-lldp')`,
    heard,
    now,
  );
}

/** Known machines of which something else differs than when they were last seen. */
function changedIds(
  batch: RegistrationBatch,
  known: readonly WorkingMachine[],
  added: readonly WorkingMachine[],
): Set<number> {
  const ids = new Set(batch.touched);
  for (const machine of known) if (machine.hasLearned) ids.add(machine.id);
  for (const { id } of added) ids.delete(id);
  return ids;
}

const CONFLICT_COLUMNS = {
  kind: "text",
  machine_id: "integer",
  other_machine_id: "integer",
  mac_address: "text",
  detail: "text",
  times: "integer",
} as const;

type ConflictRow = Record<keyof typeof CONFLICT_COLUMNS, unknown>;

function conflictRows(batch: RegistrationBatch): ConflictRow[] {
  return [...batch.conflicts.values()].map(({ kind, holder, other, macAddress, detail, count }) => ({
    kind,
    machine_id: holder.id,
    other_machine_id: other.id,
    mac_address: macAddress,
    detail: detail.slice(0, 1000).toWellFormed(),
    times: count,
  }));
}

async function conflictIds(
  manager: Transaction["manager"],
  dialect: Dialect,
  rows: readonly ConflictRow[],
): Promise<number[]> {
  if (rows.length === 0) return [];
  const found: Array<{ id: number }> = await manager.query(
    `SELECT conflict.id FROM conflict JOIN ${dialect.rowsOf("$1", CONFLICT_COLUMNS)} AS r
     USING (machine_id, other_machine_id, mac_address)`,
    [JSON.stringify(rows)],
  );
  return found.map(({ id }) => id);
}

// A conflict that a person had decided and that is reported again is open again.
function saveConflicts(rows: readonly ConflictRow[], run: Run, dialect: Dialect, now: string) {
  return run(
    `INSERT INTO conflict (kind, machine_id, other_machine_id, mac_address, detail, count, first_seen_at, last_seen_at)
     SELECT kind, machine_id, other_machine_id, mac_address, detail, times, $2, $2
     FROM ${dialect.rowsOf("$1", CONFLICT_COLUMNS)} AS r WHERE true
     ON CONFLICT (machine_id, other_machine_id, mac_address) DO UPDATE SET
       count = conflict.count + excluded.count, last_seen_at = excluded.last_seen_at,
       resolved_at = NULL, resolved_by = NULL`,
    rows,
    now,
  );
}

function newFacts(machine: WorkingMachine): Facts {
  const { serialNumber, manufacturer, product, uuid, assetTag, boardSerialNumber, interfaces } = machine;
  return machineFacts({
    ...{ serialNumber, manufacturer, product, uuid, assetTag, boardSerialNumber },
    macAddresses: interfaces.map(({ macAddress }) => macAddress),
    disputed: interfaces.filter(({ disputed }) => disputed).map(({ macAddress }) => macAddress),
  });
}

function machineRow(machine: WorkingMachine) {
  return {
    id: machine.id,
    serial_number: machine.serialNumber,
    manufacturer: machine.manufacturer,
    product: machine.product,
    uuid: machine.uuid,
    board_serial_number: machine.boardSerialNumber,
    asset_tag: machine.assetTag,
    platform: machine.platform,
    build_arch: machine.buildArch,
    ipxe_version: machine.ipxeVersion,
  } satisfies Record<keyof typeof MACHINE_COLUMNS, unknown>;
}
