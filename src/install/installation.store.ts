import { In, LessThanOrEqual, type EntityManager } from "typeorm";
import { BY_CLOCK, byBootPlane } from "../changes/origin.js";
import type { Database, Transaction } from "../db/database.js";
import { Conflict, InvalidInput, NotFound, Refusals } from "../errors.js";
import { machineName } from "../machine/machine-name.js";
import { Machine } from "../machine/machine.entity.js";
import { machineKind } from "../machine/machine.kind.js";
import { installationKind } from "./install.kinds.js";
import { installToken, installTokenDigest, newTokenSeed } from "./install-token.js";
import { Installation, InstallationEvent } from "./installation.entity.js";
import { addEvents } from "./installation-events.store.js";
import { saveSteps } from "./life-steps.store.js";
import type { Report } from "./progress-report.js";
import { step, type LifeEvent, type LifeLimits, type LifeStep } from "./lifecycle.js";
import type { InstallPlan } from "./install-plan.js";
import type { Profile } from "./profile.entity.js";

/** How a person, the clock or an installer changes machines: who, when, within which limits. */
export interface LifeContext {
  readonly actor: string;
  readonly now: Date;
  readonly limits: LifeLimits;
}

const OPEN = ["ARMED", "INSTALLING"] as const;

/**
 * Applies one event to several machines, all or none.
 *
 * @throws Refusals naming each machine that it may not happen to
 */
export async function changeLives(
  database: Database,
  transaction: Transaction,
  machines: readonly Machine[],
  event: LifeEvent,
  context: LifeContext,
  wordsOf?: (installation: Installation) => string,
): Promise<Machine[]> {
  const { manager, changes, touch } = transaction;
  const ids = machines.map(({ id }) => id);
  await database.dialect.lockMachines(manager, ids);
  await changes.watch(machineKind, ids);
  const fresh = new Map((await manager.findBy(Machine, { id: In(ids) })).map((machine) => [machine.id, machine]));
  const open = await openInstallations(manager, ids);
  const refused: Conflict[] = [];
  await changes.watch(
    installationKind,
    [...open.values()].map(({ id }) => id),
  );
  const steps = machines.flatMap(({ id }, index) => {
    const machine = fresh.get(id);
    if (machine === undefined) return [];
    const installation = open.get(id);
    try {
      return [{ machine, installation, step: stepOf(machine, installation, event, context) }];
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      refused.push(new Conflict(`${machineName(machine)}: ${error.message}`, ["machines", String(index)]));
      return [];
    }
  });
  if (refused.length > 0) throw new Refusals(refused);
  await saveSteps(database.dialect, transaction, steps, event, context, wordsOf);
  touch(steps.map(({ machine }) => machine.id));
  return steps.map(({ machine }) => machine);
}

/** One machine that is armed: with which profile, and what that is now. */
export interface Arming {
  readonly machine: Machine;
  readonly profile: Profile;
  readonly plan: InstallPlan;
  readonly planId: number;
}

/** Arms machines for a profile: each gets an installation with a seed of its own. */
export async function armAll(
  database: Database,
  transaction: Transaction,
  armings: readonly Arming[],
  until: Date,
  secretKey: string,
  context: LifeContext,
): Promise<Machine[]> {
  const machines = armings.map(({ machine }) => machine);
  const event = { type: "arm", until: until.getTime() } as const;
  const armed = await changeLives(database, transaction, machines, event, context);
  const { manager, changes } = transaction;
  const installations = armings.map(({ machine, profile, planId }) => {
    const tokenSeed = newTokenSeed();
    return manager.create(Installation, {
      machineId: machine.id,
      profileId: profile.id,
      planId,
      state: "ARMED",
      armedBy: context.actor,
      armedAt: context.now,
      expiresAt: until,
      startedAt: null,
      finishedAt: null,
      installerBoots: 0,
      tokenSeed,
      tokenDigest: installTokenDigest(secretKey, installToken(secretKey, tokenSeed)),
    });
  });
  await manager.save(installations, { chunk: 50 });
  changes.created(
    installationKind,
    installations.map(({ id }) => id),
  );
  const events = installations.map((installation) => ({
    installation,
    from: null,
    kind: "armed",
    text: `by ${context.actor}`,
  }));
  await addEvents(database.dialect, transaction, events, context.now);
  return armed;
}

/** The installation that a token belongs to, whatever has become of it; undefined for a token that is none. */
export function installationByToken(
  manager: EntityManager,
  secretKey: string,
  token: string,
): Promise<Installation | null> {
  return manager.findOne(Installation, {
    where: { tokenDigest: installTokenDigest(secretKey, token) },
    relations: { profile: true },
  });
}

/**
 * What an installer reports with its token. `done` and `failed` may be repeated, since their answer may get lost.
 *
 * @throws NotFound when nobody has this token, Conflict when its installation has ended otherwise
 */
export function reportInstallation(
  database: Database,
  secretKey: string,
  token: string,
  type: "config" | "started" | "progress" | "done" | "failed",
  report: Report,
  context: Omit<LifeContext, "actor">,
): Promise<Installation> {
  return database.write(byBootPlane(type), async (transaction) => {
    const { manager, changes, touch } = transaction;
    const found = await installationByToken(manager, secretKey, token);
    if (found === null) throw new NotFound("no installation has this token");
    await database.dialect.lockMachines(manager, [found.machineId]);
    const installation = await manager.findOneOrFail(Installation, {
      where: { id: found.id },
      relations: { profile: true },
    });
    const repeated = { done: "DONE", failed: "FAILED" }[type as string];
    if (repeated === installation.state) return installation;
    if (!isOpen(installation)) throw new Conflict(`this installation is ${installation.state}; its token is dead`);
    const machine = await manager.findOneByOrFail(Machine, { id: installation.machineId });
    await changes.watch(machineKind, [machine.id]);
    await changes.watch(installationKind, [installation.id]);
    const by = { ...context, actor: "" };
    const step = stepOf(machine, installation, { type }, by);
    await saveSteps(database.dialect, transaction, [{ machine, installation, step }], { type }, by, () => report);
    if (type !== "progress") touch([machine.id]);
    return installation;
  });
}

/**
 * What the installed system says at its first start: all that the token of an installation that is DONE is still good
 * for. It changes no state, and told again it changes nothing.
 *
 * @throws NotFound when nobody has this token, Conflict when its installation is not DONE
 */
export function reportBooted(
  database: Database,
  secretKey: string,
  token: string,
  report: Report,
  now: Date,
): Promise<Installation> {
  return database.write(byBootPlane("booted"), async (transaction) => {
    const { manager } = transaction;
    const installation = await installationByToken(manager, secretKey, token);
    if (installation === null) throw new NotFound("no installation has this token");
    const { id, machineId, state } = installation;
    if (state !== "DONE")
      throw new Conflict(`this installation is ${state}: only what it has installed can report a boot`);
    await database.dialect.lockMachines(manager, [machineId]);
    if (await manager.existsBy(InstallationEvent, { installationId: id, kind: "booted" })) return installation;
    await addEvents(database.dialect, transaction, [{ installation, from: state, kind: "booted", ...report }], now);
    return installation;
  });
}

/** Ends every open installation whose time is over. Answers how many. */
export async function expireInstallations(database: Database, context: LifeContext): Promise<number> {
  const due = await database.manager.find(Installation, {
    where: { state: In([...OPEN]), expiresAt: LessThanOrEqual(context.now) },
    relations: { machine: true },
    take: 500,
  });
  if (due.length === 0) return 0;
  const machines = due.map(({ machine }) => machine);
  await database.write(BY_CLOCK, (transaction) =>
    changeLives(database, transaction, machines, { type: "expire" }, context, (installation) =>
      silence(installation, context),
    ),
  );
  return due.length;
}

function silence({ startedAt, expiresAt }: Installation, { limits }: LifeContext): string {
  const until = expiresAt.toISOString();
  if (startedAt === null) return `nobody fetched its configuration until ${until}; the machine is not armed any more`;
  if (startedAt.getTime() + limits.totalMs <= expiresAt.getTime())
    return `it was not done by ${until}, though it had begun`;
  const minutes = Math.round(limits.installMs / 60_000);
  const time = `${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
  return `it said nothing for ${time}, until ${until}; its last words stand before this`;
}

function stepOf(machine: Machine, open: Installation | undefined, event: LifeEvent, context: LifeContext): LifeStep {
  const run =
    open === undefined || !isOpen(open)
      ? undefined
      : {
          state: open.state,
          expiresAt: open.expiresAt.getTime(),
          startedAt: open.startedAt?.getTime(),
          installerBoots: open.installerBoots,
        };
  const life = { state: machine.state, locked: machine.locked, open: run };
  return step(life, event, context.now.getTime(), context.limits);
}

async function openInstallations(manager: EntityManager, machineIds: number[]): Promise<Map<number, Installation>> {
  const found = await manager.findBy(Installation, { machineId: In(machineIds), state: In([...OPEN]) });
  return new Map(found.map((installation) => [installation.machineId, installation]));
}

function isOpen(installation: Installation): installation is Installation & { state: (typeof OPEN)[number] } {
  return installation.state === "ARMED" || installation.state === "INSTALLING";
}

/** @throws InvalidInput when nobody would mean so short or so long a time */
export function armedUntil(now: Date, minutes: number): Date {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 7 * 24 * 60) {
    throw new InvalidInput(`${minutes} minutes; an armed machine waits from 1 minute to 7 days (10080)`, ["minutes"]);
  }
  return new Date(now.getTime() + minutes * 60_000);
}
