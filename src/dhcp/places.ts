import { join } from "node:path";
import type { Config } from "../config.js";

/** Where dnsmasq finds what Kickrack writes, and where what dnsmasq tells waits to be read. */
export function places({ exports, tftpRoot }: Pick<Config, "exports" | "tftpRoot">) {
  const own = (name: string) => join(exports, "dnsmasq", name);
  return { hostsfile: own("hostsfile"), eventScript: own("dhcp-event"), spool: own("events"), tftpRoot };
}
