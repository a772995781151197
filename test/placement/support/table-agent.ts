import { createSocket, type Socket } from "node:dgram";
import type { Recorded } from "./snmpsim.js";

/**
 * An SNMP v2c agent that answers in the order of its rows, whatever that is, and as fast as a switch: snmpsim sorts them, and
 * takes minutes for 100,000. Its rows are integers and texts.
 */
export class TableAgent {
  readonly #at = new Map<string, number>();
  readonly #varbinds: Buffer[];
  #answers = 0;

  private constructor(
    private readonly socket: Socket,
    private readonly rows: readonly Recorded[],
    private readonly silentAfter: number,
  ) {
    // Of a row that is there twice, the last: an agent that goes on from there comes to its end.
    rows.forEach(([oid], i) => this.#at.set(oid, i));
    this.#varbinds = rows.map(([oid, tag, value]) => {
      const content = tag === "2" ? integer(Number(value)) : ber(4, Buffer.from(String(value)));
      return ber(0x30, ber(6, encodeOid(oid)), content);
    });
    socket.on("message", (message, { port, address }) => {
      if (++this.#answers <= this.silentAfter) socket.send(this.#answer(message), port, address);
    });
  }

  /** @param silentAfter so many answers */
  static async start(rows: readonly Recorded[], silentAfter = Infinity): Promise<TableAgent> {
    const socket = createSocket("udp4");
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
    return new TableAgent(socket, rows, silentAfter);
  }

  get address(): string {
    return `127.0.0.1:${this.socket.address().port}`;
  }

  stop(): void {
    this.socket.close();
  }

  #answer(message: Buffer): Buffer {
    const [version, community, pdu] = parts(content(message)) as [Buffer, Buffer, Buffer];
    const [id, , repetitions, list] = parts(content(pdu)) as [Buffer, Buffer, Buffer, Buffer];
    const asked = content(parts(content(parts(content(list))[0] as Buffer))[0] as Buffer);
    const oid = decodeOid(asked);
    const end = (tag: number) => [ber(0x30, ber(6, asked), Buffer.from([tag, 0]))];
    const exact = this.#at.get(oid);
    const zero = integer(0);
    const found = () => {
      if (pdu[0] === 0xa0) return exact === undefined ? end(0x81) : [this.#varbinds[exact] as Buffer];
      const from = exact === undefined ? this.rows.findIndex((row) => row[0].startsWith(`${oid}.`)) : exact + 1;
      const count = content(repetitions).readUIntBE(0, content(repetitions).length);
      return from < 0 || from >= this.rows.length ? end(0x82) : this.#varbinds.slice(from, from + count);
    };
    return ber(0x30, version, community, ber(0xa2, id, zero, zero, ber(0x30, ...found())));
  }
}

function ber(tag: number, ...contents: readonly Buffer[]): Buffer {
  const whole = Buffer.concat(contents);
  const { length } = whole;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), whole]);
}

function integer(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return ber(2, bytes);
}

/** Where the content of the element at `at` begins and ends. */
function bounds(buffer: Buffer, at = 0): [from: number, to: number] {
  const first = buffer.readUInt8(at + 1);
  const more = first < 128 ? 0 : first & 127;
  const length = more === 0 ? first : buffer.readUIntBE(at + 2, more);
  return [at + 2 + more, at + 2 + more + length];
}

const content = (element: Buffer) => element.subarray(...bounds(element));

function parts(of: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < of.length;) {
    const [, to] = bounds(of, at);
    found.push(of.subarray(at, to));
    at = to;
  }
  return found;
}

function encodeOid(oid: string): Buffer {
  const [first = 0, second = 0, ...rest] = oid.split(".").map(Number);
  const septets = (value: number): number[] =>
    value < 128 ? [value] : [...septets(value >> 7).map((each) => each | 128), value & 127];
  return Buffer.from([first * 40 + second, ...rest.flatMap(septets)]);
}

function decodeOid(bytes: Buffer): string {
  const [first = 0, ...rest] = bytes;
  const numbers = [Math.floor(first / 40), first % 40];
  let value = 0;
  for (const byte of rest) {
    value = (value << 7) | (byte & 127);
    if (byte < 128) {
      numbers.push(value);
      value = 0;
    }
  }
  return numbers.join(".");
}
