import { randomUUID } from "node:crypto";
import Fastify, { type FastifyInstance, type RouteShorthandOptions } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { App } from "../context.js";
import { printedConf, printedHostsfile } from "../dhcp/printed.js";
import { InvalidInput, NotFound } from "../errors.js";
import { serveGraphql } from "../graphql/graphql.http.js";
import { LIMITS } from "../graphql/limits.js";
import { sendRackDiagram, sendRacksDiagram } from "../rack/diagram/diagram.http.js";
import { serveRackdiag } from "../rack/rackdiag/rackdiag.http.js";
import { sendFault } from "./fault.js";
import { guard } from "./guard.js";
import { sendText } from "./send-text.js";

/** What scripts and operators talk to. Each route says what it takes; what is not public takes a bearer token. */
export async function createControlPlane(app: App, schema: GraphQLSchema): Promise<FastifyInstance> {
  const fastify = Fastify({
    bodyLimit: LIMITS.bodyBytes,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 512 },
    requestTimeout: 30_000,
  });
  fastify.removeContentTypeParser("text/plain"); // what a form of another site can send is taken nowhere
  fastify.addHook("onRequest", async (request, reply) => void reply.header("X-Request-Id", request.id));
  fastify.addHook("preClose", (done) => {
    app.streams.stop();
    done();
  });
  guard(fastify, app);
  fastify.setErrorHandler((error, request, reply) => sendFault(app, error, request, reply));
  fastify.setNotFoundHandler(() => {
    throw new NotFound("no such thing on the control plane");
  });

  fastify.get("/healthz", { config: { rule: "public" } }, () => "ok\n");
  await serveGraphql(fastify, app, schema);
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
  fastify.get("/racks.:ending", racks, sendRacksDiagram(app, schema));
  fastify.get("/racks/:file", racks, sendRackDiagram(app, schema));
  await serveRackdiag(fastify);
  return fastify;
}

function oneOf<T extends string>(name: string, allowed: readonly T[], value: string | undefined): T | undefined {
  if (value === undefined) return undefined;
  const found = allowed.find((each) => each === value);
  if (found === undefined)
    throw new InvalidInput(`${name} is one of ${allowed.join(", ")}, not ${JSON.stringify(value)}`);
  return found;
}
