import { fastifyApolloHandler } from "@as-integrations/fastify";
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  onRequestHookHandler,
  preHandlerHookHandler,
} from "fastify";
import type { GraphQLSchema } from "graphql";
import type { App, Context } from "../context.js";
import { BadRequest } from "../errors.js";
import { sendEventStream, wantsStream } from "../events/event-stream.http.js";
import { startApollo } from "./apollo.js";
import { sendIde } from "./ide.http.js";
import { checkSource, checkVariables } from "./limit-request.js";
import { checkAccept, requestParameters } from "./request-parameters.js";

/** /graphql: operations come by POST; each field has its own rule. */
export async function serveGraphql(fastify: FastifyInstance, app: App, schema: GraphQLSchema): Promise<void> {
  const apollo = await startApollo(app, schema, fastify);
  const config = { rule: ["VIEWER"] } as const;
  const answer = fastifyApolloHandler(apollo, { context: (request) => Promise.resolve(contextOf(app, request)) });
  fastify.post("/graphql", { config, onRequest: refuseCharset, preHandler: refuseAbuse }, function (request, reply) {
    if (!wantsStream(request.headers.accept)) return answer.call(this, request, reply);
    return sendEventStream({ apollo, schema }, contextOf(app, request), request, reply);
  });
  fastify.route({
    method: ["PUT", "PATCH", "DELETE", "OPTIONS"],
    url: "/graphql",
    config,
    handler: (_, reply) => refuseMethod(reply),
  });
  // The page holds no data, and a browser sends no token when it goes somewhere.
  fastify.get("/graphql", { config: { rule: "public" } }, (request, reply) =>
    /\btext\/html\b/.test(request.headers.accept ?? "") ? sendIde(reply, "index.html") : refuseMethod(reply),
  );
  fastify.get<{ Params: { file: string } }>(
    "/graphql/ide/assets/:file",
    { config: { rule: "public" } },
    ({ params: { file } }, reply) => sendIde(reply, `assets/${file}`),
  );
}

function refuseMethod(reply: FastifyReply): never {
  void reply.header("Allow", "POST");
  throw new BadRequest("send an operation as JSON with POST", 405);
}

function contextOf(app: App, request: FastifyRequest): Context {
  return { app, actor: request.actor, requestId: request.id, loaders: new Map() };
}

/** JSON is UTF-8 (RFC 8259, 8.1); a body in another charset would be read as something else than what was sent. */
const refuseCharset: onRequestHookHandler = ({ headers }, _, done) => {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(headers["content-type"] ?? "")?.[1] ?? "utf-8";
  done(/^utf-?8$/i.test(charset) ? undefined : new BadRequest(`send the body as UTF-8, not as ${charset}`, 415));
};

/** What has to be refused before anybody parses or validates it; Apollo and its rules do the rest. */
const refuseAbuse: preHandlerHookHandler = ({ headers, body }, _, done) => {
  try {
    checkAccept(headers.accept);
    const { query, variables } = requestParameters(body);
    if (query) checkSource(query);
    checkVariables(variables);
    done();
  } catch (error) {
    done(error as Error);
  }
};
