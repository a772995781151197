import { extname } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { InvalidInput } from "../../errors.js";
import { FORMAT_NAMES } from "../diagram/diagram-format.js";
import { THEMES, type Theme } from "../drawing/draw-options.js";
import type { ConvertedFormat } from "./convert.js";
import type { Mode } from "./tokens.js";

// Loading what reads and draws would make --help slow.
const MODES: readonly Mode[] = ["helpful", "exact"];
const FORMATS: readonly ConvertedFormat[] = [...FORMAT_NAMES.filter((name) => name !== "diag"), "json"];

export interface RackdiagOptions {
  readonly type?: ConvertedFormat;
  readonly output?: string;
  readonly mode: Mode;
  readonly theme?: Theme;
}

const HELP = `
Without -o the drawing goes to standard output; without -T it is what the ending of -o says, else SVG. What is read
otherwise than rackdiag would, or left out, is told on standard error as FILE:LINE:COLUMN: warning: …; a file that
cannot be read as FILE:LINE:COLUMN: what is wrong and what to write, and the command ends with 1. No file and no address
that a diagram names is opened.
`;

export function rackdiagCommand(): Command {
  return new Command("rackdiag")
    .description("draw or read a diagram in rackdiag's language; needs no server")
    .argument("<file>", "the diagram; - is standard input")
    .addOption(new Option("-T, --type <format>", "what to make of it").choices(FORMATS).argParser(formatNamed))
    .option("-o, --output <file>", "where to write it")
    .addOption(
      new Option("-m, --mode <mode>", "exact reads as rackdiag 2.0 does, helpful mends what surprises people")
        .choices(MODES)
        .default("helpful"),
    )
    .addOption(
      new Option(
        "-t, --theme <theme>",
        "how it looks; without it svg and png have rackdiag's own look, which is classic",
      ).choices(THEMES),
    )
    .addHelpText("after", HELP)
    .action(async (file: string, options: RackdiagOptions) => {
      const { output } = options;
      const format = options.type ?? (output === undefined ? "svg" : formatOfFile(output));
      const { runRackdiag } = await import("./rackdiag-command.js");
      process.exitCode = await runRackdiag(file, format, options);
    });
}

/** Also as rackdiag writes it: `-T PNG`. */
function formatNamed(name: string): ConvertedFormat {
  const format = FORMATS.find((each) => each === name.toLowerCase());
  if (format === undefined) throw new InvalidArgumentError(`It is one of ${FORMATS.join(", ")}.`);
  return format;
}

/** By its ending; SVG when it has none. @throws InvalidInput for an ending that says nothing */
function formatOfFile(file: string): ConvertedFormat {
  const ending = extname(file).slice(1).toLowerCase();
  const format = ending === "" ? "svg" : FORMATS.find((each) => each === ending);
  if (format !== undefined) return format;
  throw new InvalidInput(`nothing is written as .${ending}; it may be .${FORMATS.join(", .")}, or say what with -T`);
}
