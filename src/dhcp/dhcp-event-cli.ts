import { spawnSync } from "node:child_process";
import { Command, type Option } from "commander";
import type { Config } from "../config.js";
import { printDhcpEventScript } from "./dhcp-event-script.js";
import { places } from "./places.js";

/** For scripts that are not dnsmasq's: the same program as in exports/dnsmasq/dhcp-event, behind the start of Node. */
export function dhcpEventCommand(
  configFile: Option,
  settings: (options: { readonly config?: string }) => Config,
): Command {
  return new Command("dhcp-event")
    .description(
      "leave for the server what a DHCP relay said of a port; dnsmasq itself calls exports/dnsmasq/dhcp-event, which is faster",
    )
    .argument("<action>", "add or old; others tell nothing of a port")
    .argument("<mac>")
    .argument("[address]", "the lease's")
    .argument("[hostname]")
    .addOption(configFile)
    .addHelpText(
      "after",
      "\nIn the environment as dnsmasq has it: DNSMASQ_CIRCUIT_ID, DNSMASQ_REMOTE_ID, DNSMASQ_SUBSCRIBER_ID (text, or hex " +
        "as 00:04:00:0a:01:07),\nDNSMASQ_RELAY_ADDRESS, DNSMASQ_TAGS (port:NAME and switch:NAME).",
    )
    .action((action: string, mac: string, _address: unknown, _hostname: unknown, options: { config?: string }) => {
      const script = printDhcpEventScript(places(settings(options)).spool);
      const { status } = spawnSync("/bin/sh", ["-c", script, "dhcp-event", action, mac], { stdio: "inherit" });
      process.exitCode = status ?? 1;
    });
}
