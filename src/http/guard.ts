import type { FastifyInstance, FastifyRequest } from "fastify";
import { actorOf, type Actor } from "../access/api-token.store.js";
import { refusal } from "../access/refuse.js";
import type { Rule } from "../access/rules.js";
import type { App } from "../context.js";
import { Forbidden, Unauthenticated } from "../errors.js";

export type RouteRule = Rule | "public";

declare module "fastify" {
  interface FastifyRequest {
    actor: Actor;
  }
  interface FastifyContextConfig {
    /** What the route takes. `public` is for what holds no data; everything else takes a token. */
    rule?: RouteRule;
  }
  interface FastifyInstance {
    /** By method and path, for whoever wants to show it. */
    routeRules: Map<string, RouteRule>;
  }
}

/**
 * The one place that lets a request of the control plane in; call it before there is any route. The boot plane has
 * nothing like it: machines have no token, and what it answers is bound to a machine's state or to an installation's token.
 */
export function guard(fastify: FastifyInstance, app: App): void {
  fastify.decorateRequest("actor");
  fastify.decorate("routeRules", new Map<string, RouteRule>());
  fastify.addHook("onRoute", ({ method, url, config }) => {
    for (const route of [method].flat().map((each) => `${each} ${url}`)) {
      if (config?.rule === undefined) throw new Error(`${route} has no rule; give it config: { rule }`);
      fastify.routeRules.set(route, config.rule);
    }
  });
  fastify.addHook("onRequest", async (request) => {
    const { rule } = request.routeOptions.config;
    if (rule === "public") return;
    request.actor = await authenticate(app, request);
    // Without a rule there is no such route, which whoever has a token may be told.
    const refused = rule && refusal(request.actor, rule);
    if (refused) throw new Forbidden(`this ${refused}`);
  });
}

async function authenticate(app: App, request: FastifyRequest): Promise<Actor> {
  const text = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1];
  const actor = text === undefined ? undefined : await actorOf(app.database.manager, app.secretKey, text, app.now());
  if (actor === undefined) throw new Unauthenticated("send a valid token as Authorization: Bearer kr_…");
  app.tokenUses.record(actor.tokenId, app.now(), request.ip);
  return actor;
}
