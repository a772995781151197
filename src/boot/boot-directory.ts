import type { Database } from "../db/database.js";
import type { Columns } from "../db/dialect.js";
import { Statement } from "../db/statement.js";
import type { MacAddress } from "../machine/mac-address.js";
import { MACHINE_STATES, type MachineState } from "../machine/machine-state.js";
import { PORT_LIST, readPortList } from "../machine/port-list.js";
import type { Log } from "../log.js";
import type { BootPlatform } from "./boot-format.js";
import type { BootMachine } from "./decision.js";
import { DEFAULT_LOCAL_BOOT, type LocalBoot, type LocalBootMethod } from "./local-boot.js";
import { PortTable } from "./port-table.js";

/** A machine as the boot plane remembers it: one object for all of its ports, and few others below it. */
export class DirectoryEntry {
  constructor(
    readonly id: number,
    readonly hostname: string | null,
    readonly serialNumber: string | null,
    readonly state: MachineState,
    readonly locked: boolean,
    /** Rack and unit, as a screen shows them. */
    readonly place: string | null,
    readonly platform: BootPlatform | null,
    readonly ipxeVersion: string | null,
    readonly localBoot: LocalBoot,
    private readonly ports: string | null,
  ) {}

  get macAddresses(): MacAddress[] {
    return readPortList(this.ports).map(({ macAddress }) => macAddress);
  }
}

type Row = readonly [
  id: number,
  hostname: string | null,
  serialNumber: string | null,
  state: MachineState,
  locked: boolean,
  platform: string | null,
  ipxeVersion: string | null,
  rack: string | null,
  unitHalfU: number | null,
  bios: LocalBootMethod | null,
  efi: LocalBootMethod | null,
  ports: string | null,
];

const COLUMNS: Columns = {
  ...{ "machine.id": "integer", hostname: "text", serial_number: "text", state: "text", locked: "boolean" },
  ...{ "machine.platform": "text", ipxe_version: "text", "rack.name": "text", unit_half_u: "integer" },
  ...{ "bios.method": "text", "efi.method": "text", [PORT_LIST]: "text" },
};
const NAMED = Object.keys(COLUMNS).map((column, i) => `${column} AS c${i}`);
const NAMES: Columns = Object.fromEntries(Object.values(COLUMNS).map((type, i) => [`c${i}`, type]));

// 20,000 at once are read in the same time, and leave the process 20 MB larger for good.
const PAGE = 2_000;
const FORGOTTEN = -1;
const RETRY_MS = 1_000;
/** One string for each state: a row's own would be compared letter by letter, and kept 100,000 times. */
const STATES: ReadonlyMap<string, MachineState> = new Map(MACHINE_STATES.map((state) => [state, state]));

/** One string for each version, and one object for each pair of methods, of which there are a few. */
const VERSIONS = new Map<string, string>();
const LOCAL_BOOTS = new Map<string, LocalBoot>();

function once(version: string | null): string | null {
  if (version == null) return null;
  if (VERSIONS.size > 1_000) VERSIONS.clear(); // machines choose them
  if (!VERSIONS.has(version)) VERSIONS.set(version, version);
  return VERSIONS.get(version) ?? version;
}

function onceLocalBoot(bios: LocalBootMethod | null, efi: LocalBootMethod | null): LocalBoot {
  if (!bios && !efi) return DEFAULT_LOCAL_BOOT;
  const localBoot = { BIOS: bios ?? DEFAULT_LOCAL_BOOT.BIOS, EFI: efi ?? DEFAULT_LOCAL_BOOT.EFI };
  const key = `${localBoot.BIOS} ${localBoot.EFI}`;
  if (!LOCAL_BOOTS.has(key)) LOCAL_BOOTS.set(key, localBoot);
  return LOCAL_BOOTS.get(key) ?? localBoot;
}

/**
 * MAC address → machine, in memory, corrected after every commit and before its answer. It decides everything that is
 * harmless; whoever is armed or installing is looked up in the database again, so a stale line never starts an
 * installer.
 */
export class BootDirectory {
  /** MAC address → place in `entryAt`. */
  private readonly ports = new PortTable();
  private readonly entryAt: Array<DirectoryEntry | undefined> = [];
  private readonly free: number[] = [];
  /** Machine's id → place in `entryAt`. */
  private readonly placeOf = new Map<number, number>();
  private changesOfApproved = 0;
  private stale = new Set<number>();
  private allStale = false;
  private refreshing: Promise<void> | undefined;
  private readonly followers: Array<(ids: readonly number[] | "all") => void> = [];

  private constructor(
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  static async load(database: Database, log: Log): Promise<BootDirectory> {
    const directory = new BootDirectory(database, log);
    database.onMachinesChanged((ids) => directory.refresh(ids));
    await directory.loadAll();
    return directory;
  }

  get size(): number {
    return this.placeOf.size;
  }

  /** Another number after every change of a machine that was approved or locked: the others stand in no hostsfile. */
  get approvedVersion(): number {
    return this.changesOfApproved;
  }

  /** Called when the directory has read what changed, also when that took a second try. */
  onRefreshed(follower: (ids: readonly number[] | "all") => void): void {
    this.followers.push(follower);
  }

  *entries(): Iterable<DirectoryEntry> {
    for (const place of this.placeOf.values()) {
      const entry = this.entryAt[place];
      if (entry !== undefined) yield entry;
    }
  }

  entriesOf(ids: Iterable<number>): DirectoryEntry[] {
    return [...ids].map((id) => this.entryAt[this.placeOf.get(id) ?? -1]).filter((entry) => entry !== undefined);
  }

  isDisputed(mac: MacAddress): boolean {
    return this.ports.get(mac)?.disputed ?? false;
  }

  bootMachine(mac: MacAddress): (BootMachine & { readonly id: number }) | undefined {
    const port = this.ports.get(mac);
    const entry = port && this.entryAt[port.value];
    if (entry === undefined) return undefined;
    const { id, hostname, serialNumber, state, locked, place, localBoot } = entry;
    return { id, hostname, serialNumber, state, locked, place, localBoot, disputed: port?.disputed ?? false };
  }

  entryOf(mac: MacAddress): DirectoryEntry | undefined {
    const port = this.ports.get(mac);
    return port && this.entryAt[port.value];
  }

  // One refresh at a time, each with what was reported until it began: two that overlap could leave the older answer.
  private async refresh(ids: Iterable<number> | "all"): Promise<void> {
    if (ids === "all") this.allStale = true;
    else for (const id of ids) this.stale.add(id);
    // One that runs may have read before our commit. Whoever waited first begins the next, with the ids of all.
    await this.refreshing;
    this.refreshing ??= this.refreshStale().finally(() => (this.refreshing = undefined));
    await this.refreshing;
  }

  private async refreshStale(): Promise<void> {
    const ids = [...this.stale];
    const all = this.allStale;
    this.stale = new Set();
    this.allStale = false;
    try {
      if (all) {
        await this.loadAll();
      } else {
        const statement = new Statement(this.database.dialect);
        const rows = await this.rows(`WHERE ${statement.isAmong("machine.id", ids)}`, statement.parameters);
        this.replace(ids, rows);
      }
      for (const follower of this.followers) follower(all ? "all" : ids);
    } catch (error) {
      // The commit is done, so the writer is answered; what is stale meanwhile can only boot a local disk.
      this.log.error("cannot read changed machines, trying again", error);
      for (const id of ids) this.stale.add(id);
      this.allStale ||= all;
      setTimeout(() => void this.refresh([]), RETRY_MS).unref();
    }
  }

  private async loadAll(): Promise<void> {
    const found = new Set<number>();
    let page = this.page(0);
    for (;;) {
      const rows = await page;
      const last = rows.at(-1);
      if (last === undefined) break;
      page = this.page(last[0]); // read while this one is remembered
      const ids = rows.map(([id]) => id);
      for (const id of ids) found.add(id);
      this.replace(ids, rows);
    }
    this.replace(
      [...this.placeOf.keys()].filter((id) => !found.has(id)),
      [],
    );
  }

  private page(after: number): Promise<Row[]> {
    return this.rows("WHERE machine.id > $1 ORDER BY machine.id LIMIT $2", [after, PAGE]);
  }

  private async rows(which: string, parameters: unknown[]): Promise<Row[]> {
    const { dialect, manager } = this.database;
    const [found]: [{ rows: string }] = await manager.query(
      `SELECT ${dialect.rowsAsText(NAMES)} AS rows FROM (
         SELECT ${NAMED.join(", ")} FROM machine
         LEFT JOIN shelf ON shelf.machine_id = machine.id
         LEFT JOIN rack ON rack.id = shelf.rack_id
         LEFT JOIN local_boot_choice bios ON bios.machine_id = machine.id AND bios.platform = 'BIOS'
         LEFT JOIN local_boot_choice efi ON efi.machine_id = machine.id AND efi.platform = 'EFI'
         ${which}) machines`,
      parameters,
    );
    return dialect.readRows(found.rows, NAMES) as unknown as Row[];
  }

  /** `ids` are as `rows` say, and not there any more when they say nothing. */
  private replace(ids: readonly number[], rows: readonly Row[]): void {
    for (const id of ids) this.forget(id);
    for (const row of rows) this.remember(row);
    for (const id of ids) if (this.placeOf.get(id) === FORGOTTEN) this.placeOf.delete(id);
  }

  private remember(row: Row): void {
    const [id, hostname, serialNumber, state, locked, platform, ipxeVersion, rack, unitHalfU, bios, efi, ports] = row;
    const entry = new DirectoryEntry(
      id,
      hostname,
      serialNumber,
      STATES.get(state) ?? state,
      locked,
      rack === null ? null : `${rack} U${(unitHalfU ?? 0) / 2}`,
      platform === "efi" ? "EFI" : platform === "pcbios" ? "BIOS" : null,
      once(ipxeVersion),
      onceLocalBoot(bios, efi),
      ports,
    );
    const place = this.free.pop() ?? this.entryAt.length;
    this.entryAt[place] = entry;
    this.placeOf.set(id, place);
    if (isApproved(entry)) this.changesOfApproved++;
    for (const { macAddress, disputed } of readPortList(ports)) this.ports.set(macAddress, place, disputed);
  }

  private forget(id: number): void {
    const place = this.placeOf.get(id);
    const entry = place === undefined ? undefined : this.entryAt[place];
    if (place === undefined || entry === undefined) return;
    // Its key stays until it is known not to come back: in this order stand the lines of the hostsfile, and one that is
    // written in another order makes dnsmasq read it again for nothing.
    this.placeOf.set(id, FORGOTTEN);
    this.entryAt[place] = undefined;
    this.free.push(place);
    if (isApproved(entry)) this.changesOfApproved++;
    // Not one that another machine has by now.
    for (const mac of entry.macAddresses) if (this.ports.get(mac)?.value === place) this.ports.delete(mac);
  }
}

function isApproved({ state, locked }: DirectoryEntry): boolean {
  return state !== "DISCOVERED" || locked;
}
