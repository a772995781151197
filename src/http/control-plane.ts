import { randomUUID } from "node:crypto";
import { ApolloServer, type ApolloServerOptions } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from "@as-integrations/fastify";
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type preHandlerHookHandler,
} from "fastify";
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from "graphql";
import { actorOf, type Actor } from "../access/api-token.store.js";
import { mayActAs, type Role } from "../access/role.js";
import { refuseForbidden } from "../access/rules.js";
import type { App, Context } from "../context.js";
import { refusedByDatabase } from "../db/refused.js";
import { printedConf, printedHostsfile } from "../dhcp/printed.js";
import { CallerError, Forbidden, InvalidInput, Unauthenticated, type CallerErrorCode } from "../errors.js";
import { sendRackDiagram, sendRacksDiagram } from "../rack/rack.http.js";

const BODY_LIMIT = 1_048_576;
const MAX_TOKENS = 4_000;
const INTERNAL = "INTERNAL_SERVER_ERROR";

const STATUS: Readonly<Record<CallerErrorCode, number>> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
};

declare module "fastify" {
  interface FastifyRequest {
    actor: Actor;
  }
}

/** What scripts and operators talk to. Everything but /healthz needs a bearer token. */
export async function createControlPlane(app: App, schema: GraphQLSchema): Promise<FastifyInstance> {
  const fastify = Fastify({
    bodyLimit: BODY_LIMIT,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 512 },
    requestTimeout: 30_000,
  });
  fastify.decorateRequest("actor");
  fastify.get("/healthz", () => "ok\n");

  await fastify.register(async (guarded) => {
    guarded.addHook("onRequest", async (request) => {
      request.actor = await authenticate(app, request);
    });
    guarded.setErrorHandler((error, request, reply) => sendFault(app, error, request, reply));
    guarded.setNotFoundHandler((_, reply) => sendText(reply, 404, "no such thing on the control plane\n"));

    const apollo = new ApolloServer(apolloOptions(app, schema, guarded));
    await apollo.start();
    guarded.post(
      "/graphql",
      fastifyApolloHandler(apollo, { context: (request) => Promise.resolve(contextOf(app, request)) }),
    );

    const viewer = { preHandler: requires("VIEWER") };
    guarded.get("/readyz", viewer, async () => {
      await app.database.manager.query("SELECT 1");
      return "ready\n";
    });
    guarded.get("/hostsfile", viewer, (_, reply) => sendText(reply, 200, printedHostsfile(app)));
    guarded.get<{ Querystring: { dialect?: string; mode?: string } }>("/dnsmasq.conf", viewer, (request, reply) => {
      const { dialect, mode } = request.query;
      const conf = printedConf(
        app,
        oneOf("dialect", ["2.52", "2.53"], dialect),
        oneOf("mode", ["ipxe", "pxelinux"], mode),
      );
      return sendText(reply, 200, conf);
    });
    guarded.get("/racks.svg", viewer, sendRacksDiagram(app));
    guarded.get("/racks/:file", viewer, sendRackDiagram(app));
  });
  return fastify;
}

async function authenticate(app: App, request: FastifyRequest): Promise<Actor> {
  const text = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1];
  const actor = text === undefined ? undefined : await actorOf(app.database.manager, app.secretKey, text, app.now());
  if (actor === undefined) throw new Unauthenticated("send a valid token as Authorization: Bearer kr_…");
  return actor;
}

function requires(role: Role): preHandlerHookHandler {
  return ({ actor }, _, done) => {
    const refused = `this takes the role ${role}; this token has ${actor.role}`;
    done(mayActAs(actor.role, role) ? undefined : new Forbidden(refused));
  };
}

function contextOf(app: App, request: FastifyRequest): Context {
  return { app, actor: request.actor, requestId: request.id, loaders: new Map() };
}

function apolloOptions(app: App, schema: GraphQLSchema, fastify: FastifyInstance): ApolloServerOptions<Context> {
  return {
    schema,
    introspection: true, // whoever has a token may know what there is
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    maxRecursiveSelections: true,
    parseOptions: { maxTokens: MAX_TOKENS },
    formatError: publicError,
    plugins: [
      fastifyApolloDrainPlugin(fastify),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      {
        unexpectedErrorProcessingRequest: ({ error }) => {
          app.log.error("a GraphQL request failed", error);
          return Promise.resolve();
        },
        requestDidStart: ({ contextValue }) =>
          Promise.resolve({
            didResolveOperation: ({ document, operationName, schema }) => {
              refuseForbidden(schema, document, operationName, contextValue.actor.role);
              return Promise.resolve();
            },
            // The one place that knows both the cause and the request that its caller is told.
            didEncounterErrors: ({ errors }) => {
              for (const error of errors) {
                if (!isOurs(causeOf(error), error.extensions.code)) continue;
                const { requestId } = contextValue;
                const path = error.path?.join(".") ?? "";
                app.log.error("a GraphQL field failed", error.originalError ?? error, { requestId, path });
              }
              return Promise.resolve();
            },
            willSendResponse: ({ response }) => {
              if (response.body.kind !== "single") return Promise.resolve();
              for (const error of response.body.singleResult.errors ?? []) {
                Object.assign(error.extensions ?? {}, { requestId: contextValue.requestId });
              }
              return Promise.resolve();
            },
          }),
      },
    ],
  };
}

function publicError(formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
  const original = causeOf(thrown);
  if (original instanceof CallerError) {
    return { ...formatted, message: original.message, extensions: { code: original.code } };
  }
  const code = formatted.extensions?.code;
  if (!isOurs(original, code)) return { ...formatted, extensions: { code } };
  return { ...formatted, message: "internal error", extensions: { code: INTERNAL } };
}

function causeOf(thrown: unknown): unknown {
  const original = thrown instanceof GraphQLError ? (thrown.originalError ?? thrown) : thrown;
  return refusedByDatabase(original) ?? original;
}

function isOurs(original: unknown, code: unknown): boolean {
  return !(original instanceof CallerError) && (code === undefined || code === INTERNAL);
}

function sendFault(app: App, thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = refusedByDatabase(thrown) ?? thrown;
  const known = error instanceof CallerError ? STATUS[error.code] : (error as { statusCode?: number }).statusCode;
  if (known === 401) void reply.header("WWW-Authenticate", 'Bearer realm="Kickrack"');
  if (known !== undefined && known < 500) return sendText(reply, known, `${(error as Error).message}\n`);
  app.log.error("a request failed", error, { requestId: request.id, method: request.method, url: request.url });
  return sendText(reply, 500, `internal error (request ${request.id})\n`);
}

function sendText(reply: FastifyReply, status: number, body: string): FastifyReply {
  return reply.code(status).type("text/plain; charset=utf-8").send(body);
}

function oneOf<T extends string>(name: string, allowed: readonly T[], value: string | undefined): T | undefined {
  if (value === undefined) return undefined;
  const found = allowed.find((each) => each === value);
  if (found === undefined)
    throw new InvalidInput(`${name} is one of ${allowed.join(", ")}, not ${JSON.stringify(value)}`);
  return found;
}
