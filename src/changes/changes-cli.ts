import { Command, type Option } from "commander";
import type { Config } from "../config.js";

interface VerifyOptions {
  readonly config?: string;
  readonly head?: string;
}

/** @param settings reads the settings that `--config` and the environment give */
export function changesCommand(configFile: Option, settings: (options: VerifyOptions) => Config): Command {
  const command = new Command("changes").description("the journal of all writes, on the server's own database");
  command
    .command("verify")
    .description("read every change and its digest, and say where one was edited; ends with 1 when one was")
    .option("--head <id:digest>", "an earlier run's head, kept elsewhere: finds a journal that was cut or written anew")
    .addOption(configFile)
    .action(async (options: VerifyOptions) => {
      const { verifyChangesOffline } = await import("./changes-command.js");
      const { text, intact } = await verifyChangesOffline(settings(options), options.head);
      process.stdout.write(text);
      if (!intact) process.exitCode = 1;
    });
  return command;
}
