import { InvalidInput } from "../../errors.js";
import { COLOR_BY, type ColorBy, DRAWN_FACES, THEMES } from "../drawing/draw-options.js";
import { MOST_RACKS, PAPERS } from "../paper/paper.js";
import { TERMINAL_WIDTHS } from "../terminal/terminal-drawing.js";
import { DIAGRAM_FORMATS, type DiagramFormat } from "./diagram-format.js";
import { DEFAULT_OPTIONS, type DiagramOptions } from "./diagram-options.js";

/** The query part of an address, as Fastify reads it. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Known of every drawing and table; `rack`, `site`, `room` and `row` choose racks where the address names none. */
const EVERYWHERE = ["face", "numbering", "highlight", "ghosts"];
export const CHOOSING = ["rack", "site", "room", "row"] as const;

/** @throws InvalidInput that says what there is to ask for */
export function diagramOptions(format: DiagramFormat, query: Query, choosing: readonly string[]): DiagramOptions {
  checkNames(format, query, choosing);
  // A table is of everything that stands in a rack; a drawing is of what one sees.
  const isTable = format === "csv" || format === "md" || format === "html";
  const width = numberOf(query, "width", TERMINAL_WIDTHS.least, TERMINAL_WIDTHS.most);
  const scale = numberOf(query, "scale", 1, 100, "1:");
  const theme = oneOf(query, "theme", THEMES) ?? (format === "svg" ? "auto" : "light");
  if (format === "pdf" && theme === "classic") {
    throw new InvalidInput("theme classic is drawn as .svg and .png; paper takes light, dark or print", ["theme"]);
  }
  const { terminal } = DEFAULT_OPTIONS;
  return {
    ghosts: oneOf(query, "ghosts", ["TRUE", "FALSE"]) !== "FALSE",
    draw: {
      face: oneOf(query, "face", DRAWN_FACES) ?? (isTable ? "BOTH" : "FRONT"),
      theme,
      colorBy: colorByOf(query),
    },
    numbering: oneOf(query, "numbering", ["FROM_BOTTOM", "FROM_TOP"] as const) ?? null,
    paper: {
      paper: oneOf(query, "paper", PAPERS) ?? "A4",
      scale,
      racksPerPage: numberOf(query, "racksPerPage", 1, MOST_RACKS),
    },
    scale,
    zoom: numberOf(query, "zoom", 0.1, 4),
    terminal: {
      width: width ?? terminal.width,
      color: oneOf(query, "color", ["ALWAYS", "NEVER"]) === "ALWAYS",
      ascii: oneOf(query, "ascii", ["TRUE", "FALSE"]) === "TRUE",
    },
  };
}

function checkNames(format: DiagramFormat, query: Query, choosing: readonly string[]): void {
  const drawn = format === "diag" ? [] : EVERYWHERE;
  const known = [...choosing, ...drawn, ...DIAGRAM_FORMATS[format].options];
  const unknown = Object.keys(query).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new InvalidInput(
      `${JSON.stringify(unknown)} says nothing to .${format}; it knows ${known.join(", ") || "no such word"}`,
    );
  }
}

/** The one value of a name. @throws InvalidInput when it is there twice */
export function single(query: Query, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || typeof value === "string") return value;
  throw new InvalidInput(`${name} is there ${value.length} times; give it once`, [name]);
}

/** In an address, small letters: `face=front`. */
function oneOf<T extends string>(query: Query, name: string, values: readonly T[]): T | undefined {
  const text = single(query, name);
  if (text === undefined) return undefined;
  const found = values.find((value) => value.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  const all = values.map((value) => value.toLowerCase());
  throw new InvalidInput(`${name} is ${all.slice(0, -1).join(", ")} or ${all.at(-1)}, not ${JSON.stringify(text)}`, [
    name,
  ]);
}

function numberOf(query: Query, name: string, least: number, most: number, prefix = ""): number | null {
  const text = single(query, name);
  if (text === undefined) return null;
  const digits = prefix !== "" && text.startsWith(prefix) ? text.slice(prefix.length) : text;
  const value = /^\d{1,4}(\.\d{1,2})?$/.test(digits) ? Number(digits) : NaN;
  const whole = Number.isInteger(least) && prefix === "";
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  const kind = whole ? "a whole number" : "a number";
  throw new InvalidInput(`${name} is ${kind} from ${least} to ${most}, not ${JSON.stringify(text)}`, [name]);
}

function colorByOf(query: Query): ColorBy {
  const text = single(query, "colorBy");
  if (text === undefined) return { by: "STATE" };
  const [, key] = /^label:(.+)$/s.exec(text) ?? [];
  if (key !== undefined) return { by: "LABEL", key };
  const by = COLOR_BY.find((value) => value.toLowerCase() === text.toLowerCase());
  if (by !== undefined) return { by };
  const all = COLOR_BY.map((value) => value.toLowerCase()).join(", ");
  throw new InvalidInput(`colorBy is ${all} or label:KEY, not ${JSON.stringify(text)}`, ["colorBy"]);
}
