import { InvalidInput } from "../errors.js";
import { isPlaceholder } from "./placeholder.js";

// dnsmasq reads these in a dhcp-host line as something else than a name (dnsmasq(8), --dhcp-host).
const KEYWORDS = new Set(["ignore", "infinite"]);

/**
 * Why `name` cannot be a host name, or undefined when it can: one DNS label (RFC 1123) that dnsmasq's hostsfile does
 * not take for something else. Digits, or digits and a unit, are a lease time there.
 */
export function hostnameFault(name: string): string | undefined {
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) {
    return "write one label of 1 to 63 small letters, digits and hyphens, with a letter or digit at both ends";
  }
  if (KEYWORDS.has(name)) return "dnsmasq takes it for a keyword";
  if (/^[0-9]+[smhdw]?$/.test(name)) return "dnsmasq takes it for a lease time; put a letter in front";
  return undefined;
}

/** @throws InvalidInput when dnsmasq or DNS would not take it */
export function parseHostname(text: string): string {
  const name = text.trim().toLowerCase();
  const fault = hostnameFault(name);
  if (fault !== undefined)
    throw new InvalidInput(`${JSON.stringify(text)} cannot be a host name: ${fault}`, ["hostname"]);
  return name;
}

/**
 * Names for a machine that nobody named, best first: its serial number as far as that makes a label, then its first
 * MAC address, then its id, which no other machine has.
 */
export function hostnameCandidates(machine: {
  readonly id: number;
  readonly serialNumber: string | null;
  readonly macAddresses: readonly string[];
}): string[] {
  const { serialNumber } = machine;
  const label = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 63);
  const names = [
    ...(serialNumber === null || isPlaceholder(serialNumber) ? [] : [label(serialNumber), `sn-${label(serialNumber)}`]),
    ...machine.macAddresses.slice(0, 1).map((mac) => `m-${label(mac)}`),
    `machine-${machine.id}`,
  ];
  return names.filter((name) => hostnameFault(name) === undefined);
}
