import type { EntityManager } from "typeorm";
import type { Dialect } from "../db/dialect.js";
import type { InventoryReport } from "./inventory-request.js";
import type { MacAddress } from "./mac-address.js";
import type { MachineState } from "./machine-state.js";
import {
  KEY_KINDS,
  keysOfKind,
  MAX_HOLDERS,
  type Candidates,
  type KeyKind,
  type WorkingMachine,
} from "./registration-batch.js";
import { FACT_COLUMNS, type MACHINE_COLUMNS } from "./registration-columns.js";

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

const KEY_COLUMNS = {
  serialNumber: "serial_number",
  uuid: "uuid",
  boardSerialNumber: "board_serial_number",
  assetTag: "asset_tag",
} as const satisfies Record<KeyKind, keyof typeof MACHINE_COLUMNS>;

/** Every machine that shares a telling key with one of the reports, locked to the end of the transaction. */
export async function loadCandidates(
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
