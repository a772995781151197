import { byteSwapped, identify, type FoundConflict, type Identification, type KnownMachine } from "./identify.js";
import type { InventoryReport } from "./inventory-request.js";
import type { MacAddress } from "./mac-address.js";
import { isPlaceholder, newerText } from "./placeholder.js";

/** What became of one report. */
export interface Registration {
  readonly machineId: number;
  /** For the log: `new`, `known`, `known, new port …`, `conflict MOVED_CARD with Machine:3`. */
  readonly decided: string;
  /** Has anything just told where it is? */
  readonly isSighted: boolean;
}

/** A machine while a batch is being worked on: later reports of the batch see what earlier ones made of it. */
export interface WorkingMachine extends KnownMachine {
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
  /** Has a report told something that the records do not hold? */
  hasLearned: boolean;
}

export interface Candidates {
  readonly machines: Iterable<WorkingMachine>;
  /** Keys of the reports that so many machines hold that none of them was read because of it. */
  readonly tooShared: ReadonlySet<string>;
  /** Those of the reports' addresses of which evidence was kept before: where a switch saw them. */
  readonly sighted: ReadonlySet<MacAddress>;
}

// A key that more machines hold counts for nothing, so its ten thousand holders need not be read.
export const MAX_HOLDERS = 2;

/**
 * A batch of reports in memory, one after the other, as if each had been committed before the next. Knows no SQL: what
 * there is to save stands in its fields.
 */
export class RegistrationBatch {
  private readonly byKey = new Map<string, Set<WorkingMachine>>();
  private readonly keys = new Map<WorkingMachine, readonly string[]>();
  private readonly tooShared: ReadonlySet<string>;
  private readonly sighted: ReadonlySet<MacAddress>;
  readonly seen = new Set<WorkingMachine>();
  readonly added: Array<{ machine_id: number; mac_address: MacAddress; disputed: boolean }> = [];
  readonly disputed = new Set<MacAddress>();
  readonly conflicts = new Map<string, FoundConflict & { readonly other: WorkingMachine; count: number }>();
  readonly sightings = new Map<number, NonNullable<InventoryReport["lldp"]>>();
  readonly touched = new Set<number>();

  constructor({ machines, tooShared, sighted }: Candidates) {
    this.tooShared = tooShared;
    this.sighted = sighted;
    for (const machine of machines) this.index(machine);
  }

  register(report: InventoryReport, idIfNew: number): Registration {
    const { telling, keys } = this.telling(report);
    const candidates = new Set<WorkingMachine>();
    for (const key of keys) for (const machine of this.byKey.get(key) ?? []) candidates.add(machine);
    const found = identify(telling, [...candidates]);
    const machine = (found.machine as WorkingMachine | undefined) ?? newMachine(idIfNew);
    const hasLearned = found.learns && learn(machine, report, telling);
    this.seen.add(machine);
    this.apply(found, machine);
    if (found.learns && report.lldp !== undefined) this.sightings.set(machine.id, report.lldp);
    if (hasLearned || found.newInterfaces.length > 0) this.index(machine);
    const isSighted =
      report.lldp !== undefined || found.newInterfaces.some((port) => this.sighted.has(port.macAddress));
    return { machineId: machine.id, decided: inWords(found, machine), isSighted };
  }

  /** New ports that switches spoke of before a machine showed them. */
  get addedAndSighted() {
    return this.added.filter((port) => this.sighted.has(port.mac_address));
  }

  /** The report without the keys that so many machines hold that they tell nothing, and the keys that are left. */
  private telling(report: InventoryReport): { telling: InventoryReport; keys: readonly string[] } {
    const isTooShared = (key: string) => this.tooShared.has(key) || (this.byKey.get(key)?.size ?? 0) > MAX_HOLDERS;
    const keys: string[] = [...report.macAddresses];
    const silent: Partial<Record<KeyKind, undefined>> = {};
    for (const kind of KEY_KINDS) {
      const ofKind = keysOfKind(kind, report[kind]);
      if (ofKind.some(isTooShared)) silent[kind] = undefined;
      else keys.push(...ofKind);
    }
    return { telling: Object.keys(silent).length === 0 ? report : { ...report, ...silent }, keys };
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

export const KEY_KINDS = ["serialNumber", "uuid", "boardSerialNumber", "assetTag"] as const;
export type KeyKind = (typeof KEY_KINDS)[number];
type Fact = KeyKind | "manufacturer" | "product" | "platform" | "buildArch" | "ipxeVersion";

function keysOf(
  facts: { readonly macAddresses: readonly MacAddress[] } & { readonly [kind in KeyKind]?: string | null },
): string[] {
  const keys: string[] = [...facts.macAddresses];
  for (const kind of KEY_KINDS) keys.push(...keysOfKind(kind, facts[kind]));
  return keys;
}

export function keysOfKind(kind: KeyKind, value: string | null | undefined): string[] {
  return spellingsOf(kind, value).map((spelling) => `${kind} ${spelling}`);
}

/** `value` as a machine that has it may be recorded with it; nothing when it names no machine. */
export function spellingsOf(kind: KeyKind, value: string | null | undefined): readonly string[] {
  if (value === null || value === undefined || isPlaceholder(value)) return [];
  return kind === "uuid" ? [value, byteSwapped(value)] : [value];
}

/**
 * Keeps what is known when the report is silent, or names what names no machine; never forgets.
 * @returns whether anything was new
 */
function learn(machine: WorkingMachine, report: InventoryReport, telling: InventoryReport): boolean {
  let learned = false;
  const set = (fact: Fact, told: string | null | undefined) => {
    if (told === undefined || told === machine[fact]) return;
    machine[fact] = told;
    learned = true;
  };
  for (const kind of KEY_KINDS) {
    set(kind, newerText(telling[kind] ?? (machine[kind] === null ? report[kind] : undefined), machine[kind]));
  }
  set("manufacturer", newerText(report.manufacturer, machine.manufacturer));
  set("product", newerText(report.product, machine.product));
  set("platform", report.platform);
  set("buildArch", report.buildArch);
  set("ipxeVersion", report.ipxeVersion);
  machine.hasLearned ||= learned;
  return learned;
}

function newMachine(id: number): WorkingMachine {
  return {
    id,
    isNew: true,
    hasLearned: false,
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
