import type { EntityManager } from "typeorm";
import { dialectOf, type Columns } from "../db/dialect.js";
import { EntityTable } from "../db/entity-table.js";
import { Statement } from "../db/statement.js";
import { groupBy } from "../graphql/batched.js";
import { machineName } from "../machine/machine-name.js";
import { labelsOfText, labelsSql } from "../machine/machine-label.js";
import type { MachineState } from "../machine/machine-state.js";
import { MODELS_VERSION, serverModels } from "./model/server-model.store.js";
import type { Rack } from "./rack.entity.js";
import { Shelf } from "./shelf.entity.js";

/** A shelf of a rack with all that drawings, plans and sums want to know of what stands there. */
export interface ShelfContents {
  readonly shelf: Shelf;
  /** Null where no machine stands. */
  readonly machine: StandingMachine | null;
  /** The host name of a machine or, without one, its serial number; what is written on the equipment. */
  readonly name: string;
  readonly manufacturer: string | null;
  readonly product: string | null;
  /** Its own, else its model's. */
  readonly watts: number | null;
  readonly kilograms: number | null;
}

export interface StandingMachine {
  readonly serialNumber: string | null;
  readonly state: MachineState;
  readonly locked: boolean;
  readonly profile: string | null;
  readonly labels: Readonly<Record<string, string>>;
}

/** What stands in each of these racks, from the floor up, in two statements at most however many they are. */
export async function contentsOf(manager: EntityManager, racks: readonly Rack[]): Promise<ShelfContents[][]> {
  const table = EntityTable.of(Shelf);
  const statement = new Statement(dialectOf(manager));
  const text = `SELECT ${table.selection("shelf")}, ${MODELS_VERSION} AS models_version, machine.hostname,
      machine.serial_number, machine.manufacturer AS maker, machine.product AS model, machine.state, machine.locked,
      profile.name AS profile, ${labelsSql(statement.bind("\n"))} AS labels
    FROM shelf LEFT JOIN machine ON machine.id = shelf.machine_id
    LEFT JOIN profile_assignment ON profile_assignment.machine_id = machine.id
    LEFT JOIN profile ON profile.id = profile_assignment.profile_id
    WHERE ${statement.isAmong(
      "shelf.rack_id",
      racks.map(({ id }) => id),
    )}
    ORDER BY shelf.unit_half_u, shelf.column_number, shelf.id`;
  const rows = await table.select(manager, statement, text, MORE);
  const models = await serverModels(manager, (rows[0]?.rest[0] ?? null) as string | null);
  const contents = rows.map(({ entity: shelf, rest }): ShelfContents => {
    const [, hostname, serialNumber, maker, model, state, locked, profile, labels] = rest as unknown as MoreRow;
    const { machineId } = shelf;
    const [manufacturer, product] = machineId === null ? [shelf.manufacturer, shelf.product] : [maker, model];
    const size = models.find(manufacturer, product);
    return {
      shelf,
      machine:
        state === null ? null : { serialNumber, state, locked: locked === true, profile, labels: labelsOfText(labels) },
      name: machineId === null ? (shelf.name ?? "") : machineName({ id: machineId, hostname, serialNumber }),
      manufacturer,
      product,
      watts: shelf.watts ?? size?.watts ?? null,
      kilograms: shelf.kilograms ?? size?.weightKg ?? null,
    };
  });
  const byRack = groupBy(contents, ({ shelf }) => shelf.rackId);
  return racks.map(({ id }) => byRack.get(id) ?? []);
}

const MORE: Columns = {
  ...{ models_version: "text", hostname: "text", serial_number: "text", maker: "text", model: "text", state: "text" },
  ...{ locked: "boolean", profile: "text", labels: "text" },
};
type MoreRow = readonly [
  ...[modelsVersion: string | null, hostname: string | null, serialNumber: string | null],
  ...[maker: string | null, model: string | null, state: MachineState | null, locked: boolean | null],
  ...[profile: string | null, labels: string | null],
];
