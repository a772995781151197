import { Conflict, InvalidInput } from "../errors.js";
import { hostnameFault } from "./hostname.js";
import { isPlaceholder } from "./placeholder.js";

/** What a name may be made of. */
export interface NameFacts {
  readonly serial: string | null;
  /** Null while it stands nowhere. */
  readonly place: {
    readonly rack: string;
    /** The lowest one, counted from 1 at the floor. */
    readonly unit: number;
    readonly column: number;
    readonly site: string | null;
    readonly room: string | null;
    readonly row: string | null;
  } | null;
}

/** A name, or what stands before and after a number that is still to be chosen. */
export type NamePattern =
  { readonly name: string } | { readonly before: string; readonly after: string; width: number };

export const NAME_RULE =
  "A host name with {rack} {unit} {column} {row} {room} {site} {serial}, or {counter} for the first number that is free " +
  "({counter:3} is 001), as in {rack}-u{unit} or web{counter:2}.";

const PART = /\{([a-z]+)(?::([1-6]))?\}/g;
const NAMES = new Set(["rack", "unit", "column", "row", "room", "site", "serial", "counter"]);

/** @throws InvalidInput for a rule that can name nothing */
export function checkNameRule(rule: string): void {
  const wrong = [...rule.matchAll(/\{[^}]*\}?/g)].map(([part]) => part).find((part) => !isPart(part));
  if (wrong !== undefined)
    throw new InvalidInput(`${wrong} is not known in a rule for names. ${NAME_RULE}`, ["nameRule"]);
  if ([...rule.matchAll(/\{counter/g)].length > 1) throw new InvalidInput("one {counter} at most", ["nameRule"]);
  const sample = label(rule.replace(PART, "a"));
  const fault = rule.length > 200 ? "it is too long" : hostnameFault(sample);
  if (fault !== undefined)
    throw new InvalidInput(`${JSON.stringify(rule.slice(0, 80))} makes no host name: ${fault}`, ["nameRule"]);
}

/** What `rule` makes of a machine. @throws Conflict for what the machine lacks, or for what makes no host name */
export function nameByRule(rule: string, facts: NameFacts): NamePattern {
  let width = 0;
  const filled = rule.replace(PART, (_, name: string, digits: string | undefined) => {
    if (name !== "counter") return valueOf(name, facts);
    width = Number(digits ?? 1);
    return "\0";
  });
  const [before = "", after] = filled.split("\0");
  if (after === undefined) return { name: checked(label(before)) };
  const parts = { before: label(before, "start"), after: label(after, "end"), width };
  checked(`${parts.before}${"1".padStart(width, "0")}${parts.after}`);
  return parts;
}

function isPart(part: string): boolean {
  const [, name = "", digits] = /^\{([a-z]+)(?::([1-6]))?\}$/.exec(part) ?? [];
  return NAMES.has(name) && (digits === undefined || name === "counter");
}

function valueOf(name: string, { serial, place }: NameFacts): string {
  if (name === "serial") {
    if (serial !== null && !isPlaceholder(serial)) return serial;
    throw new Conflict(
      "it has no serial number of its own, which the rule for names asks for; name it by updateMachine",
    );
  }
  if (place === null) {
    throw new Conflict(
      `it has no place yet, and the rule for names asks for its ${name}; place it first, or give another nameRule`,
    );
  }
  const value = { ...place, unit: String(place.unit), column: String(place.column) }[name as "rack"] as string | null;
  if (value === null) throw new Conflict(`its rack ${place.rack} has no ${name}, which the rule for names asks for`);
  return value;
}

/** Small letters, digits and single hyphens; at an end that nothing follows no hyphen. */
function label(text: string, only?: "start" | "end"): string {
  const plain = text.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const led = only === "end" ? plain : plain.replace(/^-/, "");
  return only === "start" ? led : led.replace(/-$/, "");
}

function checked(name: string): string {
  const fault = hostnameFault(name);
  if (fault === undefined) return name;
  throw new Conflict(`the rule for names makes ${JSON.stringify(name)} of it, which cannot be a host name: ${fault}`);
}
