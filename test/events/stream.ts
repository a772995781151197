import { request, type ClientRequest, type IncomingMessage } from "node:http";
import type { TestServer } from "../graphql/test-server.js";

export interface Frame {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: string;
}

/** An event stream as a client that remembers ids reads it (HTML, 9.2.6). */
export class Stream {
  readonly frames: Frame[] = [];
  comments = 0;
  lastEventId: string | undefined;
  ended = false;
  private rest = "";
  private readonly waiting = new Set<() => void>();

  private constructor(
    private readonly asked: ClientRequest,
    readonly response: IncomingMessage,
  ) {
    response.setEncoding("utf8");
    response.on("data", (chunk: string) => this.read(chunk));
    response.on("error", () => undefined);
    response.once("close", () => {
      this.ended = true;
      this.tell();
    });
  }

  static open(
    server: TestServer,
    query: string,
    more: { variables?: object; lastEventId?: string | undefined; token?: string } = {},
  ): Promise<Stream> {
    const { variables = {}, lastEventId, token = server.tokens.VIEWER } = more;
    return new Promise((resolve, reject) => {
      const headers = {
        Authorization: `Bearer ${token}`,
        "Content-Type": "application/json",
        Accept: "text/event-stream",
        ...(lastEventId === undefined ? {} : { "Last-Event-ID": lastEventId }),
      };
      const asked = request(`${server.controlUrl}/graphql`, { method: "POST", headers, agent: false });
      asked.once("response", (response) => resolve(new Stream(asked, response)));
      asked.on("error", reject);
      asked.end(JSON.stringify({ query, variables }));
    });
  }

  /** What `next` events told, by the one field of the subscription. */
  get told(): Array<Record<string, never>> {
    return this.frames
      .filter(({ event }) => event === "next")
      .map(({ data }) => Object.values((JSON.parse(data) as { data: object }).data)[0] as Record<string, never>);
  }

  /** @throws Error when it does not come to be in 20 seconds */
  async until(what: string, isSo: () => boolean): Promise<void> {
    const end = Date.now() + 20_000;
    while (!isSo()) {
      if (Date.now() > end)
        throw new Error(`not ${what} after 20 s, but ${this.frames.length} events, to ${this.lastEventId}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 200);
        this.waiting.add(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** Until it is certain from when on it tells. */
  async ready(): Promise<this> {
    await this.until("ready", () => this.lastEventId !== undefined || this.frames.length > 0);
    return this;
  }

  close(): void {
    this.asked.destroy();
  }

  private read(chunk: string): void {
    const blocks = (this.rest + chunk).split("\n\n");
    this.rest = blocks.pop() ?? "";
    for (const block of blocks) this.readBlock(block.split("\n"));
    this.tell();
  }

  private readBlock(lines: string[]): void {
    const field = (name: string) =>
      lines
        .find((line) => line.startsWith(`${name}:`))
        ?.slice(name.length + 1)
        .trimStart();
    const [id, event] = [field("id"), field("event")];
    if (lines.some((line) => line.startsWith(":"))) this.comments += 1;
    if (id !== undefined) this.lastEventId = id;
    if (event !== undefined) this.frames.push({ event, id, data: field("data") ?? "" });
  }

  private tell(): void {
    for (const proceed of this.waiting) proceed();
    this.waiting.clear();
  }
}
