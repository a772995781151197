import type { Database } from "../db/database.js";
import type { MacAddress } from "../machine/mac-address.js";
import { MACHINE_STATES, type MachineState } from "../machine/machine-state.js";
import type { Log } from "../log.js";
import type { BootPlatform } from "./boot-format.js";
import type { BootMachine } from "./decision.js";
import { DEFAULT_LOCAL_BOOT, type LocalBoot, type LocalBootMethod } from "./local-boot.js";

/** A machine as the boot plane remembers it: one object for all of its ports. */
export interface DirectoryEntry {
  readonly id: number;
  readonly hostname: string | null;
  readonly serialNumber: string | null;
  readonly state: MachineState;
  readonly locked: boolean;
  /** Rack and unit, as a screen shows them. */
  readonly place: string | null;
  readonly platform: BootPlatform | null;
  readonly ipxeVersion: string | null;
  readonly localBoot: LocalBoot;
  readonly macAddresses: readonly MacAddress[];
}

interface Row {
  readonly id: number;
  readonly hostname: string | null;
  readonly serial_number: string | null;
  readonly state: MachineState;
  readonly locked: boolean | number;
  readonly platform: string | null;
  readonly ipxe_version: string | null;
  readonly rack: string | null;
  readonly unit_half_u: number | null;
  readonly bios: LocalBootMethod | null;
  readonly efi: LocalBootMethod | null;
  readonly mac_address: MacAddress;
  readonly disputed: boolean | number;
}

// 20,000 at once are read in the same time, and leave the process 20 MB larger for good.
const PAGE = 2_000;
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

function onceLocalBoot({ bios, efi }: Row): LocalBoot {
  if (!bios && !efi) return DEFAULT_LOCAL_BOOT;
  const localBoot = { BIOS: bios ?? DEFAULT_LOCAL_BOOT.BIOS, EFI: efi ?? DEFAULT_LOCAL_BOOT.EFI };
  const key = `${localBoot.BIOS} ${localBoot.EFI}`;
  if (!LOCAL_BOOTS.has(key)) LOCAL_BOOTS.set(key, localBoot);
  return LOCAL_BOOTS.get(key) ?? localBoot;
}

type Writable<T> = { -readonly [key in keyof T]: T[key] };

/**
 * MAC address → machine, in memory, corrected after every commit and before its answer. It decides everything that is
 * harmless; whoever is armed or installing is looked up in the database again, so a stale line never starts an
 * installer.
 */
export class BootDirectory {
  private readonly byMac = new Map<MacAddress, DirectoryEntry>();
  private changesOfApproved = 0;
  private readonly byId = new Map<number, DirectoryEntry>();
  private readonly disputed = new Set<MacAddress>();
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
    return this.byId.size;
  }

  /** Another number after every change of a machine that was approved or locked: the others stand in no hostsfile. */
  get approvedVersion(): number {
    return this.changesOfApproved;
  }

  /** Called when the directory has read what changed, also when that took a second try. */
  onRefreshed(follower: (ids: readonly number[] | "all") => void): void {
    this.followers.push(follower);
  }

  entries(): Iterable<DirectoryEntry> {
    return this.byId.values();
  }

  entriesOf(ids: Iterable<number>): DirectoryEntry[] {
    return [...ids].map((id) => this.byId.get(id)).filter((entry) => entry !== undefined);
  }

  isDisputed(mac: MacAddress): boolean {
    return this.disputed.has(mac);
  }

  bootMachine(mac: MacAddress): (BootMachine & { readonly id: number }) | undefined {
    const entry = this.byMac.get(mac);
    if (entry === undefined) return undefined;
    const { id, hostname, serialNumber, state, locked, place, localBoot } = entry;
    return { id, hostname, serialNumber, state, locked, place, localBoot, disputed: this.disputed.has(mac) };
  }

  entryOf(mac: MacAddress): DirectoryEntry | undefined {
    return this.byMac.get(mac);
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
    const { dialect } = this.database;
    try {
      if (all) {
        await this.loadAll();
      } else {
        const rows = await this.rows(`machine.id IN ${dialect.integersOf("$1")}`, [JSON.stringify(ids)]);
        for (const id of ids) this.forget(id);
        this.remember(rows);
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
    for (let after = 0; ;) {
      const rows = await this.rows("machine.id IN (SELECT id FROM machine WHERE id > $1 ORDER BY id LIMIT $2)", [
        after,
        PAGE,
      ]);
      if (rows.length === 0) break;
      for (const { id } of rows) {
        found.add(id);
        after = Math.max(after, id);
      }
      for (const id of new Set(rows.map(({ id }) => id))) this.forget(id);
      this.remember(rows);
    }
    for (const id of [...this.byId.keys()]) if (!found.has(id)) this.forget(id);
  }

  private rows(where: string, parameters: unknown[]): Promise<Row[]> {
    return this.database.manager.query(
      `SELECT machine.id, hostname, serial_number, state, locked, machine.platform, ipxe_version, mac_address, disputed,
         rack.name AS rack, unit_half_u, bios.method AS bios, efi.method AS efi
       FROM machine
       LEFT JOIN ethernet_interface ON ethernet_interface.machine_id = machine.id
       LEFT JOIN shelf ON shelf.machine_id = machine.id
       LEFT JOIN rack ON rack.id = shelf.rack_id
       LEFT JOIN local_boot_choice bios ON bios.machine_id = machine.id AND bios.platform = 'BIOS'
       LEFT JOIN local_boot_choice efi ON efi.machine_id = machine.id AND efi.platform = 'EFI'
       WHERE ${where} ORDER BY machine.id, ethernet_interface.id`,
      parameters,
    );
  }

  private remember(rows: readonly Row[]): void {
    for (const row of rows) {
      let entry: Writable<DirectoryEntry> | undefined = this.byId.get(row.id);
      if (entry === undefined) {
        const { id, hostname, serial_number: serialNumber } = row;
        const state = STATES.get(row.state) ?? row.state;
        const locked = Boolean(row.locked);
        const place = row.rack == null ? null : `${row.rack} U${(row.unit_half_u ?? 0) / 2}`;
        const platform = row.platform === "efi" ? "EFI" : row.platform === "pcbios" ? "BIOS" : null;
        const ipxeVersion = once(row.ipxe_version);
        const localBoot = onceLocalBoot(row);
        const booting = { place, platform, ipxeVersion, localBoot } as const;
        entry = { id, hostname, serialNumber, state, locked, ...booting, macAddresses: [] };
        this.byId.set(id, entry);
        if (isApproved(entry)) this.changesOfApproved++;
      }
      if (row.mac_address === null) continue;
      entry.macAddresses = [...entry.macAddresses, row.mac_address]; // push would make room for 17
      this.byMac.set(row.mac_address, entry);
      if (row.disputed) this.disputed.add(row.mac_address);
      else this.disputed.delete(row.mac_address);
    }
  }

  private forget(id: number): void {
    const entry = this.byId.get(id);
    if (entry === undefined) return;
    this.byId.delete(id);
    if (isApproved(entry)) this.changesOfApproved++;
    for (const mac of entry.macAddresses) {
      if (this.byMac.get(mac) === entry) this.byMac.delete(mac);
    }
  }
}

function isApproved({ state, locked }: DirectoryEntry): boolean {
  return state !== "DISCOVERED" || locked;
}
