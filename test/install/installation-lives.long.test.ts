import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import { LocalBoots } from "../../src/boot/local-boots.js";
import { BootHandlers } from "../../src/boot/boot.http.js";
import { readConfig } from "../../src/config.js";
import type { App } from "../../src/context.js";
import { createBootPlane, listen } from "../../src/http/boot-plane.js";
import { bootRoutes } from "../../src/http/routes.js";
import { armAll, changeLives, expireInstallations } from "../../src/install/installation.store.js";
import { InstallHandlers } from "../../src/install/install.http.js";
import { installToken } from "../../src/install/install-token.js";
import { createProfile, profileNamed } from "../../src/install/profile.store.js";
import { keepPlan, planOf } from "../../src/install/install-plan.store.js";
import { saveTemplate } from "../../src/install/template.store.js";
import { createLog } from "../../src/log.js";
import { parseInventoryTarget } from "../../src/machine/inventory-request.js";
import { EthernetInterface, Machine } from "../../src/machine/machine.entity.js";
import { Refusals } from "../../src/errors.js";
import { registerAll } from "../support/register.js";
import { openApp } from "../../src/open-app.js";
import { freePort, http } from "../graphql/test-server.js";
import { randomNumbers, seed } from "../rack/drawing/random-racks.js";
import { BY_TEST, onBothDatabases } from "../support/databases.js";
import { Permit } from "./permit.js";

const MACHINES = 110;
const ROUNDS = 9;
const RESTART_AFTER = 4;
const MINUTE = 60_000;
const LIMITS = { installMs: 60 * MINUTE, totalMs: 12 * 60 * 60_000, installerBoots: 3 };
const REPORTS = ["config", "started", "progress", "done", "failed"] as const;

/** Everything between a boot loader's socket and the disk, with a clock that the test moves. */
class Floor {
  now = Date.parse("2026-03-01T00:00:00Z");
  private readonly folder = mkdtempSync(join(tmpdir(), "kickrack-lives-"));
  private opened: { app: App; plane: Server; url: string } | undefined;

  constructor(private readonly databaseUrl: string) {}

  get app(): App {
    if (this.opened === undefined) throw new Error("closed");
    return this.opened.app;
  }

  async open(): Promise<void> {
    const config = readConfig({ KICKRACK_DATABASE_URL: this.databaseUrl, KICKRACK_DATA: this.folder });
    const now = () => new Date(this.now);
    const log = createLog(() => undefined);
    const app = await openApp(config, log, now);
    const boot = new BootHandlers(app.boots, new LocalBoots(app.database, app.directory, log));
    const routes = bootRoutes({
      boot,
      inventory: () => Promise.reject(new Error("not in this test")),
      install: new InstallHandlers(app.database, app.secretKey, app.vault, app.lifeLimits, now, config.images),
      images: () => Promise.resolve(),
    });
    const plane = createBootPlane(routes, log, () => undefined, { publicUrl: undefined, networks: [] });
    const port = await freePort();
    await listen(plane, { host: "127.0.0.1", port });
    this.opened = { app, plane, url: `http://127.0.0.1:${port}` };
  }

  async close(): Promise<void> {
    const { opened } = this;
    this.opened = undefined;
    if (opened === undefined) return;
    await new Promise((resolve) => opened.plane.close(resolve));
    await opened.app.database.close();
  }

  async remove(): Promise<void> {
    await this.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get(target: string) {
    return http(`${this.opened?.url}${target}`);
  }

  context() {
    return { actor: "test", now: new Date(this.now), limits: LIMITS };
  }
}

class LivingMachine {
  readonly permit = new Permit(LIMITS);
  readonly history: string[] = [];
  /** Texts of the tokens it has had; the permit knows them by their position. */
  private readonly tokens: string[] = [];

  constructor(
    private readonly floor: Floor,
    readonly id: number,
    private readonly mac: string,
    private readonly random: (below: number) => number,
  ) {}

  async happen(): Promise<void> {
    switch (this.random(16)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return this.arm();
      case 4:
      case 5:
      case 6:
        return this.byPerson("approve");
      case 7:
        return this.byPerson("unlock");
      case 8:
        return this.byPerson((["disarm", "lock", "retire"] as const)[this.random(3)] ?? "lock");
      case 9:
        return this.dispute(this.random(3) === 0);
      default:
        return this.report();
    }
  }

  async boot(): Promise<void> {
    const { body } = await this.floor.get(`/boot/${this.mac}`);
    const token = /^kernel http\S+ .*token=(\S+)/m.exec(body)?.[1];
    const fault = this.permit.fault(this.floor.now);
    this.history.push(`${this.floor.now} boot${token === undefined ? "" : " installer"}`);
    const told = `${this.history.join(", ")} (KICKRACK_TEST_SEED=${seed})`;
    if (fault !== undefined) expect(token, `an installer, though ${fault}: ${told}`).toBeUndefined();
    else expect(token, `no installer, though it is permitted: ${told}\n${body}`).toBeDefined();
    if (token === undefined) return;
    if (!this.tokens.includes(token)) this.tokens.push(token);
    expect(token, `an old token: ${told}`).toBe(this.tokens.at(-1));
    expect(this.tokens, told).toHaveLength(this.armings);
    this.permit.offered();
  }

  private armings = 0;

  /** As an operator's arming, and then a look at the boot menu for the token; a machine that cannot see it has none. */
  private async arm(): Promise<void> {
    const { floor } = this;
    const { database, secretKey } = floor.app;
    const until = floor.now + this.random(80) * MINUTE;
    const may = this.permit.mayArm();
    this.history.push(`arm until ${until}`);
    try {
      await database.write(BY_TEST, async (transaction) => {
        const machine = await transaction.manager.findOneByOrFail(Machine, { id: this.id });
        const profile = await profileNamed(transaction.manager, "lives");
        const plan = await planOf(transaction.manager, profile);
        const arming = { machine, profile, plan, planId: await keepPlan(transaction.manager, plan) };
        await armAll(database, transaction, [arming], new Date(until), secretKey, floor.context());
      });
    } catch (error) {
      if (!(error instanceof Refusals)) throw error;
      expect(may, `${this.history.join(", ")}: ${error.message} (KICKRACK_TEST_SEED=${seed})`).toBe(false);
      return;
    }
    expect(may, `${this.history.join(", ")}: was armed (KICKRACK_TEST_SEED=${seed})`).toBe(true);
    this.armings++;
    const seedOfToken: Array<{ token_seed: string }> = await database.manager.query(
      `SELECT token_seed FROM installation WHERE machine_id = ${this.id} ORDER BY id DESC LIMIT 1`,
    );
    this.tokens.push(installToken(secretKey, seedOfToken[0]?.token_seed ?? ""));
    this.permit.armed(this.tokens.length - 1, until);
  }

  private async byPerson(type: "approve" | "disarm" | "lock" | "unlock" | "retire"): Promise<void> {
    this.history.push(type);
    this.permit.byPerson(type);
    const { database } = this.floor.app;
    await database.write(BY_TEST, async (transaction) => {
      const machine = await transaction.manager.findOneByOrFail(Machine, { id: this.id });
      await changeLives(database, transaction, [machine], { type }, this.floor.context());
    });
  }

  private async dispute(disputed: boolean): Promise<void> {
    this.history.push(disputed ? "dispute" : "resolve");
    this.permit.dispute(disputed);
    await this.floor.app.database.write(BY_TEST, async ({ manager, touch }) => {
      await manager.update(EthernetInterface, { machineId: this.id }, { disputed });
      touch([this.id]);
    });
  }

  /** Over HTTP, often twice at once, often with the token of an installation that is over. */
  private async report(): Promise<void> {
    const type = REPORTS[this.random(REPORTS.length)] ?? "config";
    const position = this.random(3) === 0 ? this.random(this.tokens.length + 1) : this.tokens.length - 1;
    const token = this.tokens[position] ?? "nobodys-token";
    const heard = this.permit.reported(position, type, this.floor.now);
    this.history.push(`${type} ${position}${heard ? "" : " (dead)"}`);
    const path = `/install/${type === "config" ? "preseed.cfg" : type}?token=${token}`;
    const answers = await Promise.all(Array.from({ length: 1 + this.random(2) }, () => this.floor.get(path)));
    const told = `${this.history.join(", ")}: ${answers.map(({ body }) => body).join()} (KICKRACK_TEST_SEED=${seed})`;
    for (const { status, body } of answers) {
      if (heard) expect(status, told).toBe(200);
      else if (type !== "done" && type !== "failed") expect(status, told).toBeGreaterThanOrEqual(400);
      if (!heard) expect(body, told).not.toContain("netcfg");
    }
  }
}

onBothDatabases("the life of machines, through HTTP and the store,", (fresh) => {
  const floors: Floor[] = [];
  afterEach(async () => {
    for (const floor of floors.splice(0)) await floor.remove();
  });

  test(`offers an installer exactly when it is permitted, also after a restart (KICKRACK_TEST_SEED=${seed})`, async () => {
    const random = randomNumbers(seed);
    const floor = new Floor((await fresh()).url);
    floors.push(floor);
    await floor.open();
    const { database, vault } = floor.app;
    await database.write(BY_TEST, async (transaction) => {
      await saveTemplate(transaction, vault, {
        name: "lives",
        format: "PRESEED",
        text: "d-i netcfg/get_hostname string a\n",
      });
      const values = { title: "t", kernel: "/images/k", initrds: [], parameters: {}, template: "lives" };
      await createProfile(transaction, vault, { ...values, name: "lives", arguments: "url={{ urls.config }}" });
    });
    const macs = Array.from({ length: MACHINES }, (_, i) => `00:26:2d:0a:00:${i.toString(16).padStart(2, "0")}`);
    const reports = macs.map((mac, i) => parseInventoryTarget(`/inventory/SN${i}/${mac}/Dell/R640`));
    const registered = await registerAll(floor.app.database, reports, new Date(floor.now));
    const machines = registered.map(
      ({ machineId }, i) => new LivingMachine(floor, machineId, macs[i] ?? "", randomNumbers(seed + i)),
    );
    const approved = machines.map(({ permit, id }) => ({ permit, id })).filter((_, i) => i % 4 > 0);
    await Promise.all(approved.map(({ permit, id }) => approve(floor, permit, id)));

    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all(machines.map((machine) => machine.happen()));
      await Promise.all(machines.map((machine) => machine.boot()));
      floor.now += (random(4) === 0 ? -random(30) : random(40)) * MINUTE;
      if (random(3) === 0) {
        await expireInstallations(floor.app.database, floor.context());
        for (const { permit } of machines) permit.swept(floor.now);
      }
      if (round === RESTART_AFTER) {
        await floor.close();
        await floor.open();
      }
    }
    const installed = machines.filter(({ history }) => history.some((what) => what.endsWith("installer")));
    expect(installed.length).toBeGreaterThan(MACHINES / 4); // else nothing was tried
  });
});

async function approve(floor: Floor, permit: Permit, id: number): Promise<void> {
  permit.byPerson("approve");
  const { database } = floor.app;
  await database.write(BY_TEST, async (transaction) => {
    const machine = await transaction.manager.findOneByOrFail(Machine, { id });
    await changeLives(database, transaction, [machine], { type: "approve" }, floor.context());
  });
}
