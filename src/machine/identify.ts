import type { InventoryReport } from "./inventory-request.js";
import type { MacAddress } from "./mac-address.js";
import type { MachineState } from "./machine-state.js";
import { isPlaceholder } from "./placeholder.js";

export const CONFLICT_KINDS = ["MOVED_CARD", "SWAPPED_BOARD", "TWIN_SERIAL", "NEW_INTERFACE", "PLAN_MISMATCH"] as const;
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
  /** False when it is not certain whose report this is: then its facts are written to nobody. */
  readonly learns: boolean;
  /** Ports that nobody had; a disputed one boots no installer until a person has decided. */
  readonly newInterfaces: ReadonlyArray<{ readonly macAddress: MacAddress; readonly disputed: boolean }>;
  /** Known ports that may be another machine's than the records say. They stay where they are, disputed. */
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
const POINTS = { mac: 100, serialNumber: 60, uuid: 55, boardSerialNumber: 30, assetTag: 20 } as const;
const THRESHOLD = 50;
// A MAC address with a serial number or a UUID outweighs a MAC address; none of the three alone outweighs another.
const MARGIN = 55;
// No server has more; more is a vendor's default serial number that collects machines, one port of each.
const MAX_PORTS = 32;

/**
 * Which machine is it? A score over keys, with `candidates` being every machine that shares one with the report.
 * Placeholders and keys that two machines hold count for nothing, and no contradiction overwrites anything.
 */
export function identify(report: InventoryReport, candidates: readonly KnownMachine[]): Identification {
  const owners = new Map<MacAddress, KnownMachine>();
  for (const machine of candidates) for (const { macAddress } of machine.interfaces) owners.set(macAddress, machine);

  const ranked = candidates
    .map((machine) => ({ machine, score: score(report, machine, candidates, owners) }))
    .filter(({ score }) => score >= THRESHOLD)
    .sort((a, b) => b.score - a.score || a.machine.id - b.machine.id);
  const [first, second] = ranked;
  const machine = first?.machine;
  const rivals = ranked.slice(1).map((each) => each.machine);
  const uncertain = first !== undefined && second !== undefined && first.score - second.score < MARGIN;

  const twin = machine === undefined ? serialTwin(report, candidates) : undefined;
  const foreign = report.macAddresses.filter((mac) => owners.has(mac) && owners.get(mac) !== machine);
  const own = report.macAddresses.filter((mac) => owners.has(mac) && owners.get(mac) === machine);
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
        `(${contradiction(report, twin, owners)}); from now on it counts for nothing on either`,
    });
  }
  // Another key of the report names a second machine: a twin, a cloned UUID, a card that moved. When nobody can tell
  // which of them it is, the installer of the one must not start on the other: every port of the report waits.
  for (const holder of rivals) {
    if (!uncertain && conflicts.some((conflict) => conflict.holder === holder)) continue;
    for (const macAddress of uncertain ? [...own, ...unowned] : [report.macAddress]) {
      conflicts.push({
        kind: "MOVED_CARD",
        holder,
        macAddress,
        detail: `keys of one report belong to two machines: Machine:${machine?.id} and Machine:${holder.id}`,
      });
    }
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
    learns: rivals.length === 0 && vouchedFor,
    newInterfaces: unowned.map((macAddress) => ({ macAddress, disputed: uncertain || !vouchedFor })),
    disputed: uncertain ? [...own, ...foreign] : foreign,
    conflicts,
  };
}

type Owners = ReadonlyMap<MacAddress, KnownMachine>;

function score(
  report: InventoryReport,
  machine: KnownMachine,
  candidates: readonly KnownMachine[],
  owners: Owners,
): number {
  const unique = (matches: (machine: KnownMachine) => boolean) =>
    matches(machine) && candidates.filter(matches).length === 1;
  const serialPoints = unique((m) => sameSerial(report, m)) ? POINTS.serialNumber : 0;
  let points = serialPoints;
  if (machine.interfaces.some(({ macAddress }) => report.macAddresses.includes(macAddress))) {
    // The card may have moved: a real serial number outweighs it, and where there is none, a UUID outweighs a card
    // that did not ask itself. (Some management controllers show every host the same USB port.)
    if (otherSerial(report, machine)) return 0;
    if (serialPoints === 0 && otherUuid(report, machine) && owners.get(report.macAddress) !== machine) return 0;
    points += POINTS.mac;
  } else if (contradiction(report, machine, owners) !== undefined) return 0;
  if (unique((m) => sameUuid(real(report.uuid), real(m.uuid)))) points += POINTS.uuid;
  if (unique((m) => same(real(report.boardSerialNumber), real(m.boardSerialNumber))))
    points += POINTS.boardSerialNumber;
  if (unique((m) => same(real(report.assetTag), real(m.assetTag)))) points += POINTS.assetTag;
  return points;
}

/** Why a report that shares no MAC address with `machine` is not its own, in words; undefined when nothing says so. */
function contradiction(report: InventoryReport, machine: KnownMachine, owners: Owners): string | undefined {
  if (otherSerial(report, machine)) return "another serial number";
  if (otherUuid(report, machine)) return `UUID ${report.uuid} is not ${machine.uuid}`;
  if (machine.interfaces.length === 0) return undefined;
  if (listsWholeMachine(report, machine, owners)) return "none of its ports is the same";
  if (machine.interfaces.length >= MAX_PORTS) return `that one has ${machine.interfaces.length} ports already`;
  return undefined;
}

/**
 * Is a list that lacks every port of `machine` the list of another machine? One of several ports is. undionly.kpxe and
 * snponly.efi list only the port they were loaded through: that is another port of the same machine when both the
 * serial number and the UUID say so, and when the port is known already, its owner has to be told apart otherwise.
 */
function listsWholeMachine(report: InventoryReport, machine: KnownMachine, owners: Owners): boolean {
  if (!report.listsAllPorts) return false;
  if (report.macAddresses.length > 1) return true;
  const sameBoard = sameSerial(report, machine) && sameUuid(real(report.uuid), real(machine.uuid));
  return !sameBoard && !owners.has(report.macAddress);
}

function otherSerial(report: InventoryReport, machine: KnownMachine): boolean {
  const [told, known] = [real(report.serialNumber), real(machine.serialNumber)];
  return told !== undefined && known !== undefined && told !== known;
}

function otherUuid(report: InventoryReport, machine: KnownMachine): boolean {
  const [told, known] = [real(report.uuid), real(machine.uuid)];
  return told !== undefined && known !== undefined && !sameUuid(told, known);
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
  const octet = (at: number) => uuid.slice(at, at + 2);
  const [a, b, c] = [octet(6) + octet(4) + octet(2) + octet(0), octet(11) + octet(9), octet(16) + octet(14)];
  return `${a}-${b}-${c}${uuid.slice(18)}`;
}
