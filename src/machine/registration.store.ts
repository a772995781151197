import type { EntityManager } from "typeorm";
import type { Database, Transaction } from "../db/database.js";
import type { Dialect } from "../db/dialect.js";
import { byteSwapped, identify, type FoundConflict, type Identification, type KnownMachine } from "./identify.js";
import type { InventoryReport } from "./inventory-request.js";
import type { MacAddress } from "./mac-address.js";
import type { MachineState } from "./machine-state.js";
import { isPlaceholder } from "./placeholder.js";

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
const FACT_COLUMNS = Object.keys(MACHINE_COLUMNS).filter((name) => name !== "id");

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
    await database.dialect.lockForTransaction(transaction.manager, "registration");
    const batch = new Batch(await loadCandidates(transaction.manager, database.dialect, reports));
    const ids = await database.dialect.allocateIds(transaction.manager, "machine", reports.length);
    const registrations = reports.map((report, i) => batch.register(report, ids[i] as number));
    await batch.save(transaction, database.dialect, now.toISOString());
    return registrations;
  });
}

class Batch {
  private readonly byKey = new Map<string, Set<WorkingMachine>>();
  private readonly seen = new Set<WorkingMachine>();
  private readonly added: Array<{ machine_id: number; mac_address: MacAddress; disputed: boolean }> = [];
  private readonly disputed = new Set<MacAddress>();
  private readonly conflicts = new Map<string, FoundConflict & { other: WorkingMachine; count: number }>();
  private readonly sightings = new Map<number, NonNullable<InventoryReport["lldp"]>>();
  private readonly touched = new Set<number>();

  constructor(known: Iterable<WorkingMachine>) {
    for (const machine of known) this.index(machine);
  }

  register(report: InventoryReport, idIfNew: number): Registration {
    const candidates = new Set<WorkingMachine>();
    for (const key of keysOf(report)) for (const machine of this.byKey.get(key) ?? []) candidates.add(machine);
    const found = identify(report, [...candidates]);
    const machine = (found.machine as WorkingMachine | undefined) ?? newMachine(idIfNew);
    if (found.learns) learn(machine, report);
    this.seen.add(machine);
    this.apply(found, machine);
    if (report.lldp !== undefined) this.sightings.set(machine.id, report.lldp);
    this.index(machine);
    return { machineId: machine.id, decided: inWords(found, machine) };
  }

  private apply(found: Identification, machine: WorkingMachine): void {
    for (const { macAddress, disputed } of found.newInterfaces) {
      machine.interfaces.push({ macAddress, disputed });
      this.added.push({ machine_id: machine.id, mac_address: macAddress, disputed });
      this.touched.add(machine.id);
    }
    for (const macAddress of found.disputed) this.disputed.add(macAddress);
    for (const conflict of found.conflicts) {
      const key = `${conflict.holder.id} ${machine.id} ${conflict.macAddress}`;
      this.conflicts.set(key, { ...conflict, other: machine, count: (this.conflicts.get(key)?.count ?? 0) + 1 });
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
        detail: detail.slice(0, 1000),
        times: count,
      })),
      now,
    );
  }

  private index(machine: WorkingMachine): void {
    const keys = keysOf({ ...machine, macAddresses: machine.interfaces.map(({ macAddress }) => macAddress) });
    for (const key of keys) {
      const holders = this.byKey.get(key);
      if (holders) holders.add(machine);
      else this.byKey.set(key, new Set([machine]));
    }
  }
}

interface Keys {
  readonly macAddresses: readonly MacAddress[];
  readonly serialNumber?: string | null;
  readonly uuid?: string | null;
  readonly boardSerialNumber?: string | null;
  readonly assetTag?: string | null;
}

function keysOf({ macAddresses, serialNumber, uuid, boardSerialNumber, assetTag }: Keys): string[] {
  const keys: string[] = [...macAddresses];
  const add = (kind: string, value: string | null | undefined) => {
    if (value !== null && value !== undefined && !isPlaceholder(value)) keys.push(`${kind} ${value}`);
  };
  add("serial", serialNumber);
  add("uuid", uuid);
  if (uuid !== null && uuid !== undefined) add("uuid", byteSwapped(uuid));
  add("board", boardSerialNumber);
  add("asset", assetTag);
  return keys;
}

/** Keeps what is known when the report is silent or names a placeholder; never forgets. */
function learn(machine: WorkingMachine, report: InventoryReport): void {
  const newer = <T extends string>(told: T | undefined, known: T | null): T | null =>
    told === undefined || (known !== null && isPlaceholder(told)) ? known : told;
  machine.serialNumber = newer(report.serialNumber, machine.serialNumber);
  machine.manufacturer = newer(report.manufacturer, machine.manufacturer);
  machine.product = newer(report.product, machine.product);
  machine.uuid = newer(report.uuid, machine.uuid);
  machine.boardSerialNumber = newer(report.boardSerialNumber, machine.boardSerialNumber);
  machine.assetTag = newer(report.assetTag, machine.assetTag);
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

async function loadCandidates(
  manager: EntityManager,
  dialect: Dialect,
  reports: readonly InventoryReport[],
): Promise<Iterable<WorkingMachine>> {
  const values = (kind: string) => {
    const found = new Set<string>();
    for (const report of reports) {
      for (const key of keysOf(report)) if (key.startsWith(`${kind} `)) found.add(key.slice(kind.length + 1));
    }
    return JSON.stringify([...found]);
  };
  // A key with more than two holders counts for nothing, so its ten thousand holders need not be read.
  const holders = (column: string, parameter: string) =>
    `UNION SELECT id FROM machine WHERE ${column} IN (
       SELECT ${column} FROM machine WHERE ${column} IN ${dialect.textsOf(parameter)}
       GROUP BY ${column} HAVING count(*) <= 2)`;
  const rows: CandidateRow[] = await manager.query(
    `SELECT id, ${FACT_COLUMNS.join(", ")}, state FROM machine WHERE id IN (
       SELECT machine_id FROM ethernet_interface WHERE mac_address IN ${dialect.textsOf("$1")}
       ${holders("serial_number", "$2")} ${holders("uuid", "$3")}
       ${holders("board_serial_number", "$4")} ${holders("asset_tag", "$5")})`,
    [
      JSON.stringify([...new Set(reports.flatMap(({ macAddresses }) => macAddresses))]),
      values("serial"),
      values("uuid"),
      values("board"),
      values("asset"),
    ],
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
  if (machines.size === 0) return [];
  const ports: Array<{ machine_id: number; mac_address: MacAddress; disputed: boolean | number }> = await manager.query(
    `SELECT machine_id, mac_address, disputed FROM ethernet_interface WHERE machine_id IN ${dialect.integersOf("$1")}`,
    [JSON.stringify([...machines.keys()])],
  );
  for (const { machine_id, mac_address, disputed } of ports) {
    machines.get(machine_id)?.interfaces.push({ macAddress: mac_address, disputed: Boolean(disputed) });
  }
  return machines.values();
}
