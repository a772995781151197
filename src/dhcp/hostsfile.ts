import { InvalidInput } from "../errors.js";
import { hostnameFault } from "../machine/hostname.js";
import { readMacAddress, type MacAddress } from "../machine/mac-address.js";
import type { MachineState } from "../machine/machine-state.js";

/** One `dhcp-host` line, in the words of dnsmasq(8). */
export interface DhcpHost {
  readonly hwaddr: readonly MacAddress[];
  readonly setTag?: string;
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

export type Dialect = "2.52" | "2.53";

/**
 * The lines of one machine. Nobody approved: none, so that dnsmasq leaves it `!known` and it is sent to register.
 * Locked or retired: ignored. Armed or installing: known, with the tag `install`.
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
    const installing = state === "ARMED" || state === "INSTALLING";
    const named = hostname !== null && hostnameFault(hostname) === undefined;
    hosts.push({ hwaddr, ...(installing ? { setTag: "install" } : {}), ...(named ? { hostname } : {}) });
  }
  return hosts;
}

/** `MAC[,MAC…][,set:TAG][,NAME]` or `MAC[,MAC…],ignore`; dnsmasq 2.52 writes `net:` for `set:`. */
export function printDhcpHost({ hwaddr, setTag, hostname, ignore }: DhcpHost, dialect: Dialect): string {
  const words: string[] = [...hwaddr];
  if (setTag !== undefined) words.push(`${dialect === "2.52" ? "net" : "set"}:${setTag}`);
  if (hostname !== undefined) words.push(hostname);
  if (ignore) words.push("ignore");
  return words.join(",");
}

/**
 * Reads a line back as dnsmasq would: by the shape of each word. `--test` does not look at a hostsfile, so this is
 * what stands between a wrong line and a floor of machines.
 *
 * @throws InvalidInput for what dnsmasq would skip or read as something we never write
 */
export function parseDhcpHost(line: string): DhcpHost {
  const hwaddr: MacAddress[] = [];
  const rest: { setTag?: string; hostname?: string; ignore?: true } = {};
  for (const word of line.split(",")) {
    const mac = word.includes(":") ? readMacAddress(word) : undefined;
    const tag = /^(?:set|net):([a-z]+)$/.exec(word)?.[1];
    if (mac !== undefined && mac === word) hwaddr.push(mac);
    else if (tag !== undefined) rest.setTag = tag;
    else if (word === "ignore") rest.ignore = true;
    else if (hostnameFault(word) === undefined) rest.hostname = word;
    else throw new InvalidInput(`dnsmasq would not read ${JSON.stringify(word)} in ${JSON.stringify(line)} as a name`);
  }
  if (hwaddr.length === 0) throw new InvalidInput(`no MAC address in ${JSON.stringify(line)}`);
  return { hwaddr, ...rest };
}
