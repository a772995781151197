import { join } from "node:path";
import pg from "pg";
import { mintToken } from "../../src/access/api-token.store.js";
import { BY_START } from "../../src/changes/origin.js";
import { Database } from "../../src/db/database.js";
import { startPostgresServer } from "../../test/support/postgres.js";
import { macOfPort } from "../machines.js";
import { folder } from "../processes.js";

export const SECRET_KEY = "the same for every start in a benchmark";
const MACHINES_IN_RACK = 40;
const BATCH = 5_000;

export type DatabaseKind = "SQLite" | "PostgreSQL";

export interface Fleet {
  readonly url: string;
  /** A bearer token of role OPERATOR. */
  readonly token: string;
}

export interface FleetSize {
  readonly machines: number;
  readonly racks: number;
  /** All but one in ten stand in a rack, from the first rack's floor up. */
  readonly placed: boolean;
}

/**
 * A database of machines with two ports each. They are DISCOVERED, of which the hand-over to dnsmasq writes no file,
 * though they have a host name.
 */
export async function makeFleet(kind: DatabaseKind, name: string, size: FleetSize): Promise<Fleet> {
  const url = kind === "SQLite" ? `sqlite:${join(folder, `${name}.sqlite`)}` : await postgresDatabase(name);
  const database = await Database.open(url);
  const now = new Date();
  const fill = async (table: string, columns: Columns, rows: unknown[], values = Object.keys(columns).join(", ")) => {
    for (let i = 0; i < rows.length; i += BATCH) {
      await database.manager.query(
        `INSERT INTO ${table} (${Object.keys(columns).map(quoted).join(", ")})
         SELECT ${values} FROM ${database.dialect.rowsOf("$1", columns)} AS each`,
        [JSON.stringify(rows.slice(i, i + BATCH))],
      );
    }
  };
  await fill("machine", MACHINE, machineRows(size.machines, now));
  await fill("ethernet_interface", PORT, portRows(size.machines, now));
  await fill("rack", RACK, rackRows(size.racks));
  if (size.placed) await fill("shelf", SHELF, shelfRows(size.machines));
  if (kind === "PostgreSQL")
    await settlePostgres(database, ["machine", "ethernet_interface", "rack", ...(size.placed ? ["shelf"] : [])]);
  const values = { name: "bench", role: "OPERATOR", expiresAt: null } as const;
  const { text } = await database.write(BY_START, (transaction) => mintToken(transaction, SECRET_KEY, values, now));
  await database.close();
  return { url, token: text };
}

export const rackName = (rack: number) => `rack-${String(rack).padStart(5, "0")}`;
export const serialNumber = (machine: number) => `SN${String(machine).padStart(8, "0")}`;

type Columns = Readonly<Record<string, "text" | "integer" | "boolean">>;
const quoted = (column: string) => `"${column}"`;

const MACHINE = {
  serial_number: "text",
  manufacturer: "text",
  product: "text",
  uuid: "text",
  hostname: "text",
  state: "text",
  locked: "boolean",
  platform: "text",
  build_arch: "text",
  ipxe_version: "text",
  first_seen_at: "text",
  last_seen_at: "text",
} as const;

function machineRows(machines: number, now: Date) {
  return Array.from({ length: machines }, (_, i) => ({
    serial_number: serialNumber(i),
    manufacturer: "Dell Inc.",
    product: "PowerEdge R640",
    uuid: `${i.toString(16).padStart(8, "0")}-5555-4666-8777-888888888888`,
    hostname: `node-${i}`,
    state: "DISCOVERED",
    locked: false,
    platform: "efi",
    build_arch: "x86_64",
    ipxe_version: "1.21.1+",
    first_seen_at: now,
    last_seen_at: now,
  }));
}

const PORT = { machine_id: "integer", mac_address: "text", disputed: "boolean", first_seen_at: "text" } as const;

// Both databases give ids from 1 in the order of insertion.
function portRows(machines: number, now: Date) {
  return Array.from({ length: 2 * machines }, (_, i) => ({
    machine_id: Math.floor(i / 2) + 1,
    mac_address: macOfPort(i),
    disputed: false,
    first_seen_at: now,
  }));
}

const RACK = { name: "text", height_half_u: "integer", numbering: "text" } as const;

function rackRows(racks: number) {
  return Array.from({ length: racks }, (_, i) => ({ name: rackName(i), height_half_u: 84, numbering: "FROM_BOTTOM" }));
}

const SHELF = {
  rack_id: "integer",
  unit_half_u: "integer",
  height_half_u: "integer",
  face: "text",
  column_number: "integer",
  column_count: "integer",
  machine_id: "integer",
} as const;

function shelfRows(machines: number) {
  const placed = Array.from({ length: machines }, (_, i) => i).filter((i) => i % 10 !== 9);
  return placed.map((machine) => ({
    rack_id: Math.floor(machine / MACHINES_IN_RACK) + 1,
    unit_half_u: 2 * ((machine % MACHINES_IN_RACK) + 1),
    height_half_u: 2,
    face: "FULL",
    column_number: 1,
    column_count: 1,
    machine_id: machine + 1,
  }));
}

async function settlePostgres(database: Database, filled: readonly string[]): Promise<void> {
  // PostGraphile sees "one shelf of a machine" in a constraint, not in a unique index alone.
  await database.manager.query("ALTER TABLE shelf ADD CONSTRAINT shelf_machine_id UNIQUE USING INDEX shelf_machine_id");
  // As autovacuum does within a minute to tables that have been filled; an empty one it leaves alone.
  await database.manager.query(`VACUUM ANALYZE ${filled.join(", ")}`);
}

let postgres: Promise<string> | undefined;

/** A database on the run's own PostgreSQL, which ends with the run. */
async function postgresDatabase(name: string): Promise<string> {
  postgres ??= startPostgresServer().then((server) => {
    process.prependListener("exit", () => server.stop());
    return server.url;
  });
  const server = await postgres;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE "${name}"`);
  await client.end();
  return server.replace(/postgres$/, name);
}
