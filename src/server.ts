import { mintFirstToken } from "./access/api-token.store.js";
import { BootHandlers } from "./boot/boot.http.js";
import { LocalBoots } from "./boot/local-boots.js";
import { imagesHandler } from "./boot/images.http.js";
import { BY_START } from "./changes/origin.js";
import type { Config, ListenAddress } from "./config.js";
import type { App } from "./context.js";
import { buildSchema } from "./graphql/schema.js";
import { dhcpSpool } from "./placement/option82/keep-option82.js";
import { PlaceRegistered } from "./placement/place-registered.js";
import { prepareDrawing } from "./rack/drawing/draw.js";
import { boundAddress, createBootPlane, listen } from "./http/boot-plane.js";
import { createControlPlane } from "./http/control-plane.js";
import { bootRoutes } from "./http/routes.js";
import { InstallHandlers } from "./install/install.http.js";
import { expireInstallations } from "./install/installation.store.js";
import type { Log } from "./log.js";
import { handOverOf, openApp } from "./open-app.js";
import { inventoryHandler } from "./machine/inventory.http.js";
import { RegistrationQueue } from "./machine/registration-queue.js";

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

/** Starts both planes and the hand-over to dnsmasq. */
export async function startServer(config: Config, log: Log): Promise<RunningServer> {
  const app = await openApp(config, log);
  const { database, boots, now } = app;
  const firstToken = await database.write(BY_START, async (transaction) => {
    await database.dialect.lockForTransaction(transaction.manager, "first start");
    return (await mintFirstToken(transaction, app.secretKey, now()))?.text;
  });
  const placeRegistered = new PlaceRegistered(app);
  const queue = new RegistrationQueue(database, now, (entries) => {
    for (const { report, machineId, decided } of entries) {
      const { serialNumber: serial, macAddress: mac, manufacturer, product } = report;
      log.info("registration", { serial, mac, manufacturer, product, machine: machineId, decided });
    }
    placeRegistered.note(entries);
  });
  const dhcpEvents = config.dnsmasq.events === "off" ? undefined : dhcpSpool(app, placeRegistered.heard);
  const boot = new BootHandlers(boots, new LocalBoots(database, app.directory, log));
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
  await dhcpEvents?.follow();
  const sweep = setInterval(() => {
    expireInstallations(database, { actor: "the clock", now: now(), limits: app.lifeLimits }).catch((error: unknown) =>
      log.error("cannot end installations whose time is over", error),
    );
  }, SWEEP_MS);
  const bootRequests = setInterval(() => void app.bootRequests.write(), BOOT_REQUESTS_MS);
  const writeTokenUses = () =>
    app.tokenUses.write().catch((error: unknown) => log.error("cannot write when tokens were used last", error));
  const tokenUses = setInterval(() => void writeTokenUses(), TOKEN_USES_MS);
  const askSwitches = () =>
    app.switchScans.askAll().catch((error: unknown) => log.error("cannot ask the switches", error));
  const scans =
    config.switchScanSeconds > 0 ? setInterval(() => void askSwitches(), config.switchScanSeconds * 1_000) : undefined;

  return {
    app,
    bootListen,
    controlListen,
    firstToken,
    async stop() {
      clearInterval(sweep);
      clearInterval(tokenUses);
      clearInterval(bootRequests);
      clearInterval(scans);
      const closed = new Promise((resolve) => bootPlane.close(resolve));
      bootPlane.closeIdleConnections();
      setTimeout(() => bootPlane.closeAllConnections(), STOP_GRACE_MS).unref();
      await queue.settle();
      await dhcpEvents?.stop();
      await placeRegistered.stop();
      await Promise.all([closed, controlPlane.close()]);
      await app.switchScans.stop();
      await handOver.stop();
      await app.bootRequests.settle();
      await writeTokenUses();
      await database.close();
    },
  };
}
