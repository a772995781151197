#!/usr/bin/env -S UV_THREADPOOL_SIZE=16 node --enable-source-maps
// The environment has to be set before Node starts: under ESM the loader has used libuv's threads by the time code runs.
import { readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import { tokenCommand } from "./access/token-cli.js";
import { changesCommand } from "./changes/changes-cli.js";
import { readConfig, type Config, type ListenAddress } from "./config.js";
import { dhcpEventCommand } from "./dhcp/dhcp-event-cli.js";
import { dnsmasqCommand } from "./dhcp/dnsmasq-cli.js";
import { CallerError } from "./errors.js";
import { grubLocalCommand } from "./boot/grub-local-cli.js";
import { imageCommand } from "./install/image/image-cli.js";
import { createLog } from "./log.js";
import { optimizeLater } from "./optimize-later.js";
import { packageRoot } from "./package-root.js";
import { auditCommand } from "./placement/floor/audit-cli.js";
import { rackdiagCommand } from "./rack/rackdiag/rackdiag-cli.js";
import { rackCommand } from "./rack/rack-cli.js";

const { version } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as { version: string };

const program = new Command("kickrack")
  .description("Turns bare servers into inventoried, racked and installed machines.")
  .version(version)
  .showHelpAfterError();

const configFile = new Option("-c, --config <file>", "settings as TOML; the environment's KICKRACK_… come before it");

interface ServerOptions {
  readonly config?: string;
}

function settings({ config }: ServerOptions): Config {
  return readConfig(process.env, config);
}

program
  .command("serve")
  .description("start both planes; migrates the database first, stops cleanly on SIGTERM")
  .addOption(configFile)
  .action(async (options: ServerOptions) => {
    const config = settings(options);
    const { startServer } = await import("./server.js");
    const log = createLog(bufferedStderr());
    const server = await startServer(config, log);
    const url = ({ host, port }: ListenAddress) => `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
    process.stdout.write(
      [
        `Kickrack ${version}`,
        `  boot plane     ${url(server.bootListen)}   for machines`,
        `  control plane  ${url(server.controlListen)}   for scripts and people`,
        ...(server.firstToken === undefined
          ? []
          : [`  administrator  ${server.firstToken}`, "                 this token is shown now and never again"]),
        "",
      ].join("\n"),
    );
    let stopping = false;
    const stop = (signal: string) => {
      if (stopping) process.exit(1);
      stopping = true;
      log.info("stopping", { signal });
      server.stop().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    };
    process.on("SIGTERM", stop);
    process.on("SIGINT", stop);
  });

program
  .command("migrate")
  .description("bring the database's tables up to date and end")
  .addOption(configFile)
  .action(async (options: ServerOptions) => {
    const { Database } = await import("./db/database.js");
    const database = await Database.open(settings(options).databaseUrl);
    await database.close();
    process.stdout.write("The tables are up to date.\n");
  });

program
  .command("export")
  .description("write exports/ once: dnsmasq's files, PXELINUX's files, and each rack as .svg and .diag")
  .addOption(configFile)
  .action(async (options: ServerOptions) => {
    optimizeLater();
    const config = settings(options);
    const { startRackThread } = await import("./rack/diagram/rack-thread.js");
    const thread = startRackThread();
    const { exportOnce } = await import("./export.js");
    const { racks, changed } = await exportOnce(config, createLog(bufferedStderr()), thread);
    const files = `${changed} ${changed === 1 ? "file" : "files"} of ${racks} ${racks === 1 ? "rack" : "racks"} changed`;
    process.stdout.write(`Wrote dnsmasq's and PXELINUX's files to ${config.exports}; ${files}.\n`);
  });

program.addCommand(tokenCommand(configFile, settings, (text) => process.stdout.write(text)));
program.addCommand(dnsmasqCommand(configFile, settings, (text) => process.stdout.write(text)));
program.addCommand(dhcpEventCommand(configFile, settings));
program.addCommand(changesCommand(configFile, settings));
program.addCommand(imageCommand(configFile, settings).addCommand(grubLocalCommand(configFile, settings)));
program.addCommand(rackdiagCommand());
program.addCommand(rackCommand());
program.addCommand(auditCommand(configFile, settings));

program
  .command("simulate")
  .description("send what machines of common makes would send when they boot for the first time")
  .option("-n, --machines <n>", "how many", "40")
  .option("-u, --url <url>", "the boot plane", "http://127.0.0.1:9393")
  .option("-s, --seed <n>", "the same number gives the same machines", "1")
  .action(async (options: { machines: string; url: string; seed: string }) => {
    const { simulate } = await import("./simulate.js");
    const { registered, failed } = await simulate(options);
    process.stdout.write(`${registered} machines registered${failed > 0 ? `, ${failed} failed` : ""}.\n`);
    if (failed > 0) process.exitCode = 1;
  });

/** Lines of one turn of the event loop in one write: at 10,000 registrations a second each write would count. */
function bufferedStderr(): (text: string) => void {
  let lines: string[] = [];
  const flush = () => {
    if (lines.length > 0) process.stderr.write(lines.join(""));
    lines = [];
  };
  process.on("exit", () => lines.length > 0 && writeSync(2, lines.join("")));
  return (text) => {
    if (lines.push(text) === 1) setImmediate(flush);
  };
}

function fail(error: unknown): never {
  const known = error instanceof CallerError || (error as NodeJS.ErrnoException | undefined)?.code === "EADDRINUSE";
  process.stderr.write(
    `kickrack: ${known ? (error as Error).message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
}

program.parseAsync().catch(fail);
