import { join } from "node:path";
import type { App } from "../context.js";
import { printDnsmasqConf, type Dialect } from "./dnsmasq-conf.js";
import { hostsOf } from "./hand-over.js";
import { printDhcpHost } from "./hostsfile.js";

/** The hostsfile as it would be written now. */
export function printedHostsfile({ directory }: App): string {
  const lines: string[] = [];
  for (const entry of directory.entries()) {
    for (const host of hostsOf(entry, directory)) lines.push(`${printDhcpHost(host)}\n`);
  }
  return lines.join("");
}

export function printedConf(
  { config, dnsmasqUrl }: App,
  dialect: Dialect = config.dnsmasq.dialect,
  mode: "ipxe" | "pxelinux" = config.dnsmasq.mode,
): string {
  const hostsfile = join(config.exports, "dnsmasq", "hostsfile");
  return printDnsmasqConf({ dialect, mode, hostsfile, tftpRoot: config.tftpRoot, url: dnsmasqUrl });
}
