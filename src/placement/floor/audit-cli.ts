import { Command, Option } from "commander";
import type { Config } from "../../config.js";
import { CallerError } from "../../errors.js";

export const AUDIT_FORMATS = ["text", "json", "csv"] as const;
export type AuditFormat = (typeof AUDIT_FORMATS)[number];

interface AuditOptions {
  readonly config?: string;
  readonly format: AuditFormat;
}

/** @param settings reads the settings that `--config` and the environment give */
export function auditCommand(configFile: Option, settings: (options: AuditOptions) => Config): Command {
  return (
    new Command("audit")
      .description("compare where machines are planned with where they are seen, on the server's own database")
      .addOption(new Option("--format <format>", "what to write").choices(AUDIT_FORMATS).default("text"))
      .addOption(configFile)
      .addHelpText(
        "after",
        "\nEnds with 0 when plan and floor agree, with 1 when they differ, with 2 when it could not tell; for cron:\n" +
          "  0 6 * * *  kickrack audit > /var/tmp/audit || mail -s 'plan and floor differ' ops@example.net < /var/tmp/audit",
      )
      // A wrong option is no difference.
      .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
      .action(async (options: AuditOptions) => {
        try {
          const { audit } = await import("./audit-command.js");
          const { text, differences } = await audit(settings(options), options.format);
          process.stdout.write(text);
          process.exitCode = differences === 0 ? 0 : 1;
        } catch (error) {
          const why =
            error instanceof CallerError ? error.message : error instanceof Error ? error.stack : String(error);
          process.stderr.write(`kickrack: ${why}\n`);
          process.exitCode = 2;
        }
      })
  );
}
