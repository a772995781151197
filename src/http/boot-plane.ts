import { createServer, type Server, type ServerResponse } from "node:http";
import ipaddr from "ipaddr.js";
import { keptUrl } from "../boot/kept-url.js";
import { printIpxeMessage } from "../boot/ipxe-script.js";
import type { ListenAddress } from "../config.js";
import { CallerError, InvalidInput, type CallerErrorCode } from "../errors.js";
import type { Log } from "../log.js";
import { NotNow } from "../machine/registration-queue.js";
import { notNow, remoteAddress, text, type BootAnswer, type BootRequest } from "./boot-request.js";
import type { BootRoute } from "./routes.js";

// Linux caps it at net.core.somaxconn (4096 by default). Node's own 511 resets 7 % of 10,000 machines that connect
// within a second.
const LISTEN_BACKLOG = 8192;
/** How long a connection may do nothing between two requests. */
const IDLE_MS = 15_000;
const RETRY_SECONDS = { min: 5, max: 15 };
/** Browsers send these, boot loaders and installers never: a page on an operator's desk must not register machines. */
const BROWSER_HEADER = /^(?:origin|cookie|referer|sec-fetch-[a-z]+)$/i;

const STATUS: Readonly<Record<CallerErrorCode, number>> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
};

const BROKEN: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
};

/** Told of each request when it is answered. */
type Note = (request: BootRequest, status: number) => void;

export interface BootPlaneOptions {
  readonly publicUrl: string | undefined;
  /** CIDR; everybody when empty. */
  readonly networks: readonly string[];
}

/**
 * What machines talk to: bare node:http over the raw request target. No login, no framework, no compression; every
 * answer has a Content-Length, and none is a 204, on which iPXE waits for ever.
 */
export function createBootPlane(routes: readonly BootRoute[], log: Log, note: Note, options: BootPlaneOptions): Server {
  const allowed = networkFilter(options.networks);
  const readHeaders = headerReader();
  const answers = new Answers(log, note);
  const server = createServer(
    {
      keepAliveTimeout: 0, // see below
      headersTimeout: 5_000,
      requestTimeout: 30_000,
      connectionsCheckingInterval: 1_000,
      requireHostHeader: false, // Node's refusal has no Content-Length, and there is a default
    },
    (message, response) => {
      const target = message.url ?? "/";
      const route = routes.find(({ prefix }) => target.startsWith(prefix));
      const { host, isBrowser, userAgent } = readHeaders(message.rawHeaders);
      const method = message.method ?? "GET";
      const request: BootRequest = {
        method,
        target,
        base: options.publicUrl ?? (userAgent?.startsWith("GRUB ") ? withPort(host, message.socket.localPort) : host),
        userAgent,
        message,
        mac: undefined,
        machineId: undefined,
        rule: undefined,
        said: undefined,
      };
      if (isBrowser)
        return answers.refuse(request, response, 403, "this address is for machines; open the control plane instead");
      if (route === undefined) return answers.refuse(request, response, 404, "no such thing on the boot plane");
      if ("stream" in route) return answers.stream(route, request, response);
      if (!route.methods.includes(method)) {
        return answers.refuse(request, response, 405, `${method} is not for this address`);
      }
      answers.answer(route, request, response);
    },
  );
  // Node's keepAliveTimeout makes a timer after each answer and drops it with the next request, for a twentieth of what
  // a GET /boot costs. The socket's own is made once, and whoever is still at work says so (`takesItsTime`).
  server.timeout = IDLE_MS;
  server.on("connection", (socket) => {
    if (!allowed(socket.remoteAddress ?? "")) socket.destroy();
  });
  // Node's own answer to what is no HTTP has no Content-Length. Not only `end`: a peer that never closes its half of
  // the connection would keep ours.
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
    const status = BROKEN[error.code ?? ""] ?? "400 Bad Request";
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
  });
  return server;
}

/** @returns where it listens: port 0 becomes one that was free */
export function listen(server: Server, { host, port }: ListenAddress): Promise<ListenAddress> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port, backlog: LISTEN_BACKLOG }, () => {
      server.off("error", reject);
      resolve(boundAddress(server, { host, port }));
    });
  });
}

/** Where `server` listens, now that it does: the system has chosen a port where 0 was asked for. */
export function boundAddress(server: Server, { host, port }: ListenAddress): ListenAddress {
  const bound = server.address();
  return { host, port: typeof bound === "object" && bound !== null ? bound.port : port };
}

type HandledRoute = Exclude<BootRoute, { stream: unknown }>;
type StreamedRoute = Extract<BootRoute, { stream: unknown }>;

interface Due {
  readonly request: BootRequest;
  readonly response: ServerResponse;
  readonly answer: BootAnswer;
}

/** Sends answers, and has each of them noted. */
class Answers {
  /** Of this turn of the event loop. */
  private due: Due[] = [];

  constructor(
    private readonly log: Log,
    private readonly note: Note,
  ) {}

  answer(route: HandledRoute, request: BootRequest, response: ServerResponse): void {
    const fail = (error: unknown) => this.send(request, response, faultAnswer(route, request, error, this.log));
    try {
      const result = route.handler(request);
      if (result instanceof Promise) {
        takesItsTime(response);
        result.then((each) => this.send(request, response, each), fail);
      } else this.send(request, response, result);
    } catch (error) {
      fail(error);
    }
  }

  refuse(request: BootRequest, response: ServerResponse, status: number, why: string): void {
    request.said = why;
    this.send(request, response, text(`${why}\n`, status));
  }

  stream(route: StreamedRoute, request: BootRequest, response: ServerResponse): void {
    takesItsTime(response);
    response.on("close", () => {
      const length = String(response.getHeader("Content-Length") ?? "?");
      request.said = response.writableFinished
        ? `${length} bytes sent`
        : `broken off before the end of ${length} bytes`;
      this.note(request, response.statusCode);
    });
    route.stream(request.message, response).catch((error: unknown) => {
      this.log.error("cannot send an image", error, { target: request.target });
      response.destroy();
    });
  }

  /**
   * What a turn of the event loop has read is answered together: each answer that finds its reader asleep wakes it, which
   * takes longer than the answer, and of answers close together only the first does. A third less processor time for
   * GET /boot at 64 connections.
   */
  private send(request: BootRequest, response: ServerResponse, answer: BootAnswer): void {
    if (this.due.length === 0) setImmediate(this.sendDue);
    this.due.push({ request, response, answer });
  }

  private readonly sendDue = (): void => {
    const { due } = this;
    this.due = [];
    for (const { request, response, answer } of due) {
      try {
        write(response, answer);
      } catch (error) {
        this.log.error("cannot send an answer", error, { target: keptUrl(request.target) });
        response.destroy();
      }
      this.note(request, answer.status);
    }
  };
}

/** Without a listener Node ends a connection on which nothing was said for IDLE_MS, also in the middle of an answer. */
function takesItsTime(response: ServerResponse): void {
  response.on("timeout", () => undefined);
}

// A machine always gets something it can run, and "no" never looks like "could not look".
function faultAnswer(route: HandledRoute, request: BootRequest, error: unknown, log: Log): BootAnswer {
  const target = keptUrl(request.target);
  const from = remoteAddress(request);
  request.said = "not now, because of a fault of our own; the log says which";
  if (error instanceof CallerError) {
    request.said = error.message;
    log.warn("refused", { target, from, reason: error.message });
    if (route.client === "ipxe") return text(printIpxeMessage(error.message));
    return text(`${error.message}\n`, STATUS[error.code]);
  }
  if (error instanceof NotNow) {
    request.said = error.message;
    log.warn("not now", { target, from, reason: error.message });
  } else log.error("a request failed", error, { target, from });
  return notNow("not now, please ask again\n", RETRY_SECONDS);
}

function write(response: ServerResponse, { status, body, contentType, retryAfterSeconds }: BootAnswer): void {
  const length = Buffer.byteLength(body);
  const headers = ["Content-Type", contentType ?? "text/plain; charset=utf-8", "Content-Length", String(length)];
  if (retryAfterSeconds !== undefined) headers.push("Retry-After", String(retryAfterSeconds));
  response.writeHead(status, headers);
  // ASCII is the same bytes in Latin-1, which Node copies and does not encode.
  if (typeof body === "string" && body.length === length) response.end(body, "latin1");
  else response.end(body);
}

interface ReadHeaders {
  readonly host: string;
  readonly isBrowser: boolean;
  readonly userAgent: string | undefined;
}

/** Reads the few headers that matter. Machines call us by one name again and again: the last one's verdict is kept. */
function headerReader(): (raw: readonly string[]) => ReadHeaders {
  const nameless = "http://${next-server}:9393";
  let lastName = "";
  let lastHost = nameless;
  const hostOf = (name: string) => {
    if (name !== lastName) {
      lastHost = /^[A-Za-z0-9.:[\]-]{1,255}$/.test(name) ? `http://${name}` : nameless;
      lastName = name;
    }
    return lastHost;
  };
  return (raw) => {
    let host = nameless;
    let isBrowser = false;
    let userAgent: string | undefined;
    for (let i = 0; i < raw.length; i += 2) {
      const name = raw[i] ?? "";
      if (name.length === 4 && name.toLowerCase() === "host") host = hostOf(raw[i + 1] ?? "");
      else if (name.length !== 10) isBrowser ||= BROWSER_HEADER.test(name);
      else if (name.startsWith("U") || name.startsWith("u")) userAgent = raw[i + 1]; // and Connection, of 10 letters too
    }
    return { host, isBrowser, userAgent };
  };
}

/** GRUB's Host header has no port, whichever it was told. */
function withPort(host: string, port = 80): string {
  return /:\d+$/.test(host) || port === 80 ? host : `${host}:${port}`;
}

function networkFilter(networks: readonly string[]): (address: string) => boolean {
  if (networks.length === 0) return () => true;
  const ranges = networks.map((network) => {
    try {
      return ipaddr.parseCIDR(network);
    } catch {
      throw new InvalidInput(`KICKRACK_BOOT_NETWORKS: ${network} is no network; write it as 10.0.0.0/8`);
    }
  });
  return (text) => {
    if (!ipaddr.isValid(text)) return false;
    const address = ipaddr.process(text); // ::ffff:10.0.0.1 is 10.0.0.1
    return ranges.some(([range, bits]) => address.kind() === range.kind() && address.match([range, bits] as never));
  };
}
