import type { FastifyReply, FastifyRequest } from "fastify";
import type { App } from "../context.js";
import { refusedByDatabase } from "../db/refused.js";
import { CallerError, type CallerErrorCode } from "../errors.js";
import { sendText } from "./send-text.js";

const STATUS: Readonly<Record<CallerErrorCode, number>> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
};

/** The one place where something thrown by a route becomes a status and a text. */
export function sendFault(app: App, thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = refusedByDatabase(thrown) ?? thrown;
  const known = error instanceof CallerError ? STATUS[error.code] : (error as { statusCode?: number }).statusCode;
  if (known === 401) void reply.header("WWW-Authenticate", 'Bearer realm="Kickrack"');
  if (known !== undefined && known < 500) return sendText(reply, known, `${(error as Error).message}\n`);
  app.log.error("a request failed", error, { requestId: request.id, method: request.method, url: request.url });
  return sendText(reply, 500, `internal error (request ${request.id})\n`);
}
