import type { EntityManager } from "typeorm";
import type { Database, Transaction } from "../db/database.js";
import type { Dialect } from "../db/dialect.js";
import { byteSwapped, identify, type FoundConflict, type Identification, type KnownMachine } from "./identify.js";
import type { InventoryReport } from "./inventory-request.js";
import type { MacAddress } from "./mac-address.js";
import type { MachineState } from "./machine-state.js";
import { isPlaceholder, newerText } from "./placeholder.js";

/** What became of one report. */
export interface Registration {
  readonly machineId: number;
  /** For the log: `new`, `known`, `known, new port …`, `conflict MOVED_CARD with Machine:3`. */
  readonly decided: string;
}

/** A machine while a batch is being worked on: later reports of the batch see what earlier ones made of it. */
interface WorkingMachine extends KnownMachine {
  serialNumber: string | null;
  manufacturer: string | null;
  product: string | null;
  uuid: string | null;
  boardSerialNumber: string | null;
  assetTag: string | null;
  platform: string | null;
  buildArch: string | null;
  ipxeVersion: string | null;
  readonly interfaces: Array<{ macAddress: MacAddress; disputed: boolean }>;
  isNew: boolean;
}

const MACHINE_COLUMNS = {
  id: "integer",
  serial_number: "text",
  manufacturer: "text",
  product: "text",
  uuid: "text",
  board_serial_number: "text",
  asset_tag: "text",
  platform: "text",
  build_arch: "text",
  ipxe_version: "text",
} as const;
// A key that more machines hold counts for nothing, so its ten thousand holders need not be read.
const MAX_HOLDERS = 2;
const FACT_COLUMNS = Object.keys(MACHINE_COLUMNS).filter((name) => name !== "id");

/** Whoever writes a machine's facts or gives its ports away holds this lock. */
export const REGISTRATION_LOCK = "registration";

/**
 * Registers a batch of reports in one transaction with a fixed number of statements. Idempotent: a report that is
 * repeated changes the time it was last seen and nothing else.
 */
export function registerAll(
  database: Database,
  reports: readonly InventoryReport[],
  now: Date,
): Promise<Registration[]> {
  return database.write(async (transaction) => {
    // Two Kickracks on one PostgreSQL that meet two ports of one new machine at once would make two machines of it.
    await database.dialect.lockForTransaction(transaction.manager, REGISTRATION_LOCK);
    const batch = new Batch(await loadCandidates(transaction.manager, database.dialect, reports));
    const ids = await database.dialect.allocateIds(transaction.manager, "machine", reports.length);
    const registrations = reports.map((report, i) => batch.register(report, ids[i] as number));
    await batch.save(transaction, database.dialect, now.toISOString());
    return registrations;
  });
}

class Batch {
  private readonly byKey = new Map<string, Set<WorkingMachine>>();
  private readonly keys = new Map<WorkingMachine, readonly string[]>();
  private readonly tooShared: ReadonlySet<string>;
  private readonly seen = new Set<WorkingMachine>();
  private readonly added: Array<{ machine_id: number; mac_address: MacAddress; disputed: boolean }> = [];
  private readonly disputed = new Set<MacAddress>();
  private readonly conflicts = new Map<string, FoundConflict & { readonly other: WorkingMachine; count: number }>();
  private readonly sightings = new Map<number, NonNullable<InventoryReport["lldp"]>>();
  private readonly touched = new Set<number>();

  constructor({ machines, tooShared }: Candidates) {
    this.tooShared = tooShared;
    for (const machine of machines) this.index(machine);
  }

  register(report: InventoryReport, idIfNew: number): Registration {
    const telling = this.telling(report);
    const candidates = new Set<WorkingMachine>();
    for (const key of keysOf(telling)) for (const machine of this.byKey.get(key) ?? []) candidates.add(machine);
    const found = identify(telling, [...candidates]);
    const machine = (found.machine as WorkingMachine | undefined) ?? newMachine(idIfNew);
    if (found.learns) learn(machine, report, telling);
    this.seen.add(machine);
    this.apply(found, machine);
    if (found.learns && report.lldp !== undefined) this.sightings.set(machine.id, report.lldp);
    this.index(machine);
    return { machineId: machine.id, decided: inWords(found, machine) };
  }

  /** The report without the keys that so many machines hold that they tell nothing. */
  private telling(report: InventoryReport): InventoryReport {
    const isTooShared = (key: string) => this.tooShared.has(key) || (this.byKey.get(key)?.size ?? 0) > MAX_HOLDERS;
    const silent = KEY_KINDS.filter((kind) => keysOfKind(kind, report[kind]).some(isTooShared));
    if (silent.length === 0) return report;
    const telling: { -readonly [key in keyof InventoryReport]: InventoryReport[key] } = { ...report };
    for (const kind of silent) delete telling[kind];
    return telling;
  }

  private apply(found: Identification, machine: WorkingMachine): void {
    for (const { macAddress, disputed } of found.newInterfaces) {
      machine.interfaces.push({ macAddress, disputed });
      this.added.push({ machine_id: machine.id, mac_address: macAddress, disputed });
      this.touched.add(machine.id);
    }
    for (const macAddress of found.disputed) {
      this.disputed.add(macAddress);
      for (const owner of this.byKey.get(macAddress) ?? []) {
        this.touched.add(owner.id);
        for (const port of owner.interfaces) if (port.macAddress === macAddress) port.disputed = true;
      }
    }
    for (const conflict of found.conflicts) {
      const key = `${conflict.holder.id} ${machine.id} ${conflict.macAddress}`;
      const known = this.conflicts.get(key);
      if (known === undefined) this.conflicts.set(key, { ...conflict, other: machine, count: 1 });
      else known.count++;
      this.touched.add(conflict.holder.id);
    }
    if (machine.isNew) this.touched.add(machine.id);
  }

  async save({ manager, touch }: Transaction, dialect: Dialect, now: string): Promise<void> {
    const rows = [...this.seen].map((machine) => ({ isNew: machine.isNew, row: machineRow(machine) }));
    const of = (isNew: boolean) => rows.filter((each) => each.isNew === isNew).map(({ row }) => row);
    const machineRows = dialect.rowsOf("$1", MACHINE_COLUMNS);
    const run = async (sql: string, batch: readonly unknown[], ...more: unknown[]) => {
      if (batch.length > 0) await manager.query(sql, [JSON.stringify(batch), ...more]);
    };
    const facts = FACT_COLUMNS.join(", ");
    await run(
      `INSERT INTO machine (id, ${facts}, state, locked, first_seen_at, last_seen_at)
       SELECT id, ${facts}, 'DISCOVERED', false, $2, $2 FROM ${machineRows} AS r`,
      of(true),
      now,
    );
    await run(
      `UPDATE machine SET last_seen_at = $2, ${FACT_COLUMNS.map((name) => `${name} = r.${name}`).join(", ")}
       FROM ${machineRows} AS r WHERE machine.id = r.id`,
      of(false),
      now,
    );
    await run(
      `INSERT INTO ethernet_interface (machine_id, mac_address, disputed, first_seen_at)
       SELECT machine_id, mac_address, disputed, $2
       FROM ${dialect.rowsOf("$1", { machine_id: "integer", mac_address: "text", disputed: "boolean" })} AS r`,
      this.added,
      now,
    );
    await run(`UPDATE ethernet_interface SET disputed = true WHERE mac_address IN ${dialect.textsOf("$1")}`, [
      ...this.disputed,
    ]);
    await this.saveConflicts(run, dialect, now);
    await run(
      `INSERT INTO sighting (machine_id, source, system_name, chassis_id, port_id, port_description, seen_at)
       SELECT machine_id, 'ipxe-lldp', system_name, chassis_id, port_id, port_description, $2
       FROM ${dialect.rowsOf("$1", {
         machine_id: "integer",
         system_name: "text",
         chassis_id: "text",
         port_id: "text",
         port_description: "text",
       })} AS r WHERE true
       ON CONFLICT (machine_id, source) DO UPDATE SET system_name = excluded.system_name,
         chassis_id = excluded.chassis_id, port_id = excluded.port_id,
         port_description = excluded.port_description, seen_at = excluded.seen_at`,
      [...this.sightings].map(([machine_id, lldp]) => ({
        machine_id,
        system_name: lldp.systemName,
        chassis_id: lldp.chassisId,
        port_id: lldp.portId,
        port_description: lldp.portDescription,
      })),
      now,
    );
    touch(this.touched);
  }

  // A conflict that a person had decided and that is reported again is open again.
  private saveConflicts(
    run: (sql: string, batch: unknown[], now: string) => Promise<void>,
    dialect: Dialect,
    now: string,
  ) {
    return run(
      `INSERT INTO conflict (kind, machine_id, other_machine_id, mac_address, detail, count, first_seen_at, last_seen_at)
       SELECT kind, machine_id, other_machine_id, mac_address, detail, times, $2, $2
       FROM ${dialect.rowsOf("$1", {
         kind: "text",
         machine_id: "integer",
         other_machine_id: "integer",
         mac_address: "text",
         detail: "text",
         times: "integer",
       })} AS r WHERE true
       ON CONFLICT (machine_id, other_machine_id, mac_address) DO UPDATE SET
         count = conflict.count + excluded.count, last_seen_at = excluded.last_seen_at,
         resolved_at = NULL, resolved_by = NULL`,
      [...this.conflicts.values()].map(({ kind, holder, other, macAddress, detail, count }) => ({
        kind,
        machine_id: holder.id,
        other_machine_id: other.id,
        mac_address: macAddress,
        detail: detail.slice(0, 1000).toWellFormed(),
        times: count,
      })),
      now,
    );
  }

  private index(machine: WorkingMachine): void {
    for (const key of this.keys.get(machine) ?? []) this.byKey.get(key)?.delete(machine);
    const keys = keysOf({ ...machine, macAddresses: machine.interfaces.map(({ macAddress }) => macAddress) });
    this.keys.set(machine, keys);
    for (const key of keys) {
      const holders = this.byKey.get(key);
      if (holders) holders.add(machine);
      else this.byKey.set(key, new Set([machine]));
    }
  }
}

const KEY_KINDS = ["serialNumber", "uuid", "boardSerialNumber", "assetTag"] as const;
type KeyKind = (typeof KEY_KINDS)[number];

function keysOf(
  facts: { readonly macAddresses: readonly MacAddress[] } & { readonly [kind in KeyKind]?: string | null },
): string[] {
  const keys: string[] = [...facts.macAddresses];
  for (const kind of KEY_KINDS) keys.push(...keysOfKind(kind, facts[kind]));
  return keys;
}

function keysOfKind(kind: KeyKind, value: string | null | undefined): string[] {
  if (value === null || value === undefined || isPlaceholder(value)) return [];
  const spellings = kind === "uuid" ? [value, byteSwapped(value)] : [value];
  return spellings.map((spelling) => `${kind} ${spelling}`);
}

/** Keeps what is known when the report is silent, or names what names no machine; never forgets. */
function learn(machine: WorkingMachine, report: InventoryReport, telling: InventoryReport): void {
  for (const kind of KEY_KINDS) {
    machine[kind] = newerText(telling[kind] ?? (machine[kind] === null ? report[kind] : undefined), machine[kind]);
  }
  machine.manufacturer = newerText(report.manufacturer, machine.manufacturer);
  machine.product = newerText(report.product, machine.product);
  machine.platform = report.platform ?? machine.platform;
  machine.buildArch = report.buildArch ?? machine.buildArch;
  machine.ipxeVersion = report.ipxeVersion ?? machine.ipxeVersion;
}

function newMachine(id: number): WorkingMachine {
  return {
    id,
    isNew: true,
    serialNumber: null,
    manufacturer: null,
    product: null,
    uuid: null,
    boardSerialNumber: null,
    assetTag: null,
    platform: null,
    buildArch: null,
    ipxeVersion: null,
    state: "DISCOVERED",
    interfaces: [],
  };
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

function inWords(found: Identification, machine: WorkingMachine): string {
  const words = found.machine === undefined ? ["new"] : ["known"];
  if (found.machine !== undefined) {
    for (const { macAddress } of found.newInterfaces) words.push(`new port ${macAddress}`);
  }
  for (const { kind, holder } of found.conflicts) {
    words.push(holder === machine ? `conflict ${kind}` : `conflict ${kind} with Machine:${holder.id}`);
  }
  return words.join(", ");
}

interface CandidateRow {
  readonly id: number;
  readonly serial_number: string | null;
  readonly manufacturer: string | null;
  readonly product: string | null;
  readonly uuid: string | null;
  readonly board_serial_number: string | null;
  readonly asset_tag: string | null;
  readonly platform: string | null;
  readonly build_arch: string | null;
  readonly ipxe_version: string | null;
  readonly state: MachineState;
}

interface Candidates {
  readonly machines: Iterable<WorkingMachine>;
  /** Keys of the reports that so many machines hold that none of them was read because of it. */
  readonly tooShared: ReadonlySet<string>;
}

const KEY_COLUMNS = {
  serialNumber: "serial_number",
  uuid: "uuid",
  boardSerialNumber: "board_serial_number",
  assetTag: "asset_tag",
} as const satisfies Record<KeyKind, keyof typeof MACHINE_COLUMNS>;

async function loadCandidates(
  manager: EntityManager,
  dialect: Dialect,
  reports: readonly InventoryReport[],
): Promise<Candidates> {
  const values = Object.fromEntries(KEY_KINDS.map((kind) => [kind, new Set<string>()])) as Record<KeyKind, Set<string>>;
  for (const report of reports) {
    for (const kind of KEY_KINDS) {
      for (const key of keysOfKind(kind, report[kind])) values[kind].add(key.slice(kind.length + 1));
    }
  }
  const parameters = () => KEY_KINDS.map((kind) => JSON.stringify([...values[kind]]));
  // A report changes one machine, so a batch cannot bring a key with more holders than this down to two.
  const limit = MAX_HOLDERS + reports.length;
  const shared: Array<{ kind: KeyKind; value: string }> = await manager.query(
    KEY_KINDS.map((kind, i) => {
      const column = KEY_COLUMNS[kind];
      return `SELECT '${kind}' AS kind, ${column} AS value FROM machine
              WHERE ${column} IN ${dialect.textsOf(`$${i + 2}`)} GROUP BY ${column} HAVING count(*) > $1`;
    }).join(" UNION ALL "),
    [limit, ...parameters()],
  );
  for (const { kind, value } of shared) values[kind].delete(value);
  const tooShared = new Set(shared.flatMap(({ kind, value }) => keysOfKind(kind, value)));

  const holders = KEY_KINDS.map(
    (kind, i) => `UNION SELECT id FROM machine WHERE ${KEY_COLUMNS[kind]} IN ${dialect.textsOf(`$${i + 2}`)}`,
  );
  const rows: CandidateRow[] = await manager.query(
    `SELECT id, ${FACT_COLUMNS.join(", ")}, state FROM machine WHERE id IN (
       SELECT machine_id FROM ethernet_interface WHERE mac_address IN ${dialect.textsOf("$1")} ${holders.join(" ")})`,
    [JSON.stringify([...new Set(reports.flatMap(({ macAddresses }) => macAddresses))]), ...parameters()],
  );
  const machines = new Map<number, WorkingMachine>();
  for (const row of rows) {
    machines.set(row.id, {
      id: row.id,
      isNew: false,
      serialNumber: row.serial_number,
      manufacturer: row.manufacturer,
      product: row.product,
      uuid: row.uuid,
      boardSerialNumber: row.board_serial_number,
      assetTag: row.asset_tag,
      platform: row.platform,
      buildArch: row.build_arch,
      ipxeVersion: row.ipxe_version,
      state: row.state,
      interfaces: [],
    });
  }
  if (machines.size === 0) return { machines: [], tooShared };
  // In the order of everybody who changes machines, or an arming and a registration could wait for each other.
  await dialect.lockMachines(manager, [...machines.keys()]);
  const ports: Array<{ machine_id: number; mac_address: MacAddress; disputed: boolean | number }> = await manager.query(
    `SELECT machine_id, mac_address, disputed FROM ethernet_interface WHERE machine_id IN ${dialect.integersOf("$1")}`,
    [JSON.stringify([...machines.keys()])],
  );
  for (const { machine_id, mac_address, disputed } of ports) {
    machines.get(machine_id)?.interfaces.push({ macAddress: mac_address, disputed: Boolean(disputed) });
  }
  return { machines: machines.values(), tooShared };
}
