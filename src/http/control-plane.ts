import { randomUUID } from "node:crypto";
import Fastify, { type FastifyInstance, type RouteShorthandOptions } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { App } from "../context.js";
import { DHCP_ROLES, DIALECTS, EVENTS, HAND_OVERS, UEFI_LOADERS } from "../dhcp/dnsmasq-conf.js";
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
  fastify.get<{ Querystring: { dialect?: string; mode?: string; uefi?: string; dhcp?: string; events?: string } }>(
    "/dnsmasq.conf",
    dhcp,
    (request, reply) => {
      const { dialect, mode, uefi, dhcp: role, events } = request.query;
      const { dnsmasq } = app.config;
      const choice = {
        dialect: oneOf("dialect", DIALECTS, dialect) ?? dnsmasq.dialect,
        mode: oneOf("mode", HAND_OVERS, mode) ?? dnsmasq.mode,
        uefi: oneOf("uefi", UEFI_LOADERS, uefi) ?? dnsmasq.uefi,
        dhcp: oneOf("dhcp", DHCP_ROLES, role) ?? dnsmasq.dhcp,
        events: oneOf("events", EVENTS, events) ?? dnsmasq.events,
      };
      return sendText(reply, 200, printedConf(app, choice));
    },
  );
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
