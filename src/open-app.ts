import { secretKey } from "./access/secret-key.js";
import { TokenUses } from "./access/token-uses.js";
import { BootDirectory } from "./boot/boot-directory.js";
import { BootRequests } from "./boot/boot-requests.js";
import { Boots } from "./boot/boot.store.js";
import { BY_START } from "./changes/origin.js";
import type { Config } from "./config.js";
import type { App } from "./context.js";
import { Database } from "./db/database.js";
import { bootPlaneUrls } from "./dhcp/boot-plane-urls.js";
import { HandOver } from "./dhcp/hand-over.js";
import { EventStreams } from "./events/event-streams.js";
import { addShippedProfiles } from "./install/shipped/shipped.store.js";
import { Vault } from "./install/vault.js";
import type { Log } from "./log.js";
import { againstPlan } from "./placement/floor/ghosts.store.js";
import { placeByEvidence } from "./placement/place-by-evidence.js";
import { SwitchScans } from "./placement/snmp/switch-scans.js";
import { addShippedModels } from "./rack/model/server-model.store.js";

/** An installation may take so many times as long as it may say nothing. */
const TOTAL_TIMES = 12;
const INSTALLER_BOOTS = 3;

/** The database, and the key of what is secret in it. */
export type Data = Pick<App, "database" | "secretKey" | "vault">;

/** What every command that works on the database itself begins with: open, migrated, with what Kickrack brings along. */
export async function openData(config: Config): Promise<Data> {
  const database = await Database.open(config.databaseUrl, { statementSeconds: config.querySeconds });
  const key = await secretKey(database, config.secretKey, config.data);
  const vault = new Vault(key);
  await database.write(BY_START, async (transaction) => {
    await database.dialect.lockForTransaction(transaction.manager, "first start");
    await addShippedProfiles(transaction, vault);
    await addShippedModels(transaction.manager);
  });
  return { database, secretKey: key, vault };
}

/** Without the two planes, whose modules take a second to load. */
export async function openApp(config: Config, log: Log, now: () => Date = () => new Date()): Promise<App> {
  return appOf(await openData(config), config, log, now);
}

/** Reads where every machine is in its life. */
export async function appOf(data: Data, config: Config, log: Log, now: () => Date): Promise<App> {
  const { database, secretKey: key, vault } = data;
  const directory = await BootDirectory.load(database, log);
  const boots = new Boots(database, directory, key, vault, { installerBoots: INSTALLER_BOOTS }, now);
  const app: App = {
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
    switchScans: new SwitchScans(database, vault, log, now, (transaction, machineIds) =>
      placeByEvidence(app, transaction, machineIds),
    ),
    againstPlan,
    ...bootPlaneUrls(config),
    log,
    now,
  };
  return app;
}

export function handOverOf({ config, directory, boots, log, bootAddress, dnsmasqUrl }: App): HandOver {
  return new HandOver(directory, boots, log, {
    exports: config.exports,
    tftpRoot: config.tftpRoot,
    ...config.dnsmasq,
    url: dnsmasqUrl,
    address: bootAddress,
  });
}
