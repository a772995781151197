import { randomUUID } from "node:crypto";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import Fastify, { type FastifyInstance, type FastifyRequest, type RouteShorthandOptions } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { App, Context } from "../context.js";
import { printedConf, printedHostsfile } from "../dhcp/printed.js";
import { InvalidInput } from "../errors.js";
import { startApollo } from "../graphql/apollo.js";
import { sendRackDiagram, sendRacksDiagram } from "../rack/rack.http.js";
import { sendFault } from "./fault.js";
import { guard } from "./guard.js";
import { sendText } from "./send-text.js";

const BODY_LIMIT = 1_048_576;

/** What scripts and operators talk to. Each route says what it takes; what is not public takes a bearer token. */
export async function createControlPlane(app: App, schema: GraphQLSchema): Promise<FastifyInstance> {
  const fastify = Fastify({
    bodyLimit: BODY_LIMIT,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 512 },
    requestTimeout: 30_000,
  });
  guard(fastify, app);
  fastify.setErrorHandler((error, request, reply) => sendFault(app, error, request, reply));
  fastify.setNotFoundHandler((_, reply) => sendText(reply, 404, "no such thing on the control plane\n"));

  fastify.get("/healthz", { config: { rule: "public" } }, () => "ok\n");
  const apollo = await startApollo(app, schema, fastify);
  fastify.post(
    "/graphql",
    { config: { rule: ["VIEWER"] } }, // each field has its own
    fastifyApolloHandler(apollo, { context: (request) => Promise.resolve(contextOf(app, request)) }),
  );
  fastify.get("/readyz", { config: { rule: ["VIEWER"] } }, async () => {
    await app.database.manager.query("SELECT 1");
    return "ready\n";
  });
  const dhcp: RouteShorthandOptions = { config: { rule: ["VIEWER", "DHCP"] } };
  fastify.get("/hostsfile", dhcp, (_, reply) => sendText(reply, 200, printedHostsfile(app)));
  fastify.get<{ Querystring: { dialect?: string; mode?: string } }>("/dnsmasq.conf", dhcp, (request, reply) => {
    const { dialect, mode } = request.query;
    const conf = printedConf(
      app,
      oneOf("dialect", ["2.52", "2.53"], dialect),
      oneOf("mode", ["ipxe", "pxelinux"], mode),
    );
    return sendText(reply, 200, conf);
  });
  const racks: RouteShorthandOptions = { config: { rule: ["VIEWER", "RACKS"] } };
  fastify.get("/racks.svg", racks, sendRacksDiagram(app));
  fastify.get("/racks/:file", racks, sendRackDiagram(app));
  return fastify;
}

function contextOf(app: App, request: FastifyRequest): Context {
  return { app, actor: request.actor, requestId: request.id, loaders: new Map() };
}

function oneOf<T extends string>(name: string, allowed: readonly T[], value: string | undefined): T | undefined {
  if (value === undefined) return undefined;
  const found = allowed.find((each) => each === value);
  if (found === undefined)
    throw new InvalidInput(`${name} is one of ${allowed.join(", ")}, not ${JSON.stringify(value)}`);
  return found;
}
