import { In, IsNull, type EntityManager } from "typeorm";
import type { Transaction } from "../db/database.js";
import { dialectOf } from "../db/dialect.js";
import { EntityTable } from "../db/entity-table.js";
import { Statement } from "../db/statement.js";
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
  if (keys.length > MAX_KEYS) {
    throw new InvalidInput(`${keys.length} machines at once; name ${MAX_KEYS} at most`, ["machines"]);
  }
  const ids = keys.map(machineIdOf);
  const macs = keys.map(readMacAddress);
  const ownerOf = await ownersOf(
    manager,
    macs.filter((mac) => mac !== undefined),
  );
  const found = await candidates(manager, [...ids.filter((id) => id !== undefined), ...ownerOf.values()], keys);
  const refused: CallerError[] = [];
  const seen = new Set<Machine>();
  const machines = keys.map((key, index) => {
    const field = ["machines", String(index)];
    const mac = macs[index];
    const id = ids[index] ?? (mac === undefined ? undefined : ownerOf.get(mac));
    const byName = found.filter(({ hostname }) => hostname === key.toLowerCase());
    const bySerial = found.filter(({ serialNumber }) => serialNumber === key);
    const matches = [found.filter((each) => each.id === id), byName, bySerial].find((some) => some.length > 0) ?? [];
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
  try {
    const [machine] = await machinesByKey(manager, [key]);
    return machine as Machine;
  } catch (error) {
    const refused = error instanceof Refusals ? error.errors[0] : undefined;
    if (refused instanceof NotFound) throw new NotFound(refused.message, ["machine"]);
    if (refused instanceof Conflict) throw new Conflict(refused.message, ["machine"]);
    throw error;
  }
}

async function ownersOf(manager: EntityManager, macs: readonly MacAddress[]): Promise<Map<MacAddress, number>> {
  if (macs.length === 0) return new Map();
  const statement = new Statement(dialectOf(manager));
  const text = `SELECT mac_address, machine_id FROM ethernet_interface WHERE ${statement.isAmong("mac_address", macs)}`;
  const rows = await statement.rows(manager, text);
  return new Map(rows.map((row) => [row.mac_address as MacAddress, row.machine_id as number]));
}

async function candidates(manager: EntityManager, ids: readonly number[], keys: readonly string[]): Promise<Machine[]> {
  const statement = new Statement(dialectOf(manager));
  const table = EntityTable.of(Machine);
  const hostnames = keys.map((key) => key.toLowerCase());
  const conditions = [
    statement.isAmong("wanted.id", ids),
    statement.isAmong("wanted.hostname", hostnames),
    statement.isAmong("wanted.serial_number", keys),
  ];
  const text = `SELECT ${table.selection("wanted")} FROM machine wanted WHERE ${conditions.join(" OR ")} ORDER BY id`;
  return (await table.select(manager, statement, text)).map(({ entity }) => entity);
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
