import { Command, InvalidArgumentError, Option } from "commander";
import type { Config } from "../config.js";
import { ROLES } from "./role.js";
import { SCOPES } from "./scope.js";
import type { OutputFormat, TokenWish } from "./token-command.js";

interface TokenOptions {
  readonly config?: string;
  readonly output: OutputFormat;
}

/** @param settings reads the settings that `--config` and the environment give */
export function tokenCommand(
  configFile: Option,
  settings: (options: TokenOptions) => Config,
  print: (text: string) => void,
): Command {
  const output = new Option("-o, --output <format>", "how to print it").choices(["table", "json"]).default("table");
  const command = new Command("token").description(
    "the control plane's bearer tokens, on the server's own database; needs no token, also to replace a lost one",
  );
  // Loaded when it is needed: the database's driver would make --help slow.
  const commands = () => import("./token-command.js");
  command
    .command("create")
    .description("mint a token and print it, once")
    .argument("<name>", "whose it is; stands in logs")
    .addOption(roleOption())
    .addOption(scopeOption())
    .option("-d, --days <n>", "how long it is valid; for ever when not given", wholeNumber)
    .addOption(output)
    .addOption(configFile)
    .addHelpText("after", `\nScopes:\n${scopeLines()}\n`)
    .action(async (name: string, options: TokenOptions & TokenWish) =>
      print(await (await commands()).createToken(settings(options), name, options, options.output)),
    );
  command
    .command("list")
    .description("show every token's id, name, role, scopes, end and last use")
    .addOption(output)
    .addOption(configFile)
    .action(async (options: TokenOptions) =>
      print(await (await commands()).listTokens(settings(options), options.output)),
    );
  command
    .command("revoke")
    .description("end a token; its next request is refused, by every server of this database")
    .argument("<id>", "as `token list` shows it, or the token's part before the dot (kr_…)")
    .addOption(output)
    .addOption(configFile)
    .action(async (id: string, options: TokenOptions) =>
      print(await (await commands()).revokeTokenById(settings(options), id, options.output)),
    );
  return command;
}

function roleOption(): Option {
  const roles = ROLES.map((role) => role.toLowerCase());
  return new Option("-r, --role <role>", "how much it may do; each role may do what the ones before it may")
    .choices(roles)
    .default("viewer");
}

function scopeOption(): Option {
  const scopes = Object.keys(SCOPES).map((scope) => scope.toLowerCase());
  return new Option("-s, --scope <scope>", "what it may touch; can be repeated; everything when not given")
    .default([], "everything")
    .argParser((scope: string, earlier: string[]) => {
      if (!scopes.includes(scope)) throw new InvalidArgumentError(`Allowed scopes are ${scopes.join(", ")}.`);
      return [...earlier, scope];
    });
}

function scopeLines(): string {
  const width = Math.max(...Object.keys(SCOPES).map((scope) => scope.length));
  return Object.entries(SCOPES)
    .map(([scope, what]) => `  ${scope.toLowerCase().padEnd(width)}  ${what}`)
    .join("\n");
}

function wholeNumber(text: string): number {
  if (!/^[0-9]+$/.test(text)) throw new InvalidArgumentError("It is a whole number of days.");
  return Number(text);
}
