import { connect, type Socket } from "node:net";

export interface RawAnswer {
  readonly status: number;
  /** Names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** A kept-alive connection that sends bytes as they are: no URL parser has touched a target, no client escaped it. */
export class RawConnection {
  private received = Buffer.alloc(0);
  private closed = false;
  private wake: () => void = () => undefined;

  private constructor(private readonly socket: Socket) {
    socket.on("data", (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk]);
      this.wake();
    });
    socket.on("close", () => {
      this.closed = true;
      this.wake();
    });
    socket.on("error", () => undefined); // a "close" follows
  }

  static open(port: number): Promise<RawConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, "127.0.0.1", () => resolve(new RawConnection(socket))).once("error", reject);
    });
  }

  /** Sends all targets at once, and reads as many answers. */
  async get(targets: readonly Buffer[]): Promise<RawAnswer[]> {
    const tail = Buffer.from(" HTTP/1.1\r\nHost: kickrack:9393\r\nUser-Agent: iPXE/1.21.1\r\n\r\n");
    this.send(Buffer.concat(targets.flatMap((target) => [Buffer.from("GET "), target, tail])));
    const answers: RawAnswer[] = [];
    while (answers.length < targets.length) answers.push(await this.answer());
    return answers;
  }

  send(bytes: Buffer | string): void {
    this.socket.write(bytes);
  }

  /** The next answer. @throws Error when the connection ends before it is whole, or has no Content-Length */
  async answer({ toHead = false } = {}): Promise<RawAnswer> {
    for (;;) {
      const end = this.received.indexOf("\r\n\r\n");
      if (end !== -1) {
        const [statusLine = "", ...lines] = this.received.subarray(0, end).toString("latin1").split("\r\n");
        const headers = new Map(lines.map((line) => /^([^:]+): ?(.*)$/.exec(line)?.slice(1) as [string, string]));
        const lower = new Map([...headers].map(([name, value]) => [name.toLowerCase(), value]));
        const length = toHead ? 0 : Number(lower.get("content-length") ?? Number.NaN);
        if (Number.isNaN(length)) throw new Error(`no Content-Length: ${statusLine}`);
        if (this.received.length >= end + 4 + length) {
          const body = this.received.subarray(end + 4, end + 4 + length).toString();
          this.received = this.received.subarray(end + 4 + length);
          return { status: Number(statusLine.split(" ")[1]), headers: lower, body };
        }
      }
      await this.more();
    }
  }

  /** Resolves when the other side has ended the connection. */
  async ended(): Promise<void> {
    while (!this.closed) await this.more().catch(() => undefined);
  }

  close(): void {
    this.socket.destroy();
  }

  private more(): Promise<void> {
    if (this.closed) return Promise.reject(new Error(`the connection ended after ${this.received.toString("latin1")}`));
    return new Promise((resolve) => (this.wake = resolve));
  }
}
