import { InvalidInput } from "../errors.js";
import { isUnicast, readMacAddress, type MacAddress } from "./mac-address.js";
import { decodeSegment, normalizedText } from "./smbios-text.js";

/** What one boot of one machine says about it. Texts are normalised; what was empty or missing is undefined. */
export interface InventoryReport {
  readonly serialNumber?: string | undefined;
  readonly manufacturer?: string | undefined;
  readonly product?: string | undefined;
  readonly uuid?: string | undefined;
  readonly assetTag?: string | undefined;
  readonly boardSerialNumber?: string | undefined;
  /** The port that asked. */
  readonly macAddress: MacAddress;
  /** Every port that was named, the one that asked first. */
  readonly macAddresses: readonly MacAddress[];
  /** True when the script listed all ports that iPXE drives (`net0/mac` and on), as ours does and the article's did not. */
  readonly listsAllPorts: boolean;
  readonly platform?: string | undefined;
  readonly buildArch?: string | undefined;
  readonly ipxeVersion?: string | undefined;
  readonly lldp?: LldpNeighbour | undefined;
}

export interface LldpNeighbour {
  readonly systemName?: string | undefined;
  readonly chassisId?: string | undefined;
  readonly portId?: string | undefined;
  readonly portDescription?: string | undefined;
}

const PREFIX = "/inventory";
const PORT_NAMES = Array.from({ length: 32 }, (_, i) => `mac${i}`);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Reads the raw target of `GET /inventory/SERIAL/MAC/MANUFACTURER/PRODUCT[?…]`, which no router may have touched:
 * serial numbers hold slashes and dots, and iPXE before 2021-11 sends them unescaped.
 *
 * @throws InvalidInput when no MAC address is in it
 */
export function parseInventoryTarget(target: string): InventoryReport {
  const question = target.indexOf("?");
  const path = question === -1 ? target : target.slice(0, question);
  const query = question === -1 ? new Map<string, string>() : parseQuery(target.slice(question + 1));
  const segments = path
    .slice(PREFIX.length + 1)
    .split("/")
    .map(decodeSegment);
  const at = macSegment(segments);
  const macAddress = at === undefined ? macOf(query.get("mac")) : macOf(segments[at]);
  if (macAddress === undefined) {
    throw new InvalidInput(
      "no MAC address in the request; write /inventory/SERIAL/MAC/MANUFACTURER/PRODUCT, " +
        "as in /inventory/${serial:uristring}/${mac}/${manufacturer:uristring}/${product:uristring}",
    );
  }
  if (!isUnicast(macAddress)) {
    throw new InvalidInput(`${macAddress} is no address of one port (all zeros, or a multicast address)`);
  }
  const named = at === undefined ? undefined : segments.slice(0, at).join("/");
  const listed = listedPorts(query);
  // Every report has every field, told or not: objects of one shape are faster in all that follows.
  return {
    serialNumber: normalizedText(named ?? query.get("serial") ?? ""),
    manufacturer: normalizedText(at === undefined ? (query.get("manufacturer") ?? "") : (segments[at + 1] ?? "")),
    product: normalizedText(at === undefined ? (query.get("product") ?? "") : segments.slice(at + 2).join("/")),
    uuid: readUuid(query.get("uuid")),
    assetTag: normalizedText(query.get("asset") ?? ""),
    boardSerialNumber: normalizedText(query.get("board") ?? ""),
    platform: shortWord(query.get("platform")),
    buildArch: shortWord(query.get("arch")),
    ipxeVersion: normalizedText(query.get("version") ?? "")
      ?.slice(0, 64)
      .toWellFormed(),
    lldp: neighbourOf(query),
    macAddress,
    macAddresses: [...new Set([macAddress, ...listed])],
    listsAllPorts: listed.length > 0,
  };
}

// A serial number may itself look like a MAC address. With maker and product behind it the MAC is the third from the
// end; a product with slashes moves it, and then one with separators is a better guess than twelve bare digits.
function macSegment(segments: readonly string[]): number | undefined {
  const isMac = segments.map((segment) => macOf(segment) !== undefined);
  if (isMac[segments.length - 3]) return segments.length - 3;
  const separated = isMac.findIndex((yes, i) => yes && /[:-]/.test(segments[i] ?? ""));
  const first = separated === -1 ? isMac.indexOf(true) : separated;
  return first === -1 ? undefined : first;
}

function macOf(text: string | undefined): MacAddress | undefined {
  return text === undefined ? undefined : readMacAddress(text.trim());
}

function parseQuery(query: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const pair of query.split("&")) {
    const equals = pair.indexOf("=");
    if (equals > 0 && values.size < 64) values.set(pair.slice(0, equals), decodeSegment(pair.slice(equals + 1)));
  }
  return values;
}

function listedPorts(query: ReadonlyMap<string, string>): MacAddress[] {
  const ports: MacAddress[] = [];
  for (const name of PORT_NAMES) {
    const mac = macOf(query.get(name));
    if (mac !== undefined && isUnicast(mac)) ports.push(mac);
  }
  return ports;
}

export function readUuid(text: string | undefined): string | undefined {
  const uuid = text?.trim().toLowerCase();
  return uuid !== undefined && UUID.test(uuid) ? uuid : undefined;
}

function shortWord(text: string | undefined): string | undefined {
  return text !== undefined && /^[a-z0-9_-]{1,16}$/i.test(text) ? text.toLowerCase() : undefined;
}

function neighbourOf(query: ReadonlyMap<string, string>): LldpNeighbour | undefined {
  const neighbour = {
    systemName: normalizedText(query.get("lldp_system") ?? ""),
    chassisId: normalizedText(query.get("lldp_chassis") ?? ""),
    portId: normalizedText(query.get("lldp_port") ?? ""),
    portDescription: normalizedText(query.get("lldp_port_description") ?? ""),
  };
  return Object.values(neighbour).some((value) => value !== undefined) ? neighbour : undefined;
}
