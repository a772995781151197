import { In, type EntityManager } from "typeorm";
import type { Database, Transaction } from "../../db/database.js";
import { CallerError, Conflict, inField, Refusals } from "../../errors.js";
import { Machine } from "../../machine/machine.entity.js";
import { placeMachine } from "../placement.store.js";
import type { PlannedItem, RackPlan } from "../rack-plan.js";
import type { Rack } from "../rack.entity.js";
import { createRack } from "../rack.store.js";
import { Shelf } from "../shelf.entity.js";
import { addShelf } from "../shelf.store.js";
import { type ImportedRack, mayBeMachine, racksToImport } from "./import-racks.js";
import { readPlans } from "./plans.js";
import type { Position, Warning } from "./source.js";
import type { Mode } from "./tokens.js";

export interface ImportedRacks {
  readonly racks: Rack[];
  readonly warnings: Warning[];
}

/**
 * Makes the racks of a text in rackdiag's language, and puts into them what stands there: a machine where the first line
 * of a label is its host name or serial number, equipment everywhere else. All or none.
 *
 * @throws RefusedDiagram, Refusals with the place in the text of everything that cannot be so
 */
export async function importRackdiag(
  database: Database,
  transaction: Transaction,
  { text, mode, rack }: { readonly text: string; readonly mode: Mode; readonly rack?: string | undefined },
  now: Date,
): Promise<ImportedRacks> {
  const read = inField(["text"], () => readPlans(text, mode));
  const { racks, warnings } = inField(["text"], () => racksToImport(read, rack));
  const names = racks.flatMap(({ items }) =>
    items.flatMap(({ item }) => (mayBeMachine(item) ? [item.name.trim()] : [])),
  );
  const importer = new Importer(database, transaction, await machinesNamed(transaction.manager, names), now);
  const made: Rack[] = [];
  for (const each of racks) made.push(...(await importer.makeRack(each)));
  if (importer.refused.length > 0) throw new Refusals(importer.refused);
  const all = [...read.warnings, ...warnings, ...importer.warnings];
  return { racks: made, warnings: all.sort((a, b) => a.line - b.line || a.column - b.column) };
}

class Importer {
  readonly refused: CallerError[] = [];
  readonly warnings: Warning[] = [];
  private readonly placed = new Map<number, Position>();

  constructor(
    private readonly database: Database,
    private readonly transaction: Transaction,
    private readonly machines: KnownMachines,
    private readonly now: Date,
  ) {}

  /** Empty when it was refused. */
  async makeRack({ plan, position, items }: ImportedRack): Promise<Rack[]> {
    const rack = await this.attempt(position, () => createRack(this.transaction, rackValues(plan)));
    if (rack === undefined) return [];
    for (const { item, position: at } of items) await this.attempt(at, () => this.put(rack.name, item, at));
    return [rack];
  }

  private async put(rack: string, item: PlannedItem, position: Position): Promise<void> {
    const found = mayBeMachine(item) ? this.machines.named(item.name.trim()) : [];
    const [machine] = found;
    if (machine === undefined) return this.putEquipment(rack, item, position);
    if (found.length > 1) {
      const which = found.map(({ id }) => `Machine:${id}`).join(" and ");
      throw new Conflict(`${item.name} is the serial number of ${which}; write the host name`);
    }
    const before = this.placed.get(machine.id);
    if (before !== undefined) throw new Conflict(`${item.name} stands in line ${before.line} already`);
    this.placed.set(machine.id, position);
    const elsewhere = this.machines.placeOf(machine);
    if (elsewhere !== undefined) {
      this.warnings.push({
        ...position,
        message: `${item.name} was moved from U${elsewhere.unit} of rack ${elsewhere.rack.name}`,
      });
    }
    const { place, amperes, watts, kilograms, color } = item;
    await placeMachine(
      this.database,
      this.transaction,
      machine.globalId,
      {
        rack,
        ...place,
        amperes: amperes ?? undefined,
        watts: watts ?? undefined,
        kilograms: kilograms ?? undefined,
        color: color ?? undefined,
      },
      this.now,
    );
  }

  private async putEquipment(rack: string, item: PlannedItem, position: Position): Promise<void> {
    const { place, kind, reservation, ...values } = item;
    if (kind === "MACHINE") {
      const what = item.name === "" ? "what has no name" : JSON.stringify(item.name);
      this.warnings.push({ ...position, message: `${what} is no known machine: it stands there as equipment` });
    }
    await addShelf(
      this.database,
      this.transaction,
      { rack, ...place },
      {
        ...values,
        ...reservation,
        name: item.name === "" ? null : item.name,
        kind: kind === "MACHINE" ? "OTHER" : kind,
      },
      this.now,
    );
  }

  private async attempt<T>(position: Position, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof CallerError)) throw error;
      this.refused.push(located(error, position));
      return undefined;
    }
  }
}

/** The fault with its place in the text, which is the input that was wrong. */
function located(error: CallerError, { line, column }: Position): CallerError {
  const Fault = error.constructor as new (message: string, field: readonly string[]) => CallerError;
  const message = `line ${line}, column ${column}: ${error.message}`;
  return Object.assign(new Fault(message, ["text"]), { details: { line, column } });
}

function rackValues({ location, capacity, ...plan }: RackPlan) {
  const { name, heightU, numbering, firstUnit, description } = plan;
  const capacities = { capacityWatts: capacity.watts, capacityKilograms: capacity.kilograms };
  return { name, heightU, numbering, firstUnit, description: oneLine(description), ...location, ...capacities };
}

/** A header's second line begins no new one in a table. */
function oneLine(description: string | null): string | null {
  return description === null ? null : description.replaceAll(/\s*\n\s*/g, " · ");
}

interface KnownMachines {
  readonly named: (name: string) => readonly Machine[];
  readonly placeOf: (machine: Machine) => Shelf | undefined;
}

async function machinesNamed(manager: EntityManager, names: readonly string[]): Promise<KnownMachines> {
  const asked = [...new Set(names.flatMap((name) => [name, name.toLowerCase()]))];
  const machines: Machine[] = [];
  const shelves: Shelf[] = [];
  // SQLite and PostgreSQL take 32,766 and 65,535 parameters.
  for (let from = 0; from < asked.length; from += 5_000) {
    const some = In(asked.slice(from, from + 5_000));
    machines.push(...(await manager.find(Machine, { where: [{ hostname: some }, { serialNumber: some }] })));
  }
  const ids = machines.map(({ id }) => id);
  if (ids.length > 0)
    shelves.push(...(await manager.find(Shelf, { where: { machineId: In(ids) }, relations: { rack: true } })));
  const unique = [...new Map(machines.map((machine) => [machine.id, machine])).values()];
  return {
    named: (name) => {
      const byHost = unique.filter(({ hostname }) => hostname === name.toLowerCase());
      return byHost.length > 0 ? byHost : unique.filter(({ serialNumber }) => serialNumber === name);
    },
    placeOf: ({ id }) => shelves.find(({ machineId }) => machineId === id),
  };
}
