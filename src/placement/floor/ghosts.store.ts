import type { DataSource, EntityManager } from "typeorm";
import { dialectOf } from "../../db/dialect.js";
import { Statement } from "../../db/statement.js";
import { MODELS_VERSION, serverModels } from "../../rack/model/server-model.store.js";
import type { AgainstPlan } from "../../rack/drawing/against-plan.js";
import type { Rack } from "../../rack/rack.entity.js";
import { lastingDifferences } from "./floor.store.js";
import { ghostsOf, type GhostMachine } from "./ghosts.js";

/**
 * What is drawn of the differences between plan and floor in these racks: by one statement, where no port has a rule and
 * while nothing was written since the last drawing.
 */
export async function againstPlan(manager: EntityManager, racks: readonly Rack[], now: Date): Promise<AgainstPlan> {
  const [{ rules, ...version }] = await manager.query<[Version & { rules: boolean | 0 | 1 }]>(VERSION);
  if (!rules) return { ghosts: new Map(), absences: new Map() };
  const { dataSource } = manager;
  const key = JSON.stringify([version.changes, version.seen, version.sightings]);
  let floor = known.get(dataSource);
  if (floor?.key !== key || now.getTime() - floor.at > KEPT_MS) {
    floor = { key, at: now.getTime(), drawn: drawnFloor(manager, now) };
    known.set(dataSource, floor);
    floor.drawn.catch(() => known.delete(dataSource));
  }
  const { ghosts, absences } = await floor.drawn;
  return { ghosts: new Map(racks.map(({ name }) => [name, ghosts.get(name) ?? []])), absences };
}

interface Version {
  readonly changes: number | null;
  readonly seen: string | Date | null;
  readonly sightings: number;
}

// What a person or a machine writes is a change; what a switch says moves the time of a sighting, or their number.
const VERSION = `SELECT EXISTS (SELECT 1 FROM port_place) AS rules, (SELECT max(id) FROM change) AS changes,
  (SELECT max(seen_at) FROM sighting) AS seen, (SELECT count(*) FROM sighting) AS sightings`;

/** Evidence grows stale by itself. */
const KEPT_MS = 60_000;

const known = new WeakMap<DataSource, { key: string; at: number; drawn: Promise<AgainstPlan> }>();

/** All racks: to compare one takes nearly as long, since its machines may be anywhere. */
async function drawnFloor(manager: EntityManager, now: Date): Promise<AgainstPlan> {
  const { differences, racks } = await lastingDifferences(manager, now);
  const ids = differences.flatMap(({ machineId, otherMachineId }) => [machineId, otherMachineId]);
  const machines = await ghostMachines(
    manager,
    ids.filter((id) => id !== null),
  );
  return ghostsOf(differences, { racks, machines });
}

interface MachineRow {
  readonly id: number;
  readonly manufacturer: string | null;
  readonly product: string | null;
  readonly models_version: string | null;
}

async function ghostMachines(manager: EntityManager, ids: readonly number[]): Promise<Map<number, GhostMachine>> {
  const statement = new Statement(dialectOf(manager));
  const text = `SELECT id, manufacturer, product, ${MODELS_VERSION} AS models_version FROM machine
    WHERE ${statement.isAmong("id", [...new Set(ids)])}`;
  const rows = (await statement.rows(manager, text)) as unknown as MachineRow[];
  const models = await serverModels(manager, rows[0]?.models_version ?? null);
  return new Map(
    rows.map(({ id, manufacturer, product }) => {
      const model = models.find(manufacturer, product);
      const size = { heightU: model?.heightU ?? 1, fullDepth: model?.fullDepth ?? true };
      return [id, { model: product ?? manufacturer ?? "", ...size }];
    }),
  );
}
