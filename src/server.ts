import { networkInterfaces } from "node:os";
import { mintFirstToken } from "./access/api-token.store.js";
import { secretKey } from "./access/secret-key.js";
import { TokenUses } from "./access/token-uses.js";
import { BootDirectory } from "./boot/boot-directory.js";
import { BootHandlers } from "./boot/boot.http.js";
import { LocalBoots } from "./boot/local-boots.js";
import { BootRequests } from "./boot/boot-requests.js";
import { Boots } from "./boot/boot.store.js";
import { imagesHandler } from "./boot/images.http.js";
import { BY_START } from "./changes/origin.js";
import type { Config, ListenAddress } from "./config.js";
import type { App } from "./context.js";
import { Database } from "./db/database.js";
import { HandOver } from "./dhcp/hand-over.js";
import { EventStreams } from "./events/event-streams.js";
import { buildSchema } from "./graphql/schema.js";
import { prepareDrawing } from "./rack/drawing/draw.js";
import { boundAddress, createBootPlane, listen } from "./http/boot-plane.js";
import { createControlPlane } from "./http/control-plane.js";
import { bootRoutes } from "./http/routes.js";
import { InstallHandlers } from "./install/install.http.js";
import { expireInstallations } from "./install/installation.store.js";
import { addShippedProfiles } from "./install/shipped/shipped.store.js";
import { Vault } from "./install/vault.js";
import type { Log } from "./log.js";
import { inventoryHandler } from "./machine/inventory.http.js";
import { RegistrationQueue } from "./machine/registration-queue.js";
import { addShippedModels } from "./rack/model/server-model.store.js";

/** An installation may take so many times as long as it may say nothing. */
const TOTAL_TIMES = 12;
const INSTALLER_BOOTS = 3;
const SWEEP_MS = 5_000;
const BOOT_REQUESTS_MS = 1_000;
const TOKEN_USES_MS = 60_000;
const STOP_GRACE_MS = 5_000;

export interface RunningServer {
  readonly app: App;
  /** Where it listens, with the port that it got for port 0. */
  readonly bootListen: ListenAddress;
  readonly controlListen: ListenAddress;
  /** An administrator's token, on the first start only. */
  readonly firstToken: string | undefined;
  stop(): Promise<void>;
}

/** What every command that works on the database itself begins with: open, migrated, with what Kickrack brings along. */
export async function openApp(config: Config, log: Log, now: () => Date = () => new Date()): Promise<App> {
  const database = await Database.open(config.databaseUrl, { statementSeconds: config.querySeconds });
  const key = await secretKey(database, config.secretKey, config.data);
  const vault = new Vault(key);
  await database.write(BY_START, async (transaction) => {
    await database.dialect.lockForTransaction(transaction.manager, "first start");
    await addShippedProfiles(transaction, vault);
    await addShippedModels(transaction.manager);
  });
  const directory = await BootDirectory.load(database, log);
  const boots = new Boots(database, directory, key, vault, { installerBoots: INSTALLER_BOOTS }, now);
  const { port } = config.bootListen;
  return {
    config,
    database,
    directory,
    boots,
    bootRequests: new BootRequests(database, directory, log),
    secretKey: key,
    vault,
    tokenUses: new TokenUses(database),
    lifeLimits: { installMs: config.installMinutes * 60_000, totalMs: TOTAL_TIMES * config.installMinutes * 60_000 },
    streams: new EventStreams(database, log, now),
    bootAddress: config.publicUrl ?? `http://${ownAddress(config.bootListen.host)}:${port}`,
    dnsmasqUrl: config.publicUrl ?? `http://\${next-server}:${port}`,
    log,
    now,
  };
}

/** Starts both planes and the hand-over to dnsmasq. */
export async function startServer(config: Config, log: Log): Promise<RunningServer> {
  const app = await openApp(config, log);
  const { database, boots, now } = app;
  const firstToken = await database.write(BY_START, async (transaction) => {
    await database.dialect.lockForTransaction(transaction.manager, "first start");
    return (await mintFirstToken(transaction, app.secretKey, now()))?.text;
  });
  const queue = new RegistrationQueue(database, now, (entries) => {
    for (const { report, machineId, decided } of entries) {
      const { serialNumber: serial, macAddress: mac, manufacturer, product } = report;
      log.info("registration", { serial, mac, manufacturer, product, machine: machineId, decided });
    }
  });
  const boot = new BootHandlers(boots, new LocalBoots(database, app.directory, now));
  const routes = bootRoutes({
    boot,
    inventory: inventoryHandler(queue, boot.afterInventory),
    install: new InstallHandlers(database, app.secretKey, app.vault, app.lifeLimits, now, config.images),
    images: imagesHandler(config.images),
  });
  const bootPlane = createBootPlane(routes, log, app.bootRequests.note, {
    publicUrl: config.publicUrl,
    networks: config.bootNetworks,
  });
  const controlPlane = await createControlPlane(app, buildSchema());
  const handOver = handOverOf(app);
  await prepareDrawing();
  const bootListen = await listen(bootPlane, config.bootListen);
  await controlPlane.listen(config.controlListen);
  const controlListen = boundAddress(controlPlane.server, config.controlListen);
  // Not waited for: with 100,000 machines the first pass takes longer than a machine's patience.
  handOver.follow().catch((error: unknown) => log.error("cannot write what dnsmasq needs", error));
  const sweep = setInterval(() => {
    expireInstallations(database, { actor: "the clock", now: now(), limits: app.lifeLimits }).catch((error: unknown) =>
      log.error("cannot end installations whose time is over", error),
    );
  }, SWEEP_MS);
  const bootRequests = setInterval(() => void app.bootRequests.write(), BOOT_REQUESTS_MS);
  const writeTokenUses = () =>
    app.tokenUses.write().catch((error: unknown) => log.error("cannot write when tokens were used last", error));
  const tokenUses = setInterval(() => void writeTokenUses(), TOKEN_USES_MS);

  return {
    app,
    bootListen,
    controlListen,
    firstToken,
    async stop() {
      clearInterval(sweep);
      clearInterval(tokenUses);
      clearInterval(bootRequests);
      const closed = new Promise((resolve) => bootPlane.close(resolve));
      bootPlane.closeIdleConnections();
      setTimeout(() => bootPlane.closeAllConnections(), STOP_GRACE_MS).unref();
      await queue.settle();
      await Promise.all([closed, controlPlane.close()]);
      await handOver.stop();
      await app.bootRequests.settle();
      await writeTokenUses();
      await database.close();
    },
  };
}

export function handOverOf({ config, directory, boots, log, bootAddress, dnsmasqUrl }: App): HandOver {
  return new HandOver(directory, boots, log, {
    exports: config.exports,
    tftpRoot: config.tftpRoot,
    dialect: config.dnsmasq.dialect,
    mode: config.dnsmasq.mode,
    url: dnsmasqUrl,
    address: bootAddress,
    reload: config.dnsmasq.reload,
  });
}

/** The address that machines reach us by, as far as a host knows that of itself: the first that is not loopback. */
function ownAddress(listenHost: string): string {
  if (listenHost !== "0.0.0.0" && listenHost !== "::") return listenHost.includes(":") ? `[${listenHost}]` : listenHost;
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return addresses.find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? "127.0.0.1";
}
