import "reflect-metadata";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import sqlite3 from "sqlite3";
import { DataSource, type DataSourceOptions, type EntityManager, type QueryRunner } from "typeorm";
import { FirstTables1764000000000 } from "../../migrations/1764000000000-first-tables.js";
import { TokenScopes1764200000000 } from "../../migrations/1764200000000-token-scopes.js";
import { Changes1764300000000 } from "../../migrations/1764300000000-changes.js";
import { ListOrder1764400000000 } from "../../migrations/1764400000000-list-order.js";
import { RackContents1764500000000 } from "../../migrations/1764500000000-rack-contents.js";
import { ProfileTree1764600000000 } from "../../migrations/1764600000000-profile-tree.js";
import { BootRequests1764700000000 } from "../../migrations/1764700000000-boot-requests.js";
import { InstallationStages1764710000000 } from "../../migrations/1764710000000-installation-stages.js";
import { LocalBoot1764720000000 } from "../../migrations/1764720000000-local-boot.js";
import { SwitchPorts1764800000000 } from "../../migrations/1764800000000-switch-ports.js";
import { Evidence1764900000000 } from "../../migrations/1764900000000-evidence.js";
import { BootRequest } from "../boot/boot-request.entity.js";
import { LocalBootChoice } from "../boot/local-boot.entity.js";
import { Change, ChangeEntry } from "../changes/change.entity.js";
import { ChangeSet, type EntryFacts } from "../changes/change-set.js";
import { IdempotencyKey } from "../changes/idempotency-key.entity.js";
import { appendChange } from "../changes/journal.js";
import type { Origin } from "../changes/origin.js";
import { ApiToken } from "../access/api-token.entity.js";
import { KeptPlan } from "../install/install-plan.entity.js";
import { Installation, InstallationEvent } from "../install/installation.entity.js";
import { MachineParameters, RackParameters } from "../install/machine-parameters.entity.js";
import { Profile, ProfileAssignment, Template } from "../install/profile.entity.js";
import { ProfileVersion, TemplateVersion } from "../install/version.entity.js";
import { Conflict } from "../machine/conflict.entity.js";
import { EthernetInterface, Machine } from "../machine/machine.entity.js";
import { MachineLabel } from "../machine/machine-label.entity.js";
import { Sighting } from "../machine/sighting.entity.js";
import { ExpectedMachine } from "../placement/plan/expected-machine.entity.js";
import { PlacementRule, PortPlace } from "../placement/rule/placement-rule.entity.js";
import { Switch, SwitchPort } from "../placement/switch/switch.entity.js";
import { Rack } from "../rack/rack.entity.js";
import { Shelf } from "../rack/shelf.entity.js";
import { ServerModel } from "../rack/model/server-model.entity.js";
import { InvalidInput, NotFound } from "../errors.js";
import { postgresDialect, sqliteDialect, type Dialect } from "./dialect.js";
import { Notices } from "./notices.js";
import { Setting } from "./setting.entity.js";
import { SnakeCaseNaming } from "./snake-case-naming.js";
import { Sqlite3Driver } from "./sqlite3-driver.js";
import { expectTextByBytes } from "./text-by-bytes.js";

const common = {
  entities: [
    ApiToken,
    BootRequest,
    Change,
    ChangeEntry,
    Conflict,
    EthernetInterface,
    ExpectedMachine,
    IdempotencyKey,
    Installation,
    InstallationEvent,
    KeptPlan,
    LocalBootChoice,
    Machine,
    MachineLabel,
    MachineParameters,
    PlacementRule,
    PortPlace,
    Profile,
    ProfileAssignment,
    ProfileVersion,
    Rack,
    RackParameters,
    ServerModel,
    Setting,
    Shelf,
    Sighting,
    Switch,
    SwitchPort,
    Template,
    TemplateVersion,
  ],
  migrations: [
    FirstTables1764000000000,
    TokenScopes1764200000000,
    Changes1764300000000,
    ListOrder1764400000000,
    RackContents1764500000000,
    ProfileTree1764600000000,
    BootRequests1764700000000,
    InstallationStages1764710000000,
    LocalBoot1764720000000,
    SwitchPorts1764800000000,
    Evidence1764900000000,
  ],
  namingStrategy: new SnakeCaseNaming(),
  migrationsTableName: "migration",
} satisfies Partial<DataSourceOptions>;

export interface DatabaseOptions {
  /** Only for the test that shows what a weaker setting loses. */
  readonly synchronous?: "FULL" | "NORMAL";
  /** After how long PostgreSQL gives a statement up; never when not given. A migration may take longer. */
  readonly statementSeconds?: number;
  /** Refuse a SQLite file that is not there, instead of making it: an empty database answers every question with yes. */
  readonly existing?: boolean;
}

/** A transaction, and what it has to tell: what it changes, and the machines whose boot answer it may have changed. */
export interface Transaction {
  readonly origin: Origin;
  readonly manager: EntityManager;
  readonly changes: ChangeSet;
  readonly touch: (machineIds: Iterable<number>) => void;
  /** Is done when all of this is kept, and never when nothing of it is. */
  readonly afterCommit: (work: () => void) => void;
}

/** What a transaction came to. */
export interface Written<T> {
  readonly value: T;
  /** Undefined when nothing differs from before. */
  readonly change: Change | undefined;
  readonly entries: readonly EntryFacts[];
}

/** @throws InvalidInput */
async function initialized(dataSource: DataSource, name: string): Promise<DataSource> {
  try {
    return await dataSource.initialize();
  } catch (cause) {
    // Of several addresses that refuse, Node has an error without a message.
    const { message, code } = cause as Error & { code?: string };
    const why = message === "" ? (code ?? "no reason is given") : message;
    const advice = "see that it is there and may be read and written, or set KICKRACK_DATABASE_URL to another one";
    throw new InvalidInput(`cannot open the database ${name}: ${why}; ${advice}`, [], { cause });
  }
}

function withoutPassword(url: string): string {
  const { protocol, username, host, pathname } = new URL(url);
  return `${protocol}//${username === "" ? "" : `${username}@`}${host}${pathname}`;
}

type MachinesChanged = (machineIds: readonly number[] | "all") => Promise<void> | void;

/** One database, SQLite or PostgreSQL. Every write of a machine goes through `write`, so that everybody hears of it. */
export class Database {
  private readonly listeners: MachinesChanged[] = [];
  private readonly journalListeners: Array<() => void> = [];
  private readonly notices: Notices | undefined;

  private constructor(
    readonly dataSource: DataSource,
    readonly dialect: Dialect,
    postgresUrl: string | undefined,
  ) {
    this.notices = postgresUrl === undefined ? undefined : new Notices(postgresUrl, (ids) => this.announce(ids));
  }

  /**
   * Opens `sqlite:FILE` or `postgres://…` and brings its tables up to date.
   *
   * @throws InvalidInput that says what to do when it cannot be opened
   */
  static async open(url: string, options: DatabaseOptions = {}): Promise<Database> {
    const database = await Database.connect(url, options);
    const { dataSource, dialect } = database;
    expectTextByBytes(dataSource);
    await dialect.alone(dataSource, "migrations", () => dataSource.runMigrations({ transaction: "each" }));
    await database.notices?.listen();
    return database;
  }

  private static async connect(url: string, options: DatabaseOptions): Promise<Database> {
    if (url.startsWith("sqlite:")) {
      const file = url.slice("sqlite:".length).replace(/^\/\/(?=\/)/, "");
      if (options.existing === true && !existsSync(file)) {
        throw new NotFound(
          `there is no database ${file}; set KICKRACK_DATA or KICKRACK_DATABASE_URL as for the server`,
        );
      }
      await mkdir(dirname(file), { recursive: true });
      const dataSource = new DataSource({ ...common, type: "better-sqlite3", database: file, driver: sqlite3 });
      dataSource.driver = new Sqlite3Driver(dataSource, options.synchronous ?? "FULL");
      return new Database(await initialized(dataSource, file), sqliteDialect, undefined);
    }
    if (/^postgres(ql)?:/.test(url)) {
      if (!URL.canParse(url)) {
        throw new InvalidInput("KICKRACK_DATABASE_URL is no URL; in a password write # / ? @ as %23 %2F %3F %40");
      }
      const { PipeliningClient, PipeliningDriver } = await import("./postgres-driver.js");
      const timeout = Math.round((options.statementSeconds ?? 0) * 1000); // 0 is never
      // jit: compiling a statement takes seconds, running it milliseconds. random_page_cost: by the default, which is for
      // turning disks, whole tables are read until they are analyzed for the first time (1.0 instead of 0.35 ms for what a
      // placement reads).
      const extra = {
        options: `-c jit=off -c random_page_cost=1.1 -c statement_timeout=${timeout}`,
        Client: PipeliningClient,
      };
      const dataSource = new DataSource({ ...common, type: "postgres", url, extra, poolSize: 10 });
      dataSource.driver = new PipeliningDriver(dataSource);
      return new Database(await initialized(dataSource, withoutPassword(url)), postgresDialect, url);
    }
    throw new InvalidInput(`KICKRACK_DATABASE_URL is neither sqlite:FILE nor postgres://…, but ${url.split(":")[0]}:…`);
  }

  get manager(): EntityManager {
    return this.dataSource.manager;
  }

  /**
   * Called after each commit, here or (on PostgreSQL) in another process, and awaited before the writer's answer; in the
   * order of registering, so that who comes later sees what the ones before have made of it.
   */
  onMachinesChanged(listener: MachinesChanged): void {
    this.listeners.push(listener);
  }

  /** Called after each commit that may have added to the journal, here or (on PostgreSQL) in another process. */
  onJournalGrown(listener: () => void): void {
    this.journalListeners.push(listener);
  }

  /** Does `work` in one transaction. Its promise resolves after the commit and after every listener is up to date. */
  async write<T>(origin: Origin, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return (await this.transact(origin, work)).value;
  }

  /**
   * As `write`, and tells what has changed.
   *
   * @param beforeCommit called in the transaction when all is done; throws when nothing of it shall stay
   */
  async transact<T>(
    origin: Origin,
    work: (transaction: Transaction) => Promise<T>,
    beforeCommit?: (written: Written<T>, manager: EntityManager) => Promise<void>,
  ): Promise<Written<T>> {
    const touched = new Set<number>();
    const afterwards: Array<() => void> = [];
    const written = await this.inTransaction(async (runner) => {
      const { manager } = runner;
      const changes = new ChangeSet(manager, this.dialect);
      const touch = (ids: Iterable<number>) => {
        for (const id of ids) touched.add(id);
      };
      const afterCommit = (what: () => void) => void afterwards.push(what);
      const value = await work({ origin, manager, changes, touch, afterCommit });
      const entries = await changes.entries();
      const isNews = touched.size > 0 || entries.length > 0;
      const told = isNews ? this.notices?.send(manager, [...touched]) : undefined;
      const journalled = { entries, undoes: changes.undoes, now: new Date() };
      const appended = entries.length === 0 ? undefined : appendChange(manager, this.dialect, origin, journalled);
      // Where statements go out together, the chain is locked for no way to here and back.
      if (beforeCommit !== undefined || !this.dialect.pipelines) await Promise.all([told, appended]);
      await beforeCommit?.({ value, change: await appended, entries }, manager);
      const [change] = await Promise.all([appended, told, runner.commitTransaction()]);
      return { value, change, entries };
    });
    if (touched.size > 0 || written.change) {
      await this.announce([...touched]).catch((cause: unknown) => {
        // Whoever sees the cause alone would take the write for undone.
        throw new Error("written, but not everybody has heard of it", { cause });
      });
    }
    for (const what of afterwards) what();
    return written;
  }

  async close(): Promise<void> {
    await this.notices?.close();
    await this.dataSource.destroy();
  }

  /** `work` ends with the commit; without one, nothing stays. */
  private async inTransaction<T>(work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.startTransaction();
      return await work(runner);
    } catch (error) {
      // It waits for the writers that share the transaction; lost with them, what the error says was never so.
      if (runner.isTransactionActive) await runner.rollbackTransaction();
      throw error;
    } finally {
      await runner.release();
    }
  }

  private async announce(ids: readonly number[] | "all"): Promise<void> {
    if (ids.length > 0) for (const listener of this.listeners) await listener(ids);
    for (const listener of this.journalListeners) listener();
  }
}
