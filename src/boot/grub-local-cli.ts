import { Command, type Option } from "commander";
import type { Config } from "../config.js";

interface Options {
  readonly config?: string;
}

/** @param settings reads the settings that `--config` and the environment give */
export function grubLocalCommand(configFile: Option, settings: (options: Options) => Config): Command {
  return new Command("grub-local")
    .description("make the GRUBs that start a machine's own disk (local boot method GRUB) from this host's GRUB")
    .addOption(configFile)
    .action(async (options: Options) => {
      const { makeGrubLocal } = await import("./grub-local.js");
      const { images } = settings(options);
      const { made, missing } = await makeGrubLocal(images);
      const not = missing.map((each) => `Without the package ${each} the other could not be made.\n`);
      process.stdout.write(`Made ${made.join(" and ")} in ${images}.\n${not.join("")}`);
    });
}
