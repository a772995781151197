import type { Origin } from "../../changes/origin.js";
import type { App } from "../../context.js";
import { places } from "../../dhcp/places.js";
import { DhcpSpool } from "./dhcp-spool.js";
import { recordOption82 } from "./option82.store.js";

const BY_DHCP: Origin = { actor: "dnsmasq", through: "BOOT", operation: "dhcpEvent" };

/** Keeps what dnsmasq's dhcp-script leaves. @param heard the machines that were seen; placing them is another's */
export function dhcpSpool(app: App, heard: (machineIds: readonly number[]) => void): DhcpSpool {
  const { config, database, log, now } = app;
  return new DhcpSpool(places(config).spool, log, now, async (events) => {
    heard(await database.write(BY_DHCP, (transaction) => recordOption82(transaction, database, events)));
  });
}
