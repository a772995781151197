import type { IncomingMessage } from "node:http";
import type { MacAddress } from "../machine/mac-address.js";

/** What a handler of the boot plane gets: the raw target and what it needs of the connection. */
export interface BootRequest {
  readonly method: string;
  /** The request target as it was sent: no router and no URL parser has touched it. */
  readonly target: string;
  /** The URL the machine reaches us by, without a slash at its end. */
  readonly base: string;
  readonly userAgent: string | undefined;
  readonly message: IncomingMessage;
  /**
   * What is kept of the request besides (boot/boot-requests.ts): its handler says so as soon as it knows, and a refusal
   * that comes later is kept with it.
   */
  mac: MacAddress | undefined;
  machineId: number | undefined;
  rule: string | undefined;
  /** The answer in short. */
  said: string | undefined;
}

export interface BootAnswer {
  readonly status: number;
  readonly body: string | Buffer;
  readonly contentType?: string;
  readonly retryAfterSeconds?: number;
}

export function remoteAddress({ message }: BootRequest): string {
  return message.socket.remoteAddress ?? "";
}

/** A script or a boot loader's configuration. iPXE decides by content, people read it in a browser. */
export function text(body: string, status = 200): BootAnswer {
  return { status, body };
}

/** Come again: iPXE of every age waits and asks again inside the same `chain`. */
export function notNow(body: string, seconds: { min: number; max: number }): BootAnswer {
  // Jittered, or 400 machines that were told to wait together come back together.
  const retryAfterSeconds = seconds.min + Math.floor(Math.random() * (seconds.max - seconds.min + 1));
  return { status: 503, body, retryAfterSeconds };
}

/** A value of the target's query, percent-decoded; undefined when it is missing or cannot be decoded. */
export function queryValue(target: string, name: string): string | undefined {
  const question = target.indexOf("?");
  if (question === -1 || !target.includes(`${name}=`, question)) return undefined; // most have none
  return new URLSearchParams(target.slice(question + 1)).get(name) ?? undefined;
}

export function pathOf(target: string): string {
  const question = target.indexOf("?");
  return question === -1 ? target : target.slice(0, question);
}
