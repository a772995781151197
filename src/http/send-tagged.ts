import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";

/** With a strong ETag of its bytes: who has them already is told so, and gets no body. */
export function sendTagged(
  request: FastifyRequest,
  reply: FastifyReply,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
): FastifyReply {
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
  void reply.headers({ ...headers, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache", ETag: etag });
  const known = request.headers["if-none-match"]?.split(",").map((tag) => tag.trim().replace(/^W\//, "")) ?? [];
  return known.includes(etag) || known.includes("*") ? reply.code(304).send() : reply.send(body);
}
