import { Command, InvalidArgumentError, Option } from "commander";
import { FORMAT_NAMES } from "./diagram/diagram-format.js";
import { type TerminalChoice, terminalQuery } from "./terminal/terminal-query.js";

interface ShowOptions {
  readonly url: string;
  readonly token?: string;
  readonly output: string;
  readonly face?: string;
  readonly theme?: string;
  readonly color: TerminalChoice["color"];
  readonly ascii?: boolean;
  readonly ghosts: boolean;
  readonly width?: number;
}

/** Racks as a client of the control plane sees them. */
export function rackCommand(): Command {
  const command = new Command("rack").description("racks of a running Kickrack");
  command
    .command("show")
    .description("draw racks in the terminal, or write them in another format to standard output")
    .argument("<names...>", "racks, side by side where there is room")
    .addOption(new Option("-u, --url <url>", "the control plane").env("KICKRACK_URL").default("http://127.0.0.1:9394"))
    .addOption(new Option("--token <token>", "of role VIEWER at least").env("KICKRACK_TOKEN"))
    .addOption(new Option("-o, --output <format>", "what to write").choices(FORMAT_NAMES).default("txt"))
    .addOption(new Option("--face <face>", "which side").choices(["front", "rear", "both"]))
    .option("--theme <theme>", "of svg, png and pdf: light, dark, auto, print, classic")
    .addOption(new Option("--color <when>", "in the terminal").choices(["auto", "always", "never"]).default("auto"))
    .option("--ascii", "no characters beyond ASCII but those of names")
    .option("--no-ghosts", "without machines that are seen elsewhere than planned")
    .option("--width <cells>", "of the terminal, when it does not say", wholeNumber)
    .action(async (names: string[], options: ShowOptions) => {
      const { fetchDiagram } = await import("./rack-command.js");
      const { output, url, token } = options;
      process.stdout.write(await fetchDiagram({ url, token }, output, names, asked(options)));
    });
  return command;
}

/** What goes into the address. */
function asked({ output, face, theme, color, ascii = false, ghosts, width }: ShowOptions): Record<string, string> {
  return {
    ...(face === undefined ? {} : { face }),
    ...(theme === undefined ? {} : { theme }),
    ...(ghosts ? {} : { ghosts: "false" }),
    ...(output === "txt" ? terminalQuery({ color, ascii, width }) : {}),
  };
}

function wholeNumber(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError("Write a number of cells, such as 132.");
  return Number(text);
}
