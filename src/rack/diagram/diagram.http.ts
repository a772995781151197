import type { FastifyReply, FastifyRequest } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { Actor } from "../../access/api-token.store.js";
import type { App } from "../../context.js";
import { InvalidInput, NotFound } from "../../errors.js";
import { sendTagged } from "../../http/send-tagged.js";
import { elevationsOf } from "../drawing/elevation.store.js";
import type { Rack } from "../rack.entity.js";
import { plansOf } from "../rack-plan.store.js";
import { rackdiagText } from "../rackdiag/rackdiag-text.js";
import { DIAGRAM_FORMATS, type DiagramFormat, FORMAT_NAMES } from "./diagram-format.js";
import { CHOOSING, diagramOptions, type Query, single } from "./diagram-query.js";
import { racksNamed, racksStanding } from "./diagram-racks.store.js";
import { highlightedIn, machineFilter } from "./highlight.js";
import { writeDiagram } from "./write-diagram.js";

/** A picture never runs anything, also when a browser opens it by itself. A browser's own PDF viewer would not start in a sandbox. */
export const SANDBOX = { "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox" };

/** GET /racks/NAME.svg, and in every other format */
export function sendRackDiagram(app: App, schema: GraphQLSchema) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { file } = request.params as { file: string };
    const [, name = "", ending] = /^(.*)\.(\w+)$/s.exec(file) ?? [];
    const format = formatOf(ending, "the rack's name with .svg, as in /racks/A01.svg");
    const query = request.query as Query;
    const racks = () => racksNamed(app.database.manager, [name]);
    const body = await diagramOf({ app, actor: request.actor, schema }, format, { query, choosing: [], racks });
    return answer(request, reply, format, body);
  };
}

/** GET /racks.svg?rack=A01&rack=A02, and in every other format: in the order asked for, those of one row as they stand. */
export function sendRacksDiagram(app: App, schema: GraphQLSchema) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { ending } = request.params as { ending: string };
    const format = formatOf(ending, "/racks.svg?rack=A01");
    const query = request.query as Query;
    const racks = () => chosenRacks(app, query);
    const body = await diagramOf({ app, actor: request.actor, schema }, format, { query, choosing: CHOOSING, racks });
    return answer(request, reply, format, body);
  };
}

function formatOf(ending: string | undefined, asIn: string): DiagramFormat {
  const format = FORMAT_NAMES.find((each) => each === ending);
  if (format !== undefined) return format;
  throw new NotFound(`write ${asIn}, or with .${FORMAT_NAMES.slice(1).join(", .")}`);
}

function chosenRacks({ database: { manager } }: App, query: Query): Promise<Rack[]> {
  const [site, room, row] = [single(query, "site"), single(query, "room"), single(query, "row")];
  const byPlace = site !== undefined || room !== undefined || row !== undefined;
  if (query.rack !== undefined && byPlace) {
    throw new InvalidInput("name racks or say where they stand, not both", ["rack"]);
  }
  if (byPlace) return racksStanding(manager, { site, room, row });
  if (query.rack === undefined) {
    throw new InvalidInput("name the racks, as in ?rack=A01&rack=A02, or say where they stand, as in ?room=2&row=B");
  }
  return racksNamed(manager, [query.rack].flat());
}

interface Asker {
  readonly app: App;
  readonly actor: Actor;
  readonly schema: GraphQLSchema;
}

interface Asked {
  readonly query: Query;
  /** Names in the query that choose racks. */
  readonly choosing: readonly string[];
  readonly racks: () => Promise<Rack[]>;
}

async function diagramOf(asker: Asker, format: DiagramFormat, asked: Asked): Promise<string | Buffer> {
  const { app, schema } = asker;
  const { manager } = app.database;
  // What is wrong with the address is told before anything is read.
  const options = diagramOptions(format, asked.query, asked.choosing);
  const highlight = single(asked.query, "highlight");
  const filter = highlight === undefined ? undefined : machineFilter(schema, highlight);
  const racks = await asked.racks();
  if (format === "diag") return rackdiagText(await plansOf(manager, racks)).text;
  const highlighted = filter && (await highlightedIn(asker, racks, filter));
  const againstPlan = options.ghosts ? await app.againstPlan(manager, racks, app.now()) : undefined;
  return writeDiagram(format, await elevationsOf(manager, racks, app.now(), { highlighted, againstPlan }), options);
}

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  format: DiagramFormat,
  body: string | Buffer,
): FastifyReply {
  const isMarkup = format === "svg" || format === "html";
  return sendTagged(
    request,
    reply,
    { "Content-Type": DIAGRAM_FORMATS[format].type, ...(isMarkup ? SANDBOX : {}) },
    body,
  );
}
