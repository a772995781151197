import { Liquid, type LiquidError } from "liquidjs";
import { CallerError, InvalidInput } from "../errors.js";
import { cryptFilter } from "./password-hash.js";
import { json, shellQuoted, Unprintable, uriEncoded } from "./template-encoders.js";
import { includeTag, type Snippets } from "./template-include.js";

// Tags and filters are named one by one: what a new liquidjs brings stays out. Missing on purpose: render, layout
// (files), capture, cycle, echo (other ways out, past the encoders), raw the filter, date and sample (another text every
// time), strip_html and its like (slow patterns). `include` is our own, and reads snippets only.
const TAGS = ["#", "assign", "break", "case", "comment", "continue", "for", "if", "include", "raw", "unless"];
const FILTERS = [
  ...["append", "concat", "default", "divided_by", "downcase", "first", "join", "last", "map", "minus", "plus"],
  ...["prepend", "remove", "replace", "size", "slice", "sort", "split", "strip", "times", "uniq", "upcase"],
];

/** Characters of a template: the longest Kickstart seen in the field has some 20,000. */
export const TEMPLATE_LIMIT = 65_536;
/** Characters of what comes out. */
export const OUTPUT_LIMIT = 1_048_576;

const OWN_FILTERS = { shell: shellQuoted, json, uri: uriEncoded, crypt: cryptFilter };

/** Liquid, closed: values in, text out. The same values always give the same text. */
export function closedLiquid(snippets: Snippets): Liquid {
  const liquid = new Liquid({
    templates: {},
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    // {% if machine.domain %} asks; {{ machine.domain }} demands.
    lenientIf: true,
    // -%} takes the blanks and one line end, not every empty line that follows.
    greedy: false,
    parseLimit: TEMPLATE_LIMIT,
    // Counts what filters and ranges make, so it ends a loop at the same step on every machine; time is the last resort.
    memoryLimit: 1_000_000,
    renderLimit: 1_000,
    // render.ts gives each {{ }} the encoder of its place; one that was overlooked must not print.
    outputEscape: () => {
      throw new Error("a value was printed without an encoder");
    },
  });
  for (const name of Object.keys(liquid.tags)) if (!TAGS.includes(name)) delete liquid.tags[name];
  for (const name of Object.keys(liquid.filters)) if (!FILTERS.includes(name)) liquid.unregisterFilter(name);
  for (const [name, filter] of Object.entries(OWN_FILTERS)) liquid.registerFilter(name, filter);
  liquid.registerTag("include", includeTag(snippets));
  return liquid;
}

/** A fault of the template `name` at a place in its text, counted from 1. */
export function fault(name: string, [line, column]: readonly number[], what: string): InvalidInput {
  return new InvalidInput(`${name}:${line}:${column}: ${what}`);
}

/** What `parse` or `render` threw, as its author should read it; anything that is not his doing comes back as it was. */
export function readable(name: string, error: unknown): unknown {
  if (error instanceof CallerError) return error;
  if (error instanceof RangeError) return new InvalidInput(`${name}: ${tooMuch(error.message)}`);
  if (!isLiquidError(error)) {
    const isParseLimit = error instanceof Error && error.name === "AssertionError";
    return isParseLimit ? new InvalidInput(`${name}: ${tooMuch(error.message)}`) : error;
  }
  const position = error.token.getPosition();
  const cause = error.originalError;
  name = error.token.file ?? name; // a snippet's faults are told under the snippet's name
  if (cause instanceof CallerError) return cause;
  const written = error.token.getText();
  if (cause instanceof Unprintable) return fault(name, position, `${written} ${cause.message}`);
  if (error.name === "UndefinedVariableError") return fault(name, position, unknownValue(cause?.message ?? ""));
  return fault(name, position, tooMuch(cause?.message ?? error.message.replace(/, (file|line):.*/s, "")));
}

function isLiquidError(error: unknown): error is LiquidError {
  return error instanceof Error && "token" in error;
}

function unknownValue(message: string): string {
  const value = message.replace("undefined variable: ", "");
  const ask = `or write the line only where it is known: {% if ${value} %} … {% endif %}`;
  if (value === "place") return `the machine stands in no rack, so nothing under place is known; place it, ${ask}`;
  if (value.startsWith("parameters."))
    return `${value} has no value; give it one in the profile or the machine, ${ask}`;
  return `${value} is not known of this machine; give it a value, ${ask}`;
}

function tooMuch(message: string): string {
  if (message.startsWith("parse length")) return `the template is longer than ${TEMPLATE_LIMIT} characters`;
  if (message.startsWith("memory alloc"))
    return "the template makes too much of its values; make lists and loops smaller";
  if (message.startsWith("template render")) return "the template runs too long; make lists and loops smaller";
  if (message.includes("call stack")) return "the template is nested too deeply";
  if (message.includes("string length")) return `the text grows beyond ${OUTPUT_LIMIT} characters`;
  const [, filter] = /^undefined filter: (.*)/s.exec(message) ?? [];
  if (filter !== undefined)
    return `there is no filter ${JSON.stringify(filter)}; there are ${[...FILTERS, ...Object.keys(OWN_FILTERS)].join(", ")}`;
  const [, tag] = /^tag "(.*)" not found/s.exec(message) ?? [];
  if (tag !== undefined) return `there is no tag ${JSON.stringify(tag)}; there are ${TAGS.join(", ")}`;
  return message;
}
