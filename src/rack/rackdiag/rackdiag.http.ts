import { Worker } from "node:worker_threads";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { InvalidInput } from "../../errors.js";
import { JobThread } from "../../job-thread.js";
import { DIAGRAM_FORMATS } from "../diagram/diagram-format.js";
import { SANDBOX } from "../diagram/diagram.http.js";
import { type Theme, THEMES } from "../drawing/draw-options.js";
import { svgPixels } from "../paper/print.js";
import { sendTagged } from "../../http/send-tagged.js";
import { type DrawnDiagram, drawDiagram } from "./draw-diagram.js";
import { type Mode, MODES } from "./tokens.js";

/**
 * POST /rackdiag/svg and /rackdiag/png: a diagram's text in, its drawing out, as Kroki does it. A text may come under any type, also one
 * that a form of another site could send: without the token, which no form has, nothing is read.
 */
export async function serveRackdiag(fastify: FastifyInstance): Promise<void> {
  await fastify.register((scope, _, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "string" }, (_request, body, parsed) => parsed(null, body));
    const config = { rule: ["VIEWER", "RACKS"] } as const;
    scope.post("/rackdiag/svg", { config }, (request, reply) => sendDrawnDiagram(request, reply, "svg"));
    scope.post("/rackdiag/png", { config }, (request, reply) => sendDrawnDiagram(request, reply, "png"));
    done();
  });
}

export interface DiagramJob {
  readonly text: string;
  readonly mode: Mode;
  readonly theme: Theme;
}

// Six racks of 42: reading them takes 2 ms, at first 8. A text of a megabyte would hold the event loop for half a second.
const CHARACTERS_A_TURN = 10_000;

const thread = new JobThread<DiagramJob, DrawnDiagram>(
  () => new Worker(new URL("./diagram-worker.js", import.meta.url)),
);

function drawn(job: DiagramJob): Promise<DrawnDiagram> {
  return job.text.length > CHARACTERS_A_TURN ? thread.do(job) : drawDiagram(job.text, job.mode, job.theme);
}

async function sendDrawnDiagram(
  request: FastifyRequest,
  reply: FastifyReply,
  format: "svg" | "png",
): Promise<FastifyReply> {
  const { mode = "helpful", theme = "classic" } = request.query as { mode?: string; theme?: string };
  const body = typeof request.body === "string" ? request.body : "";
  const { svg, warnings } = await drawn({
    text: body,
    mode: oneOf<Mode>("mode", MODES, mode),
    theme: oneOf<Theme>("theme", THEMES, theme),
  });
  void reply.header("X-Rackdiag-Warnings", String(warnings.length));
  const headers = { "Content-Type": DIAGRAM_FORMATS[format].type, ...SANDBOX };
  return sendTagged(request, reply, headers, format === "svg" ? svg : await svgPixels(svg, null));
}

function oneOf<T extends string>(name: string, allowed: readonly T[], value: string): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new InvalidInput(`${name} is ${allowed.join(", ")}; not ${JSON.stringify(value)}`);
  return found;
}
