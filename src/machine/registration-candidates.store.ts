import type { EntityManager } from "typeorm";
import type { Columns, Dialect } from "../db/dialect.js";
import type { InventoryReport } from "./inventory-request.js";
import type { MacAddress } from "./mac-address.js";
import type { MachineState } from "./machine-state.js";
import { PORT_LIST, readPortList } from "./port-list.js";
import {
  KEY_KINDS,
  keysOfKind,
  MAX_HOLDERS,
  spellingsOf,
  type Candidates,
  type KeyKind,
  type WorkingMachine,
} from "./registration-batch.js";
import { FACT_COLUMNS, type MACHINE_COLUMNS } from "./registration-columns.js";

const KEY_COLUMNS = {
  serialNumber: "serial_number",
  uuid: "uuid",
  boardSerialNumber: "board_serial_number",
  assetTag: "asset_tag",
} as const satisfies Record<KeyKind, keyof typeof MACHINE_COLUMNS>;

type Keys = Readonly<Record<KeyKind, Set<string>>>;

/** What a batch has to know before its first report is looked at. */
export interface Known extends Candidates {
  /** Ids for machines that nobody has met, one for each report. */
  readonly newIds: readonly number[];
}

/** Every machine that shares a telling key with one of the reports, locked to the end of the transaction. */
export async function loadCandidates(
  manager: EntityManager,
  dialect: Dialect,
  reports: readonly InventoryReport[],
): Promise<Known> {
  const keys = keysOfAll(reports);
  const macs = [...new Set(reports.flatMap(({ macAddresses }) => macAddresses))];
  // So many machines are soon read. More are there only when a key names nobody in particular: then it is worth to ask
  // which one that is, before all of its holders are read.
  const harmless = 2 * macs.length + 100;
  const known = await read(manager, dialect, { macs, keys, limit: harmless, newIds: reports.length });
  if (known.machines.length < harmless) return { ...known, tooShared: new Set() };
  const tooShared = await dropTooShared(manager, dialect, keys, MAX_HOLDERS + reports.length);
  const all = await read(manager, dialect, { macs, keys, limit: Number.MAX_SAFE_INTEGER, newIds: 0 });
  return { ...known, machines: all.machines, tooShared };
}

function keysOfAll(reports: readonly InventoryReport[]): Keys {
  const keys: Keys = { serialNumber: new Set(), uuid: new Set(), boardSerialNumber: new Set(), assetTag: new Set() };
  for (const report of reports) {
    for (const kind of KEY_KINDS) for (const value of spellingsOf(kind, report[kind])) keys[kind].add(value);
  }
  return keys;
}

/** Takes out of `keys` what more than `limit` machines hold: a report changes one machine, so none of it gets down to two. */
async function dropTooShared(
  manager: EntityManager,
  dialect: Dialect,
  keys: Keys,
  limit: number,
): Promise<ReadonlySet<string>> {
  const shared: Array<{ kind: KeyKind; value: string }> = await manager.query(
    KEY_KINDS.map((kind, i) => {
      const column = KEY_COLUMNS[kind];
      return `SELECT '${kind}' AS kind, ${column} AS value FROM machine
              WHERE ${column} IN ${dialect.textsOf(`$${i + 2}`)} GROUP BY ${column} HAVING count(*) > $1`;
    }).join(" UNION ALL "),
    [limit, ...KEY_KINDS.map((kind) => JSON.stringify([...keys[kind]]))],
  );
  for (const { kind, value } of shared) keys[kind].delete(value);
  return new Set(shared.flatMap(({ kind, value }) => keysOfKind(kind, value)));
}

interface Asked {
  readonly macs: readonly MacAddress[];
  readonly keys: Keys;
  /** Of machines. */
  readonly limit: number;
  readonly newIds: number;
}

const CANDIDATE: Columns = {
  id: "integer",
  state: "text",
  [PORT_LIST]: "text",
  ...Object.fromEntries(FACT_COLUMNS.map((name) => [name, "text"])),
};
const SIGHTED = { mac_address: "text" } as const;

/** One statement for everything: each would go to the database and back, while all of a batch wait. */
async function read(manager: EntityManager, dialect: Dialect, { macs, keys, limit, newIds }: Asked) {
  const parameters: unknown[] = [JSON.stringify(macs), limit];
  // Nobody has a key of a kind that no report tells: most boards and asset tags.
  const holders = KEY_KINDS.filter((kind) => keys[kind].size > 0).map((kind) => {
    const parameter = `$${parameters.push(JSON.stringify([...keys[kind]]))}`;
    return `UNION SELECT id FROM machine WHERE ${KEY_COLUMNS[kind]} IN ${dialect.textsOf(parameter)}`;
  });
  const ids = `SELECT machine_id FROM ethernet_interface WHERE mac_address IN ${dialect.textsOf("$1")} ${holders.join(" ")}
    LIMIT $2`;
  // In the order of everybody who changes machines, or an arming and a registration could wait for each other.
  await dialect.lockRows(manager, `SELECT id FROM machine WHERE id IN (${ids}) ORDER BY id`, [...parameters]);
  const count = `$${parameters.push(newIds)}`;
  const [found]: [{ machines: string; sighted: string; new_ids: string }] = await manager.query(
    `SELECT ${dialect.newIds("machine", count)} AS new_ids,
       (SELECT ${dialect.rowsAsText(CANDIDATE)} FROM machine WHERE id IN (${ids})) AS machines,
       (SELECT ${dialect.rowsAsText(SIGHTED)} FROM sighting WHERE mac_address IN ${dialect.textsOf("$1")}) AS sighted`,
    parameters,
  );
  return {
    machines: (dialect.readRows(found.machines, CANDIDATE) as unknown as MachineRow[]).map(workingMachine),
    newIds: JSON.parse(found.new_ids) as number[],
    sighted: new Set(dialect.readRows(found.sighted, SIGHTED).map(([macAddress]) => macAddress as MacAddress)),
  };
}

type MachineRow = readonly [id: number, state: MachineState, ports: string | null, ...facts: Array<string | null>];

// The facts stand in the order of FACT_COLUMNS.
function workingMachine(row: MachineRow): WorkingMachine {
  const [id, state, ports, serialNumber, manufacturer, product, uuid, boardSerialNumber, assetTag, ...how] = row;
  const [platform, buildArch, ipxeVersion] = how;
  const text = (value: string | null | undefined) => value ?? null;
  return {
    id,
    isNew: false,
    hasLearned: false,
    serialNumber: text(serialNumber),
    manufacturer: text(manufacturer),
    product: text(product),
    uuid: text(uuid),
    boardSerialNumber: text(boardSerialNumber),
    assetTag: text(assetTag),
    platform: text(platform),
    buildArch: text(buildArch),
    ipxeVersion: text(ipxeVersion),
    state,
    interfaces: readPortList(ports),
  };
}
