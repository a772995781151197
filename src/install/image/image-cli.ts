import { Command, type Option } from "commander";
import type { Config } from "../../config.js";
import type { ImportOptions } from "./image-import.js";

interface Options extends ImportOptions {
  readonly config?: string;
}

/** @param settings reads the settings that `--config` and the environment give */
export function imageCommand(configFile: Option, settings: (options: Options) => Config): Command {
  const command = new Command("image").description("kernels and initrds, as /images serves them");
  command
    .command("import")
    .description("put what boots from an ISO, an archive or a folder where a profile expects it")
    .argument("<name>", "as in /images/NAME/: for a shipped profile its name, such as debian-12")
    .argument("<source>", "an ISO, a netboot.tar.gz or a folder")
    .option("--sha256 <digest>", "its checksum, as its makers publish it")
    .option("--sums <file>", "their SHA256SUMS")
    .option("--unchecked", "take it without a checksum")
    .addOption(configFile)
    .action(async (name: string, source: string, options: Options) => {
      const { importImage } = await import("./image-import.js");
      const { title, files } = await importImage(settings(options).images, name, source, options);
      const more = files.length > 5 ? [`… and ${files.length - 5} more`] : [];
      process.stdout.write([`It is ${title}:`, ...files.slice(0, 5), ...more, ""].join("\n"));
    });
  return command;
}
