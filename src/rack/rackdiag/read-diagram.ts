import { InvalidInput } from "../../errors.js";
import { placeOutside, rangeAdvice } from "./advice.js";
import { setItemAttribute, setRackAttribute } from "./attributes.js";
import { inColumns } from "./columns.js";
import type { Diagram, DiagramItem, DiagramRack } from "./diagram.js";
import { Draft, newItem, type ItemDraft, type RackDraft } from "./draft.js";
import { MAX_DIAGRAM_ITEMS, MAX_DIAGRAM_RACKS } from "./limits.js";
import { RefusedDiagram, Source } from "./source.js";
import { parse, type Attribute, type ItemStatement, type RackStatement, type Statement } from "./syntax.js";
import { tokenize, type Mode, type Token, type Tokens } from "./tokens.js";
import { labelOf, textOf, Value } from "./value.js";

export interface ReadDiagram extends Diagram {
  readonly source: Source;
  readonly comments: Tokens["comments"];
}

/** What a text in rackdiag's language means. @throws RefusedDiagram saying where it is wrong, and what to write instead */
export function readDiagram(text: string, mode: Mode): ReadDiagram {
  const source = new Source(text);
  const tokens = tokenize(source, mode);
  const draft = new Draft(source, mode);
  warnOfTokens(tokens, draft);
  const statements = parse(source, tokens, mode);
  readBlock(draft.implicitRack, statements, draft);
  inherit(draft);
  const racks = keptRacks(draft).map((rack) => finishRack(rack, draft));
  const warnings = draft.warnings.sort((a, b) => a.line - b.line || a.column - b.column);
  return { racks, look: draft.look, warnings, source, comments: tokens.comments };
}

/** Of what rackdiag would take otherwise, or not at all: `exact` has no such tokens. */
function warnOfTokens({ tokens, cutLabels }: Tokens, draft: Draft): void {
  for (const cut of cutLabels) draft.warn(cut, "read as a comment; rackdiag would take it as part of the label");
  for (let i = 0; i < tokens.length; i++) {
    const { type, text, start } = tokens[i] as Token;
    if (type !== "height" && type !== "number") continue;
    const isUnit = type === "height" || tokens[i + 1]?.text === ":";
    if (isUnit && text.includes(".")) draft.warn(start, "rackdiag takes whole units only");
    if (type === "height" && text.endsWith("u")) draft.warn(start, "rackdiag takes an upper-case U only");
  }
}

/** Attributes first, wherever they stand; then items and racks in the order written. */
function readBlock(rack: RackDraft, statements: readonly Statement[], draft: Draft): void {
  for (const statement of statements) {
    if (statement.kind === "attribute") setRackAttribute(rack, new Value(draft.source, statement), draft);
  }
  for (const statement of statements) {
    if (statement.kind === "item") readItem(rack, statement, draft);
    if (statement.kind === "rack") readRack(statement, draft);
  }
}

function readRack(statement: RackStatement, draft: Draft): void {
  if (draft.racks.length > MAX_DIAGRAM_RACKS) {
    throw draft.source.refuse(statement.start, `more than ${MAX_DIAGRAM_RACKS} racks; write several diagrams`);
  }
  const rack = draft.addRack(statement.id && textOf(draft.source, statement.id), statement.start);
  rack.end = statement.end;
  readBlock(rack, statement.statements, draft);
}

function readItem(rack: RackDraft, statement: ItemStatement, draft: Draft): void {
  const last = rack.items.at(-1);
  const number = statement.number === null ? (last ? last.number + last.height : 1) : Number(statement.number.text);
  if (!Number.isSafeInteger(number * 2)) {
    throw draft.source.refuse(
      statement.start,
      `unit ${number}; write whole or half units, as in 3: server or 3.5: server`,
    );
  }
  const item = newItem(number, labelOf(draft.source, statement.label), statement.start, draft.defaults);
  for (const attribute of statement.attributes) setAttribute(item, attribute, draft);
  rack.items.push(item);
  if (rack.items.length > MAX_DIAGRAM_ITEMS) {
    throw draft.source.refuse(
      statement.start,
      `more than ${MAX_DIAGRAM_ITEMS} items in a rack; write several diagrams`,
    );
  }
}

function setAttribute(item: ItemDraft, attribute: Attribute, draft: Draft): void {
  setItemAttribute(item, new Value(draft.source, attribute), draft);
}

/** A height and a numbering written for the whole diagram are meant for its racks; rackdiag forgets them. */
function inherit(draft: Draft): void {
  if (!draft.helpful) return;
  const { implicitRack: top, racks } = draft;
  for (const rack of racks.slice(1)) {
    if (top.own.has("height") && !rack.own.has("height") && rack.height !== top.height) {
      rack.height = top.height;
      draft.warn(rack.start, `this rack has ${top.height}U, as the diagram says; for rackdiag it would have 42U`);
    }
    if (top.ascending && !rack.own.has("ascending") && !rack.ascending) {
      rack.ascending = true;
      draft.warn(
        rack.start,
        "unit 1 of this rack is at the top, as the diagram says; for rackdiag it would be the lowest",
      );
    }
  }
}

function keptRacks(draft: Draft): RackDraft[] {
  const { racks, implicitRack, helpful, source } = draft;
  const filled = racks.filter(({ items }) => items.length > 0);
  if (!helpful) {
    if (filled.length === 0) throw source.refuse(0, "nothing stands in any rack, and rackdiag then ends with an error");
    return filled;
  }
  // The top level is a rack of its own only when something stands in it, or when there is no other.
  const kept = racks.filter((rack) => rack !== implicitRack || rack.items.length > 0 || racks.length === 1);
  for (const rack of kept) {
    if (rack.items.length === 0) draft.warn(rack.start, "an empty rack; rackdiag would leave it out");
  }
  return kept;
}

function finishRack(rack: RackDraft, draft: Draft): DiagramRack {
  const { id, ascending, description, textColor, fontSize, start, end } = rack;
  const rows = rack.items.map((item) => rowsOf(item, rack, draft));
  const { places, gridColumns } = gridOf(rack, rows, draft);
  const items = rack.items.map((item, i): DiagramItem => {
    const place = places[i];
    return finishItem(item, place?.column ?? 1, place?.columns ?? 1, draft);
  });
  return { id, height: rack.height, ascending, description, textColor, fontSize, items, gridColumns, start, end };
}

function rowsOf({ number, height, start }: ItemDraft, rack: RackDraft, draft: Draft) {
  const top = rack.ascending ? number - 1 : rack.height - number - height + 1;
  if (top < 0 || top + height > rack.height) {
    throw draft.source.refuse(start, placeOutside(number, height, rack.height));
  }
  return { top: top * 2, rows: height * 2 };
}

function gridOf(rack: RackDraft, rows: readonly { top: number; rows: number }[], draft: Draft) {
  try {
    return inColumns(rows, Math.ceil(rack.height * 2));
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw draft.source.refuse(rack.items[0]?.start ?? rack.start, `${error.message}; ${rangeAdvice}`);
  }
}

function finishItem(item: ItemDraft, column: number, columns: number, { defaults }: Draft): DiagramItem {
  const [ampere, weight] = [drawn(item.ampere), drawn(item.weight)];
  const { number, height, label, color, fill, width, href, description, start } = item;
  return {
    unit: number,
    height,
    label,
    ampere,
    weight,
    color,
    fill,
    line: item.line ?? defaults.line,
    text: item.text ?? defaults.text,
    style: item.style ?? defaults.style,
    fontSize: item.fontSize ?? defaults.fontSize,
    width,
    href,
    description,
    column,
    columns,
    start,
  };
}

function drawn(quantity: number | RefusedDiagram | null): number | null {
  if (quantity instanceof RefusedDiagram) throw quantity;
  return quantity;
}
