import { isUnicast, readMacAddress, type MacAddress } from "../../machine/mac-address.js";
import { subOptionText } from "./circuit-id.js";

/** What dnsmasq told of one lease, as far as it says where the machine is. */
export interface DhcpEvent {
  readonly macAddress: MacAddress;
  readonly circuitId: string | null;
  readonly remoteId: string | null;
  readonly subscriberId: string | null;
  /** giaddr, RFC 2131. */
  readonly relayAddress: string | null;
  /** What the site's own dnsmasq.conf says of a circuit id that dnsmasq cannot pass on: the tag `port:NAME`. */
  readonly port: string | null;
  /** The tag `switch:NAME`. */
  readonly switch: string | null;
}

/** The first field of an event's file, dhcp-event-script.ts. */
export const EVENT_VERSION = "kickrack-dhcp-event-1";

/** A file of the spool: fields that each end with a NUL. Undefined when it is not whole, or of no Ethernet card. */
export function readDhcpEvent(file: Buffer): DhcpEvent | undefined {
  const fields: Buffer[] = [];
  let from = 0;
  for (let end = file.indexOf(0); end >= 0; end = file.indexOf(0, from)) {
    fields.push(file.subarray(from, end));
    from = end + 1;
  }
  const none = Buffer.alloc(0);
  const [version, mac = none, circuit = none, remote = none, subscriber = none, relay = none, tags = none, end] =
    fields;
  const macAddress = readMacAddress(mac.toString("latin1"));
  const isWhole = version?.toString("latin1") === EVENT_VERSION && end?.toString("latin1") === "end";
  if (!isWhole || macAddress === undefined || !isUnicast(macAddress)) return undefined;
  const tag = (name: string) => {
    const found = tags
      .toString("utf8")
      .split(" ")
      .find((each) => each.startsWith(name));
    return found === undefined ? null : subOptionText(Buffer.from(found.slice(name.length)));
  };
  return {
    macAddress,
    circuitId: subOptionText(circuit),
    remoteId: subOptionText(remote),
    subscriberId: subOptionText(subscriber),
    relayAddress: subOptionText(relay),
    port: tag("port:"),
    switch: tag("switch:"),
  };
}
