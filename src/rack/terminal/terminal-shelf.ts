import type { GhostView, ShelfView } from "../drawing/elevation.js";
import { drawableText } from "../drawing/text/drawable-text.js";
import { shelfModel, shelfName } from "../drawing/scene/shelf-texts.js";
import { kindLabel } from "../shelf-kind.js";
import { cellWidth, fitCells, padCells, wrapCells } from "./cells.js";
import { GHOST_SGR, marksOf, painted, STATUS_SGR, type TerminalOptions } from "./terminal-style.js";

/** A model shortened to fewer cells than this says nothing. */
const LEAST_MODEL = 6;

/** The lines of what stands in one place, each `cells` wide. */
export function shelfLines(
  shelf: ShelfView,
  inTrouble: boolean,
  lines: number,
  cells: number,
  options: TerminalOptions,
): string[] {
  const marks = marksOf(options);
  const sign = inTrouble ? marks.trouble : shelf.status === null ? " " : marks.status[shelf.status];
  const sgr = inTrouble ? "1;33" : shelf.status === null ? "" : STATUS_SGR[shelf.status];
  const modelSgr = shelf.absence === null ? "2" : GHOST_SGR;
  const thing = { name: shelfName(shelf), model: modelOf(shelf), sign, sgr, modelSgr, dimmed: shelf.dimmed };
  return thingLines(thing, lines, cells, options);
}

/** The lines of a machine where it is seen. */
export function ghostLines(ghost: GhostView, lines: number, cells: number, options: TerminalOptions): string[] {
  const [name, model] = [drawableText(ghost.title), drawableText(ghost.subtitle)];
  const sign = marksOf(options).ghost;
  return thingLines({ name, model, sign, sgr: GHOST_SGR, modelSgr: "2", dimmed: ghost.dimmed }, lines, cells, options);
}

interface Thing {
  readonly name: string;
  readonly model: string;
  readonly sign: string;
  readonly sgr: string;
  readonly modelSgr: string;
  readonly dimmed: boolean;
}

function thingLines(
  { sign, sgr, modelSgr, dimmed, ...written }: Thing,
  lines: number,
  cells: number,
  options: TerminalOptions,
): string[] {
  const marks = marksOf(options);
  const braced = (line: number) => {
    if (lines === 1) return " ";
    return marks.brace[line === 0 ? 0 : line === lines - 1 ? 2 : 1];
  };
  // A brace, the sign and a blank stand before the texts, and a blank after them.
  const room = cells - 4;
  const texts = textLines(written, lines, room, marks.ellipsis);
  return Array.from({ length: lines }, (_, i) => {
    if (room < 1) return painted(options, sgr, padCells(i === 0 ? sign : "", cells));
    const { name, gap, model } = texts[i] ?? { name: "", gap: room, model: "" };
    const faint = dimmed ? "2" : undefined;
    return [
      painted(options, faint ?? "2", braced(i)),
      painted(options, faint ?? sgr, i === 0 ? sign : " "),
      " ",
      painted(options, faint ?? "1", name),
      " ".repeat(gap),
      painted(options, faint ?? modelSgr, model),
      " ",
    ].join("");
  });
}

interface TextLine {
  readonly name: string;
  readonly gap: number;
  readonly model: string;
}

/** The name, and the model at the other end of its line when it fits there, else below. */
function textLines(
  { name: title, model }: Pick<Thing, "name" | "model">,
  lines: number,
  cells: number,
  ellipsis: string,
): TextLine[] {
  const names = wrapCells(title, cells, lines) ?? [fitCells(title, cells, ellipsis)];
  const [first = ""] = names;
  const beside = cells - cellWidth(first) - 2;
  if (names.length > 1) return names.map((name) => line(name, "", cells));
  if (cellWidth(model) <= beside || lines === 1) {
    return [line(first, beside < LEAST_MODEL ? "" : fitCells(model, beside, ellipsis), cells)];
  }
  return [line(first, "", cells), line(fitCells(model, cells, ellipsis), "", cells)];
}

function line(name: string, model: string, cells: number): TextLine {
  return { name, model, gap: Math.max(0, cells - cellWidth(name) - cellWidth(model)) };
}

/** What never boots says what it is: "Catalyst 9300 (switch)". */
function modelOf(shelf: ShelfView): string {
  const model = shelfModel(shelf);
  if (shelf.kind === "MACHINE" || shelf.absence !== null) return model;
  const what = kindLabel(shelf.kind);
  return model === "" ? what : `${model} (${what})`;
}
