import type { Mode, Token } from "./tokens.js";
import type { Value } from "./value.js";

// What is said to somebody whose text is refused: what is wrong, and what to write instead. Some of it answers dialects
// that rackdiag never had: ranges, sizes by name, blockdiag's classes and arrows.

const quoted = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

export const AFTER_THE_END =
  "the diagram has ended before this; a file holds one diagram: remove a } or write a second file";
export const NOT_CLOSED = "this { is never closed; write } at the end";
export const rangeAdvice = "write them in other units";

export function badCharacter(text: string, at: number, mode: Mode): string {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (character === '"' || character === "'")
    return `this ${character} is never closed; write another ${character} at the end of the text`;
  if (character === "." && /[0-9]$/.test(text.slice(Math.max(0, at - 1), at))) {
    if (mode === "exact")
      return "rackdiag takes whole units only; write a whole number, or read the text in the mode helpful";
    return "write a number with digits on both sides of the point, as in 1.5";
  }
  if (text.startsWith("/*", at)) return "this /* is never closed; write */ at the end of the comment";
  return `rackdiag's language has no ${quoted(character)} here; put texts in quotes, as in "web 1"`;
}

export function noDiagram(tokens: readonly Token[], at: number): string {
  const token = tokens[at];
  if (tokens.length === 0) return "there is no diagram; write rackdiag { 12U; 1: server }";
  if (token?.type === "name" && /^(?:block|seq|act|nw|packet)diag$/.test(token.text)) {
    return `this is a ${token.text}; only rackdiag { … } is read`;
  }
  return "a diagram begins with rackdiag {";
}

/** What stands at `at` begins no statement. */
export function noStatement(text: string, tokens: readonly Token[], at: number, mode: Mode): string {
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (token === undefined) return NOT_CLOSED;
  const follows = (op: string) => next?.type === "op" && next.text === op;
  switch (token.type) {
    case "number":
      return afterNumber(tokens, at, mode);
    case "string":
      return textAlone(token, tokens[at - 1], tokens[at - 2]);
    case "height":
    case "units":
      return `${quoted(token.text)} belongs to an item; write it in brackets after the label, as in 1: server [${token.text}]`;
    case "name":
      return nameAlone(token, next, follows, mode);
    case "label":
      return `a name that ends in - or : is read up to the end of the line; put it in quotes`;
    case "op":
      return opAlone(text, token, tokens[at - 1]);
  }
}

function afterNumber(tokens: readonly Token[], at: number, mode: Mode): string {
  const [number, next, label] = [tokens[at]?.text ?? "", tokens[at + 1], tokens[at + 2]];
  const range = next?.text === "-" ? /^\s*([0-9]+)\s*:\s*(.*)/.exec(label?.text ?? "") : null;
  if (range !== null) {
    const [first, last] = [Number(number), Number(range[1])].sort((a, b) => a - b);
    const height = (last ?? 0) - (first ?? 0) + 1;
    return `rackdiag has no ranges; write the lowest unit and the height: ${first}: ${range[2]?.trim() || "server"} [${height}U]`;
  }
  if (next?.type === "name" && /^u$/i.test(next.text)) {
    return mode === "exact"
      ? `a height is a whole number and an upper-case U without a blank; write ${number}U`
      : `write the height without a blank: ${number}U`;
  }
  if (next?.type === "name" && /^U-?[0-9]*$/i.test(next.text)) return `write the unit as a number: ${number}: server`;
  return `an item is a unit, a colon and a label; write ${number}: server`;
}

function textAlone(token: Token, before: Token | undefined, beforeThat: Token | undefined): string {
  const height =
    before?.type === "height" ? before : before?.text === ";" && beforeThat?.type === "height" ? beforeThat : undefined;
  const unit = height === undefined ? "1" : height.text.slice(0, -1);
  return `a text without a unit; an item is a unit, a colon and a label: write ${unit}: ${token.text.replaceAll(/\s+/g, " ")}`;
}

function nameAlone(token: Token, next: Token | undefined, follows: (op: string) => boolean, mode: Mode): string {
  const { text } = token;
  if (text === "ascending") {
    if (follows("=")) return "ascending takes no value here; write ascending; alone";
    if (mode === "exact") return "inside a rack rackdiag knows only ascending = 1";
  }
  if (text === "class")
    return "rackdiag has no classes; write the colour in each item's brackets, as in 1: server [color = red]";
  if (text === "rack")
    return "a rack stands in the diagram, not in another rack, and its content in braces: rack { 1: server }";
  if (text === "plugin") return "plugins are not read; leave it out";
  if (text === "group" || text === "network") return `rackdiag has no ${text}; it has rack { … }`;
  if (follows("-") || follows("->")) return "rackdiag has no arrows; an item is a unit, a colon and a label: 1: server";
  const unit = /^u?([0-9]+)u?$/i.exec(text)?.[1];
  if (unit !== undefined) return `write the unit as a number: ${unit}: server`;
  if (follows(":")) return `a unit is a number; write 1: ${text}, and a height as [2U] after the label`;
  if (next?.type === "label") return `a name that ends in - or : swallows the line; put ${quoted(text)} in quotes`;
  return `${quoted(text)} alone means nothing; an item is a unit, a colon and a label: write 1: ${text}`;
}

function opAlone(text: string, token: Token, before: Token | undefined): string {
  switch (token.text) {
    case ";":
      return "a ; too many; write one after each statement, or none";
    case ":":
      if (before?.type === "height") {
        return `${before.text} says how high the rack is; write the unit as a number: ${before.text.slice(0, -1)}: server`;
      }
      return "a unit is missing; write a number before the colon, as in 1: server";
    case "[":
      return before?.type === "label"
        ? "an item has one pair of brackets; put everything into it, with commas"
        : "brackets follow a label, as in 1: server [2U]";
    case "{":
      return "only rack { … } has braces inside a diagram";
    case "=":
      return before?.text === "ascending"
        ? "ascending takes no value here; write ascending; alone"
        : hashOr(text, token, "a name is missing before the =");
    default:
      return `${quoted(token.text)} begins nothing; write 1: server, 12U; or rack { … }`;
  }
}

/** `#` begins a comment, so that an unquoted colour is not there. */
function hashOr(text: string, equals: Token | undefined, otherwise: string): string {
  const color = /^=[ \t]*(#[0-9a-f]{3,8})\b/i.exec(text.slice(equals?.start ?? 0, (equals?.start ?? 0) + 40))?.[1];
  return color === undefined ? otherwise : `# begins a comment; write the colour in quotes: "${color}"`;
}

export function noValue(text: string, name: Token, equals: Token | undefined): string {
  return hashOr(
    text,
    equals,
    `${name.text} has no value; write one after the =, in quotes when it has blanks or signs in it`,
  );
}

export function noLabel(number: Token | null): string {
  return number === null
    ? "a label is missing; write it on the same line, as in * server"
    : `a label is missing; write it on the same line, as in ${number.text}: server, or ${number.text}: "" for none`;
}

export function noOption(tokens: readonly Token[], at: number): string {
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (before?.text === "[" && token?.text === "]") return "these brackets are empty; leave them out";
  if (before?.text === ",") return "something is missing after the comma; leave the comma out";
  return "write what the item has, as in [2U, 1.5A, 20kg]";
}

export function optionsNotClosed(tokens: readonly Token[], at: number): string {
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (token === undefined) return "a ] is missing after the item's brackets";
  if (token.text === ":") return `write = instead of :, as in ${before?.text ?? "height"} = 2`;
  if (before?.type === "number" && /^u$/i.test(token.text))
    return `write the height as ${before.text}U: an upper-case U, without a blank`;
  if (before?.type === "number" && /^(?:a|kg)$/i.test(token.text)) {
    return `write ${before.text}${token.text.toLowerCase() === "a" ? "A" : "kg"}, without a blank`;
  }
  return "a comma is missing before this, or a ] after the brackets";
}

export function noNumber(name: string, text: string, what: string): string {
  return `${name} is ${what}, not ${quoted(text)}`;
}

export function noSuchColor(text: string): string {
  return `no colour ${quoted(text)}; write a name of CSS, as in red, or "#ff0000" in quotes`;
}

export function placeOutside(number: number, height: number, rackHeight: number): string {
  const thing = height === 1 ? `unit ${number}` : `${height}U from unit ${number}`;
  if (height > rackHeight)
    return `${height}U do not fit into a rack of ${rackHeight}U; write the rack's height, as in ${Math.ceil(height)}U;`;
  const highest = rackHeight - height + 1;
  return `${thing} is outside of the rack's ${rackHeight}U; write a unit from 1 to ${highest}, or a higher rack, as in ${Math.ceil(number + height - 1)}U;`;
}

const INSTEAD: Readonly<Record<string, string>> = {
  class: "rackdiag has no classes; write color = … itself",
  title: 'write description = "…" inside the rack',
  name: 'write description = "…" inside the rack',
  caption: 'write description = "…" inside the rack',
  power: "write amperes alone, as in [1.5A]",
  amp: "write amperes alone, as in [1.5A]",
  amps: "write amperes alone, as in [1.5A]",
  amperes: "write amperes alone, as in [1.5A]",
  watts: "rackdiag knows amperes only, as in [1.5A]",
  kg: "write kilograms alone, as in [20kg]",
  fill: "write color",
  fillcolor: "write color",
  bgcolor: "write color",
  background_color: "write color",
  font_color: "write textcolor",
  fontcolor: "write textcolor",
  border: "write linecolor",
};

const SIZES = /^(?:units?|u|size|rack_?height|height_?u|rack_?units?|heightu)$/i;

export function unknownAttribute(where: "rack" | "item", { name, text }: Value): string {
  const amount = Number(/^[0-9]+/.exec(text ?? "")?.[0] ?? (where === "rack" ? 42 : 2));
  if (SIZES.test(name)) {
    return where === "rack"
      ? `rackdiag has no ${name}; write the rack's height alone: ${amount}U;`
      : `rackdiag has no ${name}; write the item's height alone: [${amount}U]`;
  }
  const instead = INSTEAD[name.toLowerCase()];
  if (instead !== undefined)
    return `rackdiag has no ${quoted(name)} for ${where === "rack" ? "racks" : "items"}; ${instead}`;
  if (where === "item" && text === null) {
    return `${quoted(name)} in brackets means nothing; to have brackets in a label, put the label in quotes: 1: "server [${name}]"`;
  }
  return `rackdiag has no ${quoted(name)} for ${where === "rack" ? "racks" : "items"}; leave it out`;
}
