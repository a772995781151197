import type { InventoryReport } from "./inventory-request.js";
import type { MacAddress } from "./mac-address.js";
import type { MachineState } from "./machine-state.js";
import { isPlaceholder } from "./placeholder.js";

export const CONFLICT_KINDS = ["MOVED_CARD", "SWAPPED_BOARD", "TWIN_SERIAL", "NEW_INTERFACE"] as const;
export type ConflictKind = (typeof CONFLICT_KINDS)[number];

/** A machine in the records that shares a key with the report. */
export interface KnownMachine {
  readonly id: number;
  readonly serialNumber: string | null;
  readonly manufacturer: string | null;
  readonly uuid: string | null;
  readonly boardSerialNumber: string | null;
  readonly assetTag: string | null;
  readonly state: MachineState;
  readonly interfaces: ReadonlyArray<{ readonly macAddress: MacAddress; readonly disputed: boolean }>;
}

export interface Identification {
  /** Whose report this is; undefined: a machine nobody has met. */
  readonly machine: KnownMachine | undefined;
  /** False when the report's keys belong to two machines: then its facts are written to neither. */
  readonly learns: boolean;
  /** Ports that nobody had; a disputed one boots no installer until a person has decided. */
  readonly newInterfaces: ReadonlyArray<{ readonly macAddress: MacAddress; readonly disputed: boolean }>;
  /** Known ports of other machines that this report claims. They stay where they are, disputed. */
  readonly disputed: readonly MacAddress[];
  readonly conflicts: readonly FoundConflict[];
}

export interface FoundConflict {
  readonly kind: ConflictKind;
  /** The machine that was there first; the other party is the machine of the report. */
  readonly holder: KnownMachine;
  readonly macAddress: MacAddress;
  readonly detail: string;
}

// A MAC is burnt into a card and a serial number into firmware; boards and tags are weaker, and no single one of those
// two is enough. Adding them up lets a board serial and an asset tag together stand for a lost serial number.
const POINTS = { mac: 100, serialNumber: 60, uuid: 50, boardSerialNumber: 30, assetTag: 20 } as const;
const THRESHOLD = 50;

/**
 * Which machine is it? A score over keys, with `candidates` being every machine that shares one with the report.
 * Placeholders and keys that two machines hold count for nothing, and no contradiction overwrites anything.
 */
export function identify(report: InventoryReport, candidates: readonly KnownMachine[]): Identification {
  const owners = new Map<MacAddress, KnownMachine>();
  for (const machine of candidates) for (const { macAddress } of machine.interfaces) owners.set(macAddress, machine);

  const ranked = candidates
    .map((machine) => ({ machine, score: score(report, machine, candidates) }))
    .filter(({ score }) => score >= THRESHOLD)
    .sort((a, b) => b.score - a.score || a.machine.id - b.machine.id);
  const machine = ranked[0]?.machine;

  const twin = machine === undefined ? serialTwin(report, candidates) : undefined;
  const foreign = report.macAddresses.filter((mac) => owners.has(mac) && owners.get(mac) !== machine);
  const unowned = report.macAddresses.filter((mac) => !owners.has(mac));
  const vouchedFor =
    machine === undefined ||
    machine.state === "DISCOVERED" ||
    machine.interfaces.some(({ macAddress, disputed }) => !disputed && report.macAddresses.includes(macAddress));

  const conflicts: FoundConflict[] = foreign.map((macAddress) => {
    const holder = owners.get(macAddress) as KnownMachine;
    return { holder, macAddress, ...movedOrSwapped(report, macAddress, holder, machine) };
  });
  if (twin !== undefined) {
    conflicts.push({
      kind: "TWIN_SERIAL",
      holder: twin,
      macAddress: report.macAddress,
      detail:
        `serial number ${report.serialNumber} of Machine:${twin.id} came from another machine ` +
        `(${contradiction(report, twin)}); from now on it counts for nothing on either`,
    });
  }
  // Another key of the report names a second machine: a twin, a cloned UUID, a tag stuck on twice.
  for (const { machine: other } of ranked.slice(1)) {
    if (conflicts.some(({ holder }) => holder === other)) continue;
    conflicts.push({
      kind: "TWIN_SERIAL",
      holder: other,
      macAddress: report.macAddress,
      detail: `keys of one report belong to two machines: Machine:${machine?.id} and Machine:${other.id}`,
    });
  }
  if (!vouchedFor && machine !== undefined) {
    for (const macAddress of unowned) {
      conflicts.push({
        kind: "NEW_INTERFACE",
        holder: machine,
        macAddress,
        detail: `${macAddress} says it is Machine:${machine.id}, which was approved without that port`,
      });
    }
  }
  return {
    machine,
    learns: ranked.length <= 1,
    newInterfaces: unowned.map((macAddress) => ({ macAddress, disputed: !vouchedFor })),
    disputed: foreign,
    conflicts,
  };
}

function score(report: InventoryReport, machine: KnownMachine, candidates: readonly KnownMachine[]): number {
  const serial = real(report.serialNumber);
  const ownSerial = real(machine.serialNumber);
  const sharesMac = machine.interfaces.some(({ macAddress }) => report.macAddresses.includes(macAddress));
  if (sharesMac) {
    // The card may have moved: a real serial number outweighs it.
    if (serial !== undefined && ownSerial !== undefined && !same(serial, ownSerial)) return 0;
    const serialPoints = serial !== undefined && ownSerial !== undefined ? POINTS.serialNumber : 0;
    return POINTS.mac + serialPoints;
  }
  if (contradiction(report, machine) !== undefined) return 0;
  const unique = (matches: (machine: KnownMachine) => boolean) =>
    matches(machine) && candidates.filter(matches).length === 1;
  let points = 0;
  if (unique((m) => sameSerial(report, m))) points += POINTS.serialNumber;
  if (unique((m) => sameUuid(real(report.uuid), real(m.uuid)))) points += POINTS.uuid;
  if (unique((m) => same(real(report.boardSerialNumber), real(m.boardSerialNumber))))
    points += POINTS.boardSerialNumber;
  if (unique((m) => same(real(report.assetTag), real(m.assetTag)))) points += POINTS.assetTag;
  return points;
}

/** Why a report that shares no MAC address with `machine` is not its own, in words; undefined when nothing says so. */
function contradiction(report: InventoryReport, machine: KnownMachine): string | undefined {
  const serial = real(report.serialNumber);
  const ownSerial = real(machine.serialNumber);
  if (serial !== undefined && ownSerial !== undefined && !same(serial, ownSerial)) return "another serial number";
  const uuid = real(report.uuid);
  const ownUuid = real(machine.uuid);
  if (uuid !== undefined && ownUuid !== undefined && !sameUuid(uuid, ownUuid)) return `UUID ${uuid} is not ${ownUuid}`;
  const sharesNone = !machine.interfaces.some(({ macAddress }) => report.macAddresses.includes(macAddress));
  // A list of all ports that lacks every port the machine booted from before was written by another machine.
  if (report.listsAllPorts && machine.interfaces.length > 0 && sharesNone) return "none of its ports is the same";
  return undefined;
}

function serialTwin(report: InventoryReport, candidates: readonly KnownMachine[]): KnownMachine | undefined {
  const holders = candidates.filter((machine) => sameSerial(report, machine));
  // Two holders mean that it was recorded when the second came: a hundredth board with that "serial" is no news.
  return holders.length === 1 ? holders[0] : undefined;
}

function movedOrSwapped(
  report: InventoryReport,
  macAddress: MacAddress,
  holder: KnownMachine,
  machine: KnownMachine | undefined,
): { kind: ConflictKind; detail: string } {
  const serial = real(report.serialNumber) ?? "unknown";
  return machine === undefined
    ? {
        kind: "SWAPPED_BOARD",
        detail:
          `${macAddress} belongs to Machine:${holder.id} (serial number ${holder.serialNumber ?? "unknown"}) ` +
          `but came with serial number ${serial}, which nobody had`,
      }
    : {
        kind: "MOVED_CARD",
        detail:
          `${macAddress} belongs to Machine:${holder.id} (serial number ${holder.serialNumber ?? "unknown"}) ` +
          `but was reported by Machine:${machine.id} (serial number ${serial})`,
      };
}

function real(text: string | null | undefined): string | undefined {
  return text === null || text === undefined || isPlaceholder(text) ? undefined : text;
}

function same(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && a === b;
}

function sameSerial(report: InventoryReport, machine: KnownMachine): boolean {
  const makers = [report.manufacturer ?? "", machine.manufacturer ?? ""].map((text) => text.toLowerCase());
  return makers[0] === makers[1] && same(real(report.serialNumber), real(machine.serialNumber));
}

function sameUuid(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && (a === b || a === byteSwapped(b));
}

/** SMBIOS 2.6 changed the byte order of a UUID's first three fields, and not every program followed. */
export function byteSwapped(uuid: string): string {
  const swap = (hex: string) => hex.replace(/(..)/g, "$1 ").trim().split(" ").reverse().join("");
  const [a = "", b = "", c = "", ...rest] = uuid.split("-");
  return [swap(a), swap(b), swap(c), ...rest].join("-");
}
