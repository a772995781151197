import { Command, Option } from "commander";
import { THEMES, type Theme } from "../drawing/draw-options.js";
import type { DiagramFormat } from "./formats.js";
import type { Mode } from "./tokens.js";

// Loading what reads and draws would make --help slow.
const FORMATS: readonly DiagramFormat[] = ["svg", "json"];
const MODES: readonly Mode[] = ["helpful", "exact"];

export interface RackdiagOptions {
  readonly type: DiagramFormat;
  readonly output?: string;
  readonly mode: Mode;
  readonly theme: Theme;
}

const HELP = `
Without -o the drawing goes to standard output. What is read otherwise than rackdiag would, or left out, is told on
standard error as FILE:LINE:COLUMN: warning: …; a file that cannot be read as FILE:LINE:COLUMN: what is wrong and what to
write, and the command ends with 1. The theme classic is rackdiag's own look; the others are Kickrack's. No file and no
address that a diagram names is opened.
`;

export function rackdiagCommand(): Command {
  return new Command("rackdiag")
    .description("draw or read a diagram in rackdiag's language; needs no server")
    .argument("<file>", "the diagram; - is standard input")
    .addOption(new Option("-T, --type <format>", "what to make of it").choices(FORMATS).default("svg"))
    .option("-o, --output <file>", "where to write it")
    .addOption(
      new Option("-m, --mode <mode>", "exact reads as rackdiag 2.0 does, helpful mends what surprises people")
        .choices(MODES)
        .default("helpful"),
    )
    .addOption(new Option("-t, --theme <theme>", "how it looks").choices(THEMES).default("classic"))
    .addHelpText("after", HELP)
    .action(async (file: string, options: RackdiagOptions) => {
      const { runRackdiag } = await import("./rackdiag-command.js");
      process.exitCode = await runRackdiag(file, options);
    });
}
