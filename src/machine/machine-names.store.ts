import { In, type EntityManager } from "typeorm";
import type { Transaction } from "../db/database.js";
import { dialectOf } from "../db/dialect.js";
import { Statement } from "../db/statement.js";
import { CallerError, Conflict, Refusals } from "../errors.js";
import { hostnameCandidates } from "./hostname.js";
import { machineName } from "./machine-name.js";
import { EthernetInterface, Machine } from "./machine.entity.js";
import { machineKind } from "./machine.kind.js";
import { nameByRule, type NameFacts } from "./name-rule.js";

/**
 * Gives those of `machines` a host name that have none: by the rule, or else what comes of serial number and ports. One
 * transaction at a time, so that two approvals never choose the same.
 *
 * @throws Refusals naming each machine that the rule makes no name of, or one that another machine has
 */
export async function nameMachines(
  { manager, changes }: Transaction,
  machines: readonly Machine[],
  rule: string | undefined,
): Promise<void> {
  const unnamed = machines.filter(({ hostname }) => hostname === null);
  if (unnamed.length === 0) return;
  await lockNames(manager);
  await changes.watch(
    machineKind,
    unnamed.map(({ id }) => id),
  );
  const names = rule === undefined ? await namesOfTheirOwn(manager, unnamed) : await byRule(manager, machines, rule);
  for (const [machine, hostname] of names) {
    machine.hostname = hostname;
    await manager.update(Machine, { id: machine.id }, { hostname });
  }
}

async function namesOfTheirOwn(
  manager: EntityManager,
  machines: readonly Machine[],
): Promise<Map<Machine, string | null>> {
  const where = { machineId: In(machines.map(({ id }) => id)) };
  const ports = await manager.find(EthernetInterface, { where, order: { id: "ASC" } });
  const candidates = machines.map((machine) => {
    const own = ports.filter(({ machineId }) => machineId === machine.id);
    return hostnameCandidates({ ...machine, macAddresses: own.map(({ macAddress }) => macAddress) });
  });
  const taken = new Set<string | null>((await holdersOf(manager, candidates.flat())).keys());
  return new Map(
    machines.map((machine, i) => {
      const name = candidates[i]?.find((each) => !taken.has(each)) ?? null;
      taken.add(name);
      return [machine, name];
    }),
  );
}

async function byRule(
  manager: EntityManager,
  machines: readonly Machine[],
  rule: string,
): Promise<Map<Machine, string>> {
  const facts = await factsOf(manager, machines);
  const given = new Map<string, Machine>();
  const refused: CallerError[] = [];
  for (const [index, machine] of machines.entries()) {
    if (machine.hostname !== null) continue;
    try {
      const pattern = nameByRule(rule, facts(machine));
      const name = "name" in pattern ? pattern.name : await firstFree(manager, pattern, given);
      const before = given.get(name);
      const holder = (await holdersOf(manager, [name])).get(name) ?? (before && `Machine:${before.id}`);
      if (holder !== undefined) throw new Conflict(`the rule for names makes it ${name}, which is ${holder} already`);
      given.set(name, machine);
    } catch (error) {
      if (!(error instanceof CallerError)) throw error;
      refused.push(new Conflict(`${machineName(machine)}: ${error.message}`, ["machines", String(index)]));
    }
  }
  if (refused.length > 0) throw new Refusals(refused);
  return new Map([...given].map(([name, machine]) => [machine, name]));
}

async function firstFree(
  manager: EntityManager,
  { before, after, width }: { readonly before: string; readonly after: string; readonly width: number },
  given: ReadonlyMap<string, Machine>,
): Promise<string> {
  // Names sort by bytes, and ~ comes after everything that a name may hold.
  const rows = await manager.query<Array<{ hostname: string }>>(
    `SELECT hostname FROM (${NAMES}) AS names WHERE hostname >= $1 AND hostname < $2`,
    [before, `${before}~`],
  );
  const taken = new Set(rows.map(({ hostname }) => hostname));
  for (let number = 1; ; number++) {
    const name = `${before}${String(number).padStart(width, "0")}${after}`;
    if (!taken.has(name) && !given.has(name)) return name;
  }
}

// Plain SQL over the plans' table, as in machine.kind.ts: the name of a machine that is expected is kept for it.
const NAMES = `
  SELECT 'Machine' AS kind, id, hostname FROM machine
  UNION ALL
  SELECT 'ExpectedMachine' AS kind, id, hostname FROM expected_machine WHERE fulfilled_at IS NULL`;

/** Who has these names, or is to have them: as `Machine:7` or `ExpectedMachine:7`. */
export async function holdersOf(manager: EntityManager, names: readonly string[]): Promise<Map<string, string>> {
  const statement = new Statement(dialectOf(manager));
  const text = `SELECT kind, id, hostname FROM (${NAMES}) AS names WHERE ${statement.isAmong("hostname", names)}`;
  const rows = await statement.rows(manager, text);
  return new Map(rows.map(({ kind, id, hostname }) => [hostname as string, `${kind as string}:${id as number}`]));
}

/** Whoever gives a name away holds this lock. */
export function lockNames(manager: EntityManager): Promise<void> {
  return dialectOf(manager).lockForTransaction(manager, "host names");
}

// Plain SQL over the racks' tables, as in machine.kind.ts.
async function factsOf(manager: EntityManager, machines: readonly Machine[]): Promise<(machine: Machine) => NameFacts> {
  const statement = new Statement(dialectOf(manager));
  const isWanted = statement.isAmong(
    "shelf.machine_id",
    machines.map(({ id }) => id),
  );
  const rows = await statement.rows(
    manager,
    `SELECT machine_id, rack.name AS rack, unit_half_u, column_number, site, room, row
       FROM shelf JOIN rack ON rack.id = shelf.rack_id WHERE ${isWanted}`,
  );
  const places = new Map(
    rows.map((each) => {
      const { rack, site, room, row } = each as Record<string, string> & { rack: string };
      const [unit, column] = [Number(each.unit_half_u) / 2, Number(each.column_number)];
      return [each.machine_id, { rack, site: site ?? null, room: room ?? null, row: row ?? null, unit, column }];
    }),
  );
  return ({ id, serialNumber }) => ({ serial: serialNumber, place: places.get(id) ?? null });
}
