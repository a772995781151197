import type { FastifyRequest, preHandlerHookHandler } from "fastify";
import { actorOf, type Actor } from "../access/api-token.store.js";
import { mayActAs, type Role } from "../access/role.js";
import type { App } from "../context.js";
import { Forbidden, Unauthenticated } from "../errors.js";

declare module "fastify" {
  interface FastifyRequest {
    actor: Actor;
  }
}

/** @throws Unauthenticated without a valid token */
export async function authenticate(app: App, request: FastifyRequest): Promise<Actor> {
  const text = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1];
  const actor = text === undefined ? undefined : await actorOf(app.database.manager, app.secretKey, text, app.now());
  if (actor === undefined) throw new Unauthenticated("send a valid token as Authorization: Bearer kr_…");
  return actor;
}

export function requires(role: Role): preHandlerHookHandler {
  return ({ actor }, _, done) => {
    const refused = `this takes the role ${role}; this token has ${actor.role}`;
    done(mayActAs(actor.role, role) ? undefined : new Forbidden(refused));
  };
}
