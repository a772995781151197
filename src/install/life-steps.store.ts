import { In, type EntityManager, type EntityTarget, type FindOptionsWhere, type QueryDeepPartialEntity } from "typeorm";
import type { Transaction } from "../db/database.js";
import type { Dialect } from "../db/dialect.js";
import { groupBy } from "../graphql/batched.js";
import { Machine } from "../machine/machine.entity.js";
import { Installation, InstallationEvent } from "./installation.entity.js";
import { addEvents } from "./installation-events.store.js";
import type { LifeEvent, LifeStep } from "./lifecycle.js";
import type { Report } from "./progress-report.js";

const EVENTS_PER_INSTALLATION = 1_000;

export interface SteppedMachine {
  readonly machine: Machine;
  readonly installation: Installation | undefined;
  readonly step: LifeStep;
}

/** What one event made of several machines, in a number of statements that does not depend on how many they are. */
export async function saveSteps(
  dialect: Dialect,
  transaction: Transaction,
  steps: readonly SteppedMachine[],
  event: LifeEvent,
  { actor, now }: { readonly actor: string; readonly now: Date },
  wordsOf: (installation: Installation) => Report | string = () => `by ${actor}`,
): Promise<void> {
  const { manager } = transaction;
  const moved = steps.filter(
    ({ machine, step: { life } }) => machine.state !== life.state || machine.locked !== life.locked,
  );
  for (const { machine, step } of moved) {
    machine.state = step.life.state;
    machine.locked = step.life.locked;
  }
  await updateAlike(
    manager,
    Machine,
    moved.map(({ machine }) => machine),
    ({ state, locked }) => ({ state, locked }),
  );
  const reports = ["config", "started", "progress", "done", "failed"].includes(event.type);
  // What neither ends nor is said by an installation is no part of its story: an approval of new ports, for one.
  const told = steps.flatMap(({ installation, step }) =>
    installation === undefined || (step.ended === undefined && !reports)
      ? []
      : [{ installation, step, from: installation.state }],
  );
  const changed = told.filter(({ installation, step }) => stepInstallation(installation, step, now));
  await updateAlike(
    manager,
    Installation,
    changed.map(({ installation }) => installation),
    ({ state, startedAt, finishedAt, expiresAt }) => ({ state, startedAt, finishedAt, expiresAt }),
  );
  const counts = await eventCounts(
    manager,
    told.map(({ installation }) => installation.id),
  );
  const events = told
    // The last words count more than the hundredth progress line.
    .filter(
      ({ installation, step }) =>
        step.ended !== undefined || (counts.get(installation.id) ?? 0) < EVENTS_PER_INSTALLATION,
    )
    .map(({ installation, from, step: { ended } }) => {
      const kind = ended !== undefined && !["done", "failed"].includes(event.type) ? ended.toLowerCase() : event.type;
      const words = wordsOf(installation);
      return { installation, from, kind, ...(typeof words === "string" ? { text: words } : words) };
    });
  await addEvents(dialect, transaction, events, now);
}

/** @returns whether anything of the installation itself is another now */
function stepInstallation(installation: Installation, { life, ended }: LifeStep, now: Date): boolean {
  const { open } = life;
  if (ended !== undefined) Object.assign(installation, { state: ended, finishedAt: now });
  if (open?.state !== "INSTALLING") return ended !== undefined;
  if (installation.state === "INSTALLING" && installation.expiresAt.getTime() === open.expiresAt) return false;
  const startedAt = installation.startedAt ?? now;
  Object.assign(installation, { state: "INSTALLING", startedAt, expiresAt: new Date(open.expiresAt) });
  return true;
}

/** One statement for all that get the same values. */
async function updateAlike<T extends { readonly id: number }>(
  manager: EntityManager,
  entity: EntityTarget<T>,
  things: readonly T[],
  valuesOf: (thing: T) => QueryDeepPartialEntity<T>,
): Promise<void> {
  for (const alike of groupBy(things, (thing) => JSON.stringify(valuesOf(thing))).values()) {
    const where = { id: In(alike.map(({ id }) => id)) } as FindOptionsWhere<T>;
    await manager.update(entity, where, valuesOf(alike[0] as T));
  }
}

async function eventCounts(manager: EntityManager, ids: readonly number[]): Promise<Map<number, number>> {
  if (ids.length === 0) return new Map();
  const rows: Array<{ id: number; count: number | string }> = await manager
    .createQueryBuilder(InstallationEvent, "event")
    .select("event.installationId", "id")
    .addSelect("COUNT(*)", "count")
    .where({ installationId: In([...ids]) })
    .groupBy("event.installationId")
    .getRawMany();
  return new Map(rows.map(({ id, count }) => [id, Number(count)]));
}
