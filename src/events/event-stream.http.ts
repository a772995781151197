import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { ApolloServer } from "@apollo/server";
import type { FastifyReply, FastifyRequest } from "fastify";
import {
  createSourceEventStream,
  execute,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLSchema,
} from "graphql";
import type { Context } from "../context.js";
import { PublicError } from "../errors.js";
import { isOurFault, publicError, requestError } from "../graphql/public-error.js";
import { requestParameters } from "../graphql/request-parameters.js";
import { withinTime } from "../graphql/within-time.js";
import type { Event } from "./event.types.js";
import { COMPLETE, nextFrame, positionFrame } from "./sse.js";
import type { StreamContext, Subscribed } from "./stream-context.js";

/** A reader that stands still when a stream ends is waited for so long, also by a server that stops. */
const END_MS = 1_000;

export interface EventStreamEnds {
  readonly apollo: ApolloServer<Context>;
  readonly schema: GraphQLSchema;
}

/** Whoever takes JSON too, as Apollo's and urql's clients say of every operation, gets JSON. */
export function wantsStream(accept = ""): boolean {
  return /\btext\/event-stream\b/i.test(accept) && !/\bapplication\/(json|graphql-response\+json)\b/i.test(accept);
}

/** Answers with server-sent events as graphql-sse's "distinct connections mode" has them, each with its id. */
export async function sendEventStream(
  ends: EventStreamEnds,
  base: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { app, actor } = base;
  const open = app.streams.begin(actor);
  reply.raw.once("close", () => open.close());
  const lastEventId = request.headers["last-event-id"]?.toString() || undefined;
  const context: StreamContext = { ...base, stream: { signal: open.signal, lastEventId } };
  reply.hijack();
  await write(reply, context, frames(ends, request.body, context)).catch((error: unknown) => {
    app.log.error("an event stream broke off", error, { requestId: base.requestId });
  });
  open.close();
  reply.raw.setTimeout(END_MS).end();
}

async function write(reply: FastifyReply, { app, requestId, stream }: StreamContext, frames: AsyncIterable<string>) {
  const { raw } = reply;
  const { heartbeatMs, stalledMs } = app.streams.times;
  raw.shouldKeepAlive = false; // or a stopping server would wait for what its client could still ask
  raw.writeHead(200, {
    "X-Request-Id": requestId,
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-cache, no-transform",
    "X-Accel-Buffering": "no", // nginx
  });
  raw.flushHeaders();
  raw.setTimeout(stalledMs, () => raw.destroy());
  const heartbeat = setInterval(() => {
    if (!raw.writableNeedDrain) raw.write(positionFrame(stream.position));
  }, heartbeatMs);
  try {
    for await (const frame of frames) await send(raw, frame, stream.signal);
  } finally {
    clearInterval(heartbeat);
  }
}

/** Waits for a slow reader, so that one frame at a time is in memory. */
async function send(raw: ServerResponse, frame: string, signal: AbortSignal): Promise<void> {
  if (raw.destroyed || raw.write(frame)) return;
  await once(raw, "drain", { signal }).catch(() => undefined);
}

async function* frames(ends: EventStreamEnds, body: unknown, context: StreamContext): AsyncGenerator<string, void> {
  const { query = "", variables, operationName } = requestParameters(body);
  const asked = { query, variables: variables ?? {}, ...(operationName ? { operationName } : {}) };
  const answer = await ends.apollo.executeOperation(asked, { contextValue: context });
  const { signal, subscribed } = context.stream;
  if (subscribed !== undefined) yield* events(ends.schema, subscribed, context);
  else if (answer.body.kind === "single") yield nextFrame(answer.body.singleResult);
  // Who is not told that it is over comes back.
  if (signal.reason instanceof PublicError)
    yield nextFrame(publicResult({ errors: [requestError(signal.reason)] }, context));
  if (!signal.aborted || signal.reason instanceof PublicError) yield COMPLETE;
}

async function* events(
  schema: GraphQLSchema,
  { document, operationName, variables }: Subscribed,
  context: StreamContext,
): AsyncGenerator<string, void> {
  const operation = { schema, document, operationName, variableValues: variables };
  const source = await createSourceEventStream({ ...operation, contextValue: context });
  if (!(Symbol.asyncIterator in source)) {
    yield nextFrame(publicResult(source, context));
    return;
  }
  yield positionFrame(context.stream.position);
  for await (const event of source as AsyncIterable<Event>) {
    const contextValue = { ...context, loaders: new Map<string, unknown>() }; // what an earlier event looked up is old
    const result = Promise.resolve(execute({ ...operation, contextValue, rootValue: event }));
    const told = await withinTime(context.app.config.querySeconds, result);
    yield nextFrame(publicResult(told, context), event.eventId);
  }
}

/** What a result's faults look like outside, with their request's id; ours are logged. */
function publicResult({ data, errors }: ExecutionResult, { app, requestId }: Context): FormattedExecutionResult {
  if (errors === undefined) return { data: data ?? null };
  for (const error of errors.filter(isOurFault)) {
    app.log.error("a subscription's field failed", error.originalError ?? error, { requestId });
  }
  const told = errors.map((error) => {
    const formatted = publicError(error.toJSON(), error);
    return { ...formatted, extensions: { ...formatted.extensions, requestId } };
  });
  return { errors: told, ...(data === undefined ? {} : { data }) };
}
