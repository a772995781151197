import { createReadStream, existsSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";
import type { FastifyReply } from "fastify";
import { NotFound } from "../errors.js";
import { packageRoot } from "../package-root.js";

const FOLDER = join(packageRoot, "dist/ide");
/** What there is to send, so that no name can lead anywhere else. */
const FILES: ReadonlySet<string> = new Set(
  existsSync(FOLDER) ? readdirSync(FOLDER, { recursive: true, encoding: "utf8" }) : [],
);

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".ttf": "font/ttf",
};

/** Nothing is loaded from, or sent to, anywhere else. The editor writes its colours as style elements. */
const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** A file of the IDE, as `npm run build` has made it. */
export function sendIde(reply: FastifyReply, file: string): FastifyReply {
  if (!FILES.has(file)) throw new NotFound("this is no file of the IDE; `npm run build` makes them");
  const page = file.endsWith(".html");
  void reply.headers({
    "Content-Security-Policy": POLICY,
    "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    // A file's name changes with what is in it.
    "Cache-Control": page ? "no-cache" : "public, max-age=31536000, immutable",
    Vary: "Accept",
  });
  return reply.send(createReadStream(join(FOLDER, file)));
}
