import { InvalidInput } from "../errors.js";
import { hostnameFault } from "../machine/hostname.js";
import { readMacAddress, type MacAddress } from "../machine/mac-address.js";
import type { MachineState } from "../machine/machine-state.js";

/** One `dhcp-host` line, in the words of dnsmasq(8). */
export interface DhcpHost {
  readonly hwaddr: readonly MacAddress[];
  readonly hostname?: string;
  readonly ignore?: true;
}

/** What a hostsfile needs to know of a machine. */
export interface KnownHost {
  readonly state: MachineState;
  readonly locked: boolean;
  readonly hostname: string | null;
  /** Without those that a person still has to decide about. */
  readonly macAddresses: readonly MacAddress[];
}

/** dnsmasq cuts lines at 1,024 characters; forty addresses of 18 leave room for the rest. */
const ADDRESSES_PER_LINE = 40;

/**
 * The lines of one machine. Nobody approved: none, so that dnsmasq leaves it `!known` and it is sent to register.
 * Locked or retired: ignored.
 *
 * No line sets a tag: dnsmasq 2.86 to 2.90 frees a line's tags together with those of the last request it served, which
 * lie on its stack, so the SIGHUP after such a machine had an address ends it with SIGSEGV (seen in test/lab). Nothing
 * needs one: what an armed machine boots is decided by the boot plane.
 */
export function dhcpHosts({ state, locked, hostname, macAddresses }: KnownHost): DhcpHost[] {
  const ignored = locked || state === "RETIRED";
  if (state === "DISCOVERED" && !ignored) return [];
  const hosts: DhcpHost[] = [];
  for (let i = 0; i < macAddresses.length; i += ADDRESSES_PER_LINE) {
    const hwaddr = macAddresses.slice(i, i + ADDRESSES_PER_LINE);
    if (ignored) {
      hosts.push({ hwaddr, ignore: true });
      continue;
    }
    const named = hostname !== null && hostnameFault(hostname) === undefined;
    hosts.push({ hwaddr, ...(named ? { hostname } : {}) });
  }
  return hosts;
}

/** `MAC[,MAC…][,NAME]` or `MAC[,MAC…],ignore`: the same for dnsmasq of every age. */
export function printDhcpHost({ hwaddr, hostname, ignore }: DhcpHost): string {
  return [...hwaddr, ...(hostname === undefined ? [] : [hostname]), ...(ignore ? ["ignore"] : [])].join(",");
}

/**
 * Reads a line back as dnsmasq would: by the shape of each word. `--test` does not look at a hostsfile, so this is
 * what stands between a wrong line and a floor of machines.
 *
 * @throws InvalidInput for what dnsmasq would skip or read as something we never write
 */
export function parseDhcpHost(line: string): DhcpHost {
  const hwaddr: MacAddress[] = [];
  const rest: { hostname?: string; ignore?: true } = {};
  for (const word of line.split(",")) {
    const mac = word.includes(":") ? readMacAddress(word) : undefined;
    if (mac !== undefined && mac === word) hwaddr.push(mac);
    else if (word === "ignore") rest.ignore = true;
    else if (hostnameFault(word) === undefined) rest.hostname = word;
    else throw new InvalidInput(`dnsmasq would not read ${JSON.stringify(word)} in ${JSON.stringify(line)} as a name`);
  }
  if (hwaddr.length === 0) throw new InvalidInput(`no MAC address in ${JSON.stringify(line)}`);
  return { hwaddr, ...rest };
}
