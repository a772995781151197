import { In, IsNull, type EntityManager } from "typeorm";
import type { Transaction } from "../db/database.js";
import { dialectOf } from "../db/dialect.js";
import { EntityTable } from "../db/entity-table.js";
import { Statement, type Reading } from "../db/statement.js";
import { Conflict, InvalidInput, NotFound, Refusals, type CallerError } from "../errors.js";
import { Conflict as IdentityConflict } from "./conflict.entity.js";
import { parseHostname } from "./hostname.js";
import { readMacAddress, type MacAddress } from "./mac-address.js";
import { conflictKind } from "./conflict.kind.js";
import { EthernetInterface, Machine } from "./machine.entity.js";
import { machineKind } from "./machine.kind.js";
import { holdersOf, lockNames, nameMachines } from "./machine-names.store.js";

export const MACHINE_KEY = "an id, a MAC address, a host name or a serial number";

/** One transaction locks no more. */
const MAX_KEYS = 1_000;

/**
 * The machines that `keys` name, in their order: a global id, a MAC address, a host name or a serial number, tried in
 * this order. A serial number that two machines hold names neither.
 *
 * @throws Refusals for every key that names no machine, or more than one
 */
export async function machinesByKey(manager: EntityManager, keys: readonly string[]): Promise<Machine[]> {
  const statement = new Statement(dialectOf(manager));
  const [tuples = []] = await statement.together(manager, machinesReading(statement, keys));
  return machinesAmong(keys, tuples);
}

/** For a statement that reads more than the machines. @throws as `machinesByKey` */
export function machinesAmong(keys: readonly string[], tuples: readonly unknown[][]): Machine[] {
  const found = tuples.map(readNamed);
  const ids = keys.map(machineIdOf);
  const macs = keys.map(readMacAddress);
  const refused: CallerError[] = [];
  const seen = new Set<Machine>();
  const machines = keys.map((key, index) => {
    const field = ["machines", String(index)];
    const [mac, id] = [macs[index], ids[index]];
    const bySelf = found.filter((each) => each.machine.id === id || (mac !== undefined && each.macs.includes(mac)));
    const byName = found.filter(({ machine: { hostname } }) => hostname === key.toLowerCase());
    const bySerial = found.filter(({ machine: { serialNumber } }) => serialNumber === key);
    const matches = ([bySelf, byName, bySerial].find((some) => some.length > 0) ?? []).map(({ machine }) => machine);
    const [machine] = matches;
    if (machine === undefined) {
      refused.push(new NotFound(`no machine ${JSON.stringify(key)}; write ${MACHINE_KEY}`, field));
    } else if (matches.length > 1) {
      const which = matches.map((each) => `Machine:${each.id}`).join(" and ");
      refused.push(new Conflict(`${key} is the serial number of ${which}; write the id`, field));
    } else if (seen.has(machine)) {
      refused.push(new InvalidInput(`${key} is Machine:${machine.id}, which the list names already`, field));
    }
    if (machine !== undefined) seen.add(machine);
    return machine;
  });
  if (refused.length > 0) throw new Refusals(refused);
  return machines.filter((machine) => machine !== undefined);
}

/** The one machine that `key` names. @throws NotFound, Conflict when two machines share that serial number */
export async function machineByKey(manager: EntityManager, key: string): Promise<Machine> {
  const statement = new Statement(dialectOf(manager));
  const [tuples = []] = await statement.together(manager, machinesReading(statement, [key]));
  return machineAmong(key, tuples);
}

/** For a statement that reads more than the machine. @throws as `machineByKey` */
export function machineAmong(key: string, tuples: readonly unknown[][]): Machine {
  try {
    const [machine] = machinesAmong([key], tuples);
    return machine as Machine;
  } catch (error) {
    const refused = error instanceof Refusals ? error.errors[0] : undefined;
    if (refused instanceof NotFound) throw new NotFound(refused.message, ["machine"]);
    if (refused instanceof Conflict) throw new Conflict(refused.message, ["machine"]);
    throw error;
  }
}

/** SQL that is true for a row `wanted` that any of the keys may mean; which of them does, `machinesByKey` says. */
export function isNamed(statement: Statement, keys: readonly string[]): string {
  const ids = keys.map(machineIdOf).filter((id) => id !== undefined);
  const hostnames = keys.map((key) => key.toLowerCase());
  // SQLite looks no alternative up in its index where one of them is FALSE.
  const conditions = [
    ...(ids.length === 0 ? [] : [statement.isAmong("wanted.id", ids)]),
    statement.isAmong("wanted.hostname", hostnames),
    statement.isAmong("wanted.serial_number", keys),
  ];
  const macs = macsOf(keys);
  if (macs.length > 0) {
    const isPort = statement.isAmong("named.mac_address", macs);
    conditions.push(`wanted.id IN (SELECT named.machine_id FROM ethernet_interface named WHERE ${isPort})`);
  }
  return `(${conditions.join(" OR ")})`;
}

/** @throws InvalidInput when there are too many */
export function machinesReading(statement: Statement, keys: readonly string[]): Reading {
  if (keys.length > MAX_KEYS) {
    throw new InvalidInput(`${keys.length} machines at once; name ${MAX_KEYS} at most`, ["machines"]);
  }
  const table = EntityTable.of(Machine);
  const macs = macsOf(keys);
  const named =
    macs.length === 0
      ? "NULL"
      : `(SELECT string_agg(port.mac_address, ' ') FROM ethernet_interface port
          WHERE port.machine_id = wanted.id AND ${statement.isAmong("port.mac_address", macs)})`;
  const text = `SELECT ${table.selection("wanted")}, ${named} AS named_macs FROM machine wanted
    WHERE ${isNamed(statement, keys)} ORDER BY wanted.id`;
  return table.reading(text, { named_macs: "text" });
}

function macsOf(keys: readonly string[]): MacAddress[] {
  return keys.map(readMacAddress).filter((mac) => mac !== undefined);
}

interface Named {
  readonly machine: Machine;
  /** Those of its ports that the keys name. */
  readonly macs: readonly string[];
}

function readNamed(values: readonly unknown[]): Named {
  const { entity, rest } = EntityTable.of(Machine).read(values);
  return { machine: entity, macs: (rest[0] as string | null)?.split(" ") ?? [] };
}

function machineIdOf(key: string): number | undefined {
  const match = /^Machine:([0-9]{1,9})$/.exec(key);
  return match === null ? undefined : Number(match[1]);
}

/** @throws InvalidInput for a name that DNS or dnsmasq would not take, Conflict when another machine has it */
export async function renameMachine(
  { manager, changes, touch }: Transaction,
  machine: Machine,
  name: string,
): Promise<Machine> {
  const hostname = parseHostname(name);
  await lockNames(manager);
  const holder = (await holdersOf(manager, [hostname])).get(hostname);
  if (holder !== undefined && holder !== machine.globalId) {
    throw new Conflict(`${hostname} is the name of ${holder} already`, ["hostname"]);
  }
  await changes.watch(machineKind, [machine.id]);
  machine.hostname = hostname;
  await manager.update(Machine, { id: machine.id }, { hostname });
  touch([machine.id]);
  return machine;
}

/**
 * What approval gives a machine besides its state: a host name, when nobody chose one, and trust in the ports that
 * claimed to be its own.
 */
export async function settleApproved(
  transaction: Transaction,
  machines: readonly Machine[],
  by: string,
  now: Date,
  nameRule?: string,
): Promise<void> {
  const { manager, changes } = transaction;
  const ids = machines.map(({ id }) => id);
  await changes.watch(machineKind, ids);
  await nameMachines(transaction, machines, nameRule);
  const claims = await manager.findBy(IdentityConflict, {
    machineId: In(ids),
    kind: "NEW_INTERFACE",
    resolvedAt: IsNull(),
  });
  await changes.watch(
    conflictKind,
    claims.map(({ id }) => id),
  );
  await manager.update(IdentityConflict, { id: In(claims.map(({ id }) => id)) }, { resolvedAt: now, resolvedBy: by });
  const claimed = claims.map(({ macAddress }) => macAddress);
  const open = await manager.findBy(IdentityConflict, { macAddress: In(claimed), resolvedAt: IsNull() });
  const settled = claimed.filter((mac) => !open.some(({ macAddress }) => macAddress === mac));
  await manager.update(EthernetInterface, { machineId: In(ids), macAddress: In(settled) }, { disputed: false });
}
