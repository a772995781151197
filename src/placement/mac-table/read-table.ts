import { InvalidInput } from "../../errors.js";
import { isUnicast, readMacAddress, type MacAddress } from "../../machine/mac-address.js";
import { ASIDE, DIALECTS, NO_PORT, type Dialect } from "./dialects.js";

/** A switch says: I hear this address at this port. */
export interface ForwardingEntry {
  readonly macAddress: MacAddress;
  readonly port: string;
  /** Null where the table names it, or says nothing of it. */
  readonly vlan: number | null;
}

export interface ForwardingTable {
  readonly dialect: string;
  readonly entries: readonly ForwardingEntry[];
  /** Rows that were understood and say nothing of a machine: the switch's own addresses, multicast, tunnels. */
  readonly leftOut: number;
  readonly notUnderstood: readonly UnreadLine[];
}

export interface UnreadLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** No dialect has longer rows; what is longer is no row, and no pattern is tried on it. */
const LINE_LIMIT = 250;
/** Of a text without any heading, the rows that are looked at to recognise it. */
const SAMPLE = 200;
/** Any but those that end a line. */
const CONTROL = /(?![\r\n])\p{Cc}/u;
const MAC_LIKE = /[0-9a-f]{2}[:-][0-9a-f]{2}|[0-9a-f]{4}[.-][0-9a-f]{4}|[0-9a-f]{12}/i;

/**
 * Reads what a switch printed. Which maker's it is, the text says itself.
 *
 * @throws InvalidInput when no row of it is one of a forwarding table that is known
 */
export function readForwardingTable(text: string): ForwardingTable {
  const lines = linesOf(text);
  const dialect = recognise(lines);
  if (dialect === undefined) {
    const known = DIALECTS.map(({ name }) => name).join(", ");
    throw new InvalidInput(`no line is a row of a forwarding table that is known; these are: ${known}`);
  }
  const entries: ForwardingEntry[] = [];
  const notUnderstood: UnreadLine[] = [];
  let leftOut = 0;
  for (const [index, line] of lines.entries()) {
    const row = readRow(dialect, line);
    if (typeof row === "object") entries.push(row);
    else if (row === "left out") leftOut++;
    else if (!isAside(dialect, line)) notUnderstood.push({ line: index + 1, text: line.trim().slice(0, LINE_LIMIT) });
  }
  return { dialect: dialect.name, entries, leftOut, notUnderstood };
}

function linesOf(text: string): string[] {
  const lines = text.includes("\r") ? text.split(/\r\n|\n|\r/) : text.split("\n");
  return CONTROL.test(text) ? lines.map(withoutControls) : lines;
}

/** What a terminal's log holds besides text: colours, and the backspaces that rub out a pager's question. */
function withoutControls(line: string): string {
  if (!CONTROL.test(line)) return line;
  return line
    .replace(/\p{Cc}\[[\d;?]*[A-Za-z]/gu, "")
    .replace(/\t/g, "    ")
    .replace(/\p{Cc}/gu, "")
    .replace(/^\s*(-+|<-+) ?more ?(-+>?|-+)/i, "");
}

function recognise(lines: readonly string[]): Dialect | undefined {
  const short = lines.filter((line) => line.length <= LINE_LIMIT);
  const sample: string[] = [];
  for (const line of short) {
    if (MAC_LIKE.test(line)) sample.push(line);
    if (sample.length === SAMPLE) break;
  }
  let best: Dialect | undefined;
  let most = 0;
  for (const dialect of DIALECTS) {
    const understood = sample.filter((line) => readRow(dialect, line) !== undefined).length;
    const points = understood === 0 ? 0 : understood + (short.some((line) => dialect.heading.test(line)) ? SAMPLE : 0);
    if (points > most) [best, most] = [dialect, points];
  }
  return best;
}

function readRow(dialect: Dialect, line: string): ForwardingEntry | "left out" | undefined {
  if (line.length > LINE_LIMIT) return undefined;
  for (const row of dialect.rows) {
    const { mac = "", port = "", vlan = "" } = row.exec(line)?.groups ?? {};
    const macAddress = readMacAddress(mac);
    if (macAddress === undefined) continue;
    const elsewhere = port.includes(",") || port === "" || NO_PORT.test(port) || dialect.own?.test(line);
    return elsewhere || !isUnicast(macAddress) ? "left out" : { macAddress, port, vlan: vlanId(vlan) };
  }
  return undefined;
}

function isAside(dialect: Dialect, line: string): boolean {
  if (line.length > LINE_LIMIT) return false;
  return dialect.heading.test(line) || ASIDE.test(line) || dialect.aside?.test(line) === true;
}

/** IEEE 802.1Q: 1 to 4094. Huawei writes `10/-/-`. */
function vlanId(text: string): number | null {
  const id = Number(/^(\d+)(?:\/|$)/.exec(text)?.[1]);
  return id >= 1 && id <= 4094 ? id : null;
}
