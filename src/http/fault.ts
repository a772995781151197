import type { FastifyReply, FastifyRequest } from "fastify";
import type { App } from "../context.js";
import { refusedByDatabase } from "../db/refused.js";
import { BadRequest, LimitExceeded, PublicError } from "../errors.js";
import { LIMITS } from "../graphql/limits.js";
import { sendText } from "./send-text.js";

interface Fault {
  readonly status: number;
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** The one place where something thrown by a route becomes a status and words. */
export function sendFault(app: App, thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const fault = faultOf(thrown, request.id);
  if (fault.status === 401) void reply.header("WWW-Authenticate", 'Bearer realm="Kickrack"');
  if (fault.status === 503) void reply.header("Retry-After", "1");
  if (fault.status === 500) {
    app.log.error("a request failed", thrown, { requestId: request.id, method: request.method, url: request.url });
  }
  if (request.routeOptions.url === "/graphql") return sendGraphqlFault(fault, request, reply);
  return sendText(reply, fault.status, `${fault.message} (request ${request.id})\n`);
}

function faultOf(thrown: unknown, requestId: string): Fault {
  const error = refusedByDatabase(thrown) ?? ofFastify(thrown) ?? thrown;
  if (!(error instanceof PublicError)) {
    return { status: 500, message: "internal error", extensions: { code: "INTERNAL_SERVER_ERROR", requestId } };
  }
  const { status, message, code, details } = error;
  return { status, message, extensions: { code, ...details, requestId } };
}

/** What Fastify itself refuses: a body that is too large, no JSON or of another type. */
function ofFastify(error: unknown): PublicError | undefined {
  if (!(error instanceof Error) || !("statusCode" in error)) return undefined;
  const { statusCode, message } = error;
  if (statusCode === 413) {
    const allowed = LIMITS.bodyBytes;
    const advice = `the body is longer than ${allowed} bytes; split it over several requests`;
    return new LimitExceeded("bodyBytes", allowed, undefined, advice, 413);
  }
  return typeof statusCode === "number" && statusCode < 500 ? new BadRequest(message, statusCode) : undefined;
}

/** As GraphQL over HTTP has it: the same form for what was refused before there was a document. */
function sendGraphqlFault({ status, message, extensions }: Fault, { headers }: FastifyRequest, reply: FastifyReply) {
  const graphql = "application/graphql-response+json";
  const type = headers.accept?.includes(graphql) ? graphql : "application/json";
  return reply
    .code(status)
    .type(`${type}; charset=utf-8`)
    .send(JSON.stringify({ errors: [{ message, extensions }] }));
}
