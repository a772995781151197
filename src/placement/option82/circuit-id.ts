// RFC 3046, agent information option 82. What its sub-options hold is each maker's own.

/** What a circuit id may say: which of its words is a port or a switch, only the switches' ports can tell. */
export interface CircuitId {
  /** All of it first, then its pieces. */
  readonly words: readonly string[];
  /** Module and port in numbers, where it says no names. */
  readonly numbers: { readonly module: number; readonly port: number } | null;
  readonly vlan: number | null;
}

/** The bytes of a sub-option as they are kept: text as it is, anything else in hex with colons; null for nothing. */
export function subOptionText(bytes: Buffer): string | null {
  const text = bytes.toString("utf8");
  const isText = Buffer.from(text).equals(bytes) && !/\p{Cc}/u.test(text);
  const kept = isText ? text.trim() : (bytes.toString("hex").match(/../g) ?? []).join(":");
  return kept.slice(0, 256).toWellFormed() || null;
}

/** @param text as `subOptionText` keeps it, or as another program wrote it in hex */
export function readCircuitId(text: string): CircuitId {
  const bytes = bytesOf(text);
  const told = bytes && binary(bytes);
  if (told) return { ...told, words: [text, ...told.words] };
  return { words: wordsOf(text), numbers: null, vlan: null };
}

/** `00:04:00:0a:00:05`, `0:4:0:a:0:5` (ISC's binary-to-ascii), `0x0004000a0005`, and bare hex of four octets and more. */
function bytesOf(text: string): Buffer | undefined {
  if (/^[0-9a-f]{1,2}([:-][0-9a-f]{1,2})+$/i.test(text)) {
    return Buffer.from(text.split(/[:-]/).map((octet) => parseInt(octet, 16)));
  }
  const digits = /^(?:0x)?((?:[0-9a-f]{2}){4,})$/i.exec(text)?.[1] ?? /^0x([0-9a-f]{4})$/i.exec(text)?.[1];
  return digits === undefined ? undefined : Buffer.from(digits, "hex");
}

/** What a remote id may call the switch: as it stands, its MAC address, the string behind a maker's header. */
export function readRemoteId(text: string): string[] {
  const bytes = bytesOf(text);
  if (bytes === undefined) return [text];
  const body = hasHeader(bytes) ? bytes.subarray(2) : bytes;
  const own = subOptionText(body);
  return own === null || own === text ? [text] : [text, own];
}

function hasHeader(bytes: Buffer): boolean {
  return bytes.length > 3 && (bytes[0] ?? 255) < 16 && bytes[1] === bytes.length - 2;
}

// Cisco, Comware, Edgecore, FS and others begin with a type (0: numbers, 1: a string) and the length of the rest.
function binary(bytes: Buffer): CircuitId | undefined {
  const headed = hasHeader(bytes);
  const body = headed ? bytes.subarray(2) : bytes;
  const text = subOptionText(body);
  if (text !== null && /^[\x20-\x7e]{3,}$/.test(body.toString("latin1"))) {
    return { words: wordsOf(text), numbers: null, vlan: null };
  }
  // VLAN, module and port; of Comware the last two octets are one number, whose upper half is 0
  if (body.length === 4) {
    const vlan = body.readUInt16BE(0);
    const isVlan = vlan >= 1 && vlan <= 4094;
    if (!isVlan && !headed) return undefined;
    return { words: [], numbers: { module: body.readUInt8(2), port: body.readUInt8(3) }, vlan: isVlan ? vlan : null };
  }
  // ProVision: the port's number
  if (body.length === 2) return { words: [], numbers: { module: 0, port: body.readUInt16BE(0) }, vlan: null };
  return undefined;
}

/**
 * `sw-a07:ge-0/0/7.0:employee` (Junos), `Ethernet7:Vlan10`, `sw-a07 eth 0/7:100` (TR-101), `swp7`: a port's name, and around it
 * the switch's and the VLAN's.
 */
function wordsOf(text: string): string[] {
  const words = new Set([text]);
  for (const piece of text.split(/[:;,|#]+/).map((each) => each.trim())) {
    const parts = piece.split(/\s+/);
    // `eth 0/7` is one name
    const pairs = parts.slice(1).map((part, i) => `${parts[i] ?? ""} ${part}`);
    for (const word of [piece, ...pairs, ...parts]) {
      words.add(word);
      words.add(word.replace(/(?<=\d)\.\d+$/, "")); // a VLAN's part of the port
    }
  }
  words.delete("");
  return [...words];
}
