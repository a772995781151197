import type { App } from "../context.js";
import { printDnsmasqConf, type HandOverChoice } from "./dnsmasq-conf.js";
import { hostsOf } from "./hand-over.js";
import { printDhcpHost } from "./hostsfile.js";
import { places } from "./places.js";

/** The hostsfile as it would be written now. */
export function printedHostsfile({ directory }: App): string {
  const lines: string[] = [];
  for (const entry of directory.entries()) {
    for (const host of hostsOf(entry, directory)) lines.push(`${printDhcpHost(host)}\n`);
  }
  return lines.join("");
}

export function printedConf({ config, dnsmasqUrl, bootAddress }: App, choice: Partial<HandOverChoice> = {}): string {
  return printDnsmasqConf({ ...places(config), url: dnsmasqUrl, address: bootAddress, ...config.dnsmasq, ...choice });
}
