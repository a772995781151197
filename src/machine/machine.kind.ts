import { Statement } from "../db/statement.js";
import type { ChangeKind, Facts } from "../changes/change-set.js";
import { labelsOfText, labelsSql } from "./machine-label.js";

interface Row {
  readonly id: number;
  readonly serial_number: string | null;
  readonly manufacturer: string | null;
  readonly product: string | null;
  readonly uuid: string | null;
  readonly asset_tag: string | null;
  readonly board_serial_number: string | null;
  readonly hostname: string | null;
  readonly state: string;
  readonly locked: boolean | number;
  readonly mac_addresses: string | null;
  readonly disputed: string | null;
  readonly profile: string | null;
  readonly rack: string | null;
  readonly unit_half_u: number;
  readonly height_half_u: number;
  readonly face: string;
  readonly column_number: number;
  readonly column_count: number;
  readonly strip: string | null;
  readonly amperes: number | null;
  readonly watts: number | null;
  readonly kilograms: number | null;
  readonly color: string | null;
  readonly labels: string | null;
}

// Plain SQL over other features' tables: where a machine stands and what it shall have are part of its history, and
// one statement before and one after a change is what a script that places 500 machines a second can afford.
const factsSql = (newline: string) => `
  SELECT machine.id, machine.serial_number, machine.manufacturer, machine.product, machine.uuid, machine.asset_tag,
    machine.board_serial_number, machine.hostname, machine.state, machine.locked,
    (SELECT string_agg(mac_address, ' ' ORDER BY id) FROM ethernet_interface WHERE machine_id = machine.id) AS mac_addresses,
    (SELECT string_agg(mac_address, ' ' ORDER BY id) FROM ethernet_interface
       WHERE machine_id = machine.id AND disputed) AS disputed,
    profile.name AS profile,
    rack.name AS rack, shelf.unit_half_u, shelf.height_half_u, shelf.face, shelf.column_number, shelf.column_count,
    shelf.strip, shelf.amperes, shelf.watts, shelf.kilograms, shelf.color, ${labelsSql(newline)} AS labels
  FROM machine
  LEFT JOIN profile_assignment ON profile_assignment.machine_id = machine.id
  LEFT JOIN profile ON profile.id = profile_assignment.profile_id
  LEFT JOIN shelf ON shelf.machine_id = machine.id
  LEFT JOIN rack ON rack.id = shelf.rack_id`;

/** A machine with its ports, its place and its profile. When it was last seen is an observation and no change. */
export const machineKind: ChangeKind = {
  name: "Machine",
  async facts(manager, dialect, ids): Promise<Map<number, Facts>> {
    const statement = new Statement(dialect);
    const select = factsSql(statement.bind("\n"));
    const rows = await statement.rows(manager, `${select} WHERE ${statement.isAmong("machine.id", ids)}`);
    return new Map((rows as unknown as Row[]).map((row) => [row.id, factsOf(row)]));
  },
};

type Reported = Readonly<
  Record<"assetTag" | "boardSerialNumber" | "manufacturer" | "product" | "serialNumber" | "uuid", string | null>
> & { readonly disputed: readonly string[]; readonly macAddresses: readonly string[] };

/** What others make of a machine. */
interface Given {
  readonly hostname: string | null;
  readonly labels: Facts;
  readonly locked: boolean;
  readonly profile: string | null;
  readonly shelf: Facts | null;
  readonly state: string;
}

const JUST_BEGUN: Given = {
  hostname: null,
  labels: {},
  locked: false,
  profile: null,
  shelf: null,
  state: "DISCOVERED",
};

/** A machine's facts: of one that has just reported itself, all that others make of it is as it begins. */
export function machineFacts(reported: Reported, given: Given = JUST_BEGUN): Facts {
  // In the order in which the history is written, which saves sorting them.
  return {
    assetTag: reported.assetTag,
    boardSerialNumber: reported.boardSerialNumber,
    disputed: reported.disputed,
    hostname: given.hostname,
    labels: given.labels,
    locked: given.locked,
    macAddresses: reported.macAddresses,
    manufacturer: reported.manufacturer,
    product: reported.product,
    profile: given.profile,
    serialNumber: reported.serialNumber,
    shelf: given.shelf,
    state: given.state,
    uuid: reported.uuid,
  };
}

function factsOf(row: Row): Facts {
  const reported = {
    serialNumber: row.serial_number,
    manufacturer: row.manufacturer,
    product: row.product,
    uuid: row.uuid,
    assetTag: row.asset_tag,
    boardSerialNumber: row.board_serial_number,
    macAddresses: row.mac_addresses?.split(" ") ?? [],
    disputed: row.disputed?.split(" ") ?? [],
  };
  return machineFacts(reported, {
    hostname: row.hostname,
    state: row.state,
    locked: Boolean(row.locked),
    profile: row.profile,
    labels: labelsOfText(row.labels),
    shelf: placeFacts(row),
  });
}

/** Where a machine stands, in columns of its shelf and its rack. */
export type PlaceRow = Pick<Row, keyof typeof PLACE_COLUMNS>;

const PLACE = { unit_half_u: "integer", height_half_u: "integer", face: "text" } as const;
const SIDE = { column_number: "integer", column_count: "integer", strip: "text" } as const;
const LOADS = { amperes: "double precision", watts: "double precision", kilograms: "double precision" } as const;
const SHELF = { ...PLACE, ...SIDE, ...LOADS, color: "text" } as const;
export const PLACE_COLUMNS = { rack: "text", ...SHELF } as const;

/** Null for a machine that stands nowhere. */
export function placeFacts({ rack, ...row }: PlaceRow): Facts | null {
  if (rack === null) return null;
  return {
    rack,
    unit: row.unit_half_u / 2,
    heightU: row.height_half_u / 2,
    face: row.face,
    column: row.column_number,
    columns: row.column_count,
    ...saidOf(row),
  };
}

/** What few places have; told only of those, so that a place's facts are still what they were before there was more. */
function saidOf({ strip, amperes, watts, kilograms, color }: Omit<PlaceRow, "rack">): Facts {
  const said = { strip, amperes, watts, kilograms, color };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null));
}
