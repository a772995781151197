import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { App } from "../context.js";
import { InvalidInput, NotFound } from "../errors.js";
import { drawRacks } from "./drawing/draw.js";
import { DRAWN_FACES, type DrawOptions, THEMES } from "./drawing/draw-options.js";
import { elevationsOf } from "./drawing/elevation.store.js";
import { rackNamed } from "./rack.store.js";

/** A picture never runs anything, also when a browser opens it by itself. */
const SVG_HEADERS = {
  "Content-Type": "image/svg+xml; charset=utf-8",
  "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "no-cache",
};

/** GET /racks/NAME.svg?face=front|rear|both&theme=light|dark|auto|print|classic */
export function sendRackDiagram(app: App) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { file } = request.params as { file: string };
    if (!file.endsWith(".svg")) throw new NotFound("write the rack's name with .svg, as in /racks/A01.svg");
    return send(app, [file.slice(0, -".svg".length)], request, reply);
  };
}

/** GET /racks.svg?rack=A01&rack=A02: side by side, in the order asked for */
export function sendRacksDiagram(app: App) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { rack } = request.query as { rack?: string | string[] };
    if (rack === undefined) throw new InvalidInput("name the racks, as in /racks.svg?rack=A01&rack=A02");
    return send(app, [rack].flat(), request, reply);
  };
}

async function send(
  app: App,
  names: readonly string[],
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const options = drawOptions(request.query as { face?: string; theme?: string });
  const racks = [];
  for (const name of names) racks.push(await rackNamed(app.database.manager, name));
  const svg = await drawRacks(await elevationsOf(app.database.manager, racks, app.now()), options);
  const etag = `"${createHash("sha256").update(svg).digest("base64url").slice(0, 27)}"`;
  void reply.headers({ ...SVG_HEADERS, ETag: etag });
  const known = request.headers["if-none-match"]?.split(",").map((tag) => tag.trim().replace(/^W\//, "")) ?? [];
  return known.includes(etag) || known.includes("*") ? reply.code(304).send() : reply.send(svg);
}

function drawOptions({ face = "front", theme = "auto" }: { face?: string; theme?: string }): DrawOptions {
  const viewed = DRAWN_FACES.find((each) => each.toLowerCase() === face);
  const found = THEMES.find((each) => each === theme);
  if (viewed === undefined) throw new InvalidInput("face is front, rear or both");
  if (found === undefined) throw new InvalidInput(`theme is ${THEMES.join(", ")}`);
  return { face: viewed, theme: found, colorBy: { by: "STATE" } };
}
