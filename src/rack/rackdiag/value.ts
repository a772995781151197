import { noNumber, noSuchColor } from "./advice.js";
import { parseColor, type Color } from "./color.js";
import { MAX_VALUE_CHARACTERS } from "./limits.js";
import type { RefusedDiagram, Source } from "./source.js";
import type { Attribute } from "./syntax.js";
import { stripped, type Token } from "./tokens.js";

/** Without its quotes, where it has the same one at both ends. */
export function unquoted(text: string): string {
  const quote = text[0] ?? "";
  if ((quote !== '"' && quote !== "'") || text.length < 2 || !text.endsWith(quote)) return text;
  return text.slice(1, -1).replaceAll(`\\${quote}`, quote);
}

/** The text of a label, without blanks around it. @throws RefusedDiagram when it is too long */
export function labelOf(source: Source, token: Token): string {
  return textOf(source, { ...token, text: stripped(token.text) });
}

/** The text of a name or a value: a blank such as U+3000 is a letter there. @throws RefusedDiagram when it is too long */
export function textOf(source: Source, token: Token): string {
  const text = unquoted(token.text);
  if (text.length > MAX_VALUE_CHARACTERS) {
    throw source.refuse(token.start, `${text.length} characters in one text; write at most ${MAX_VALUE_CHARACTERS}`);
  }
  return text;
}

// What Python's int() takes, but for digits of other scripts.
const INTEGER = /^\s*([+-]?[0-9]+(?:_[0-9]+)*)\s*$/;
const DECIMAL = /^\s*([0-9]+(?:\.[0-9]+)?)\s*$/;

/** What an attribute was given. */
export class Value {
  constructor(
    private readonly source: Source,
    private readonly attribute: Attribute,
  ) {}

  get name(): string {
    return this.attribute.name.text;
  }

  get start(): number {
    return this.attribute.name.start;
  }

  /** Null when the attribute stands alone, as in `[stacked]`. */
  get text(): string | null {
    return this.attribute.value === null ? null : textOf(this.source, this.attribute.value);
  }

  get required(): string {
    if (this.text === null) throw this.refuse(`${this.name} has no value; write ${this.name} = "…"`);
    return this.text;
  }

  get integer(): number {
    const digits = INTEGER.exec(this.required)?.[1];
    if (digits === undefined) throw this.refuse(noNumber(this.name, this.required, "a whole number"));
    return Number(digits.replaceAll("_", ""));
  }

  integerWithin(least: number, most: number): number {
    const { integer } = this;
    if (integer < least || integer > most) {
      throw this.refuse(`${this.name} is ${integer}; write a whole number from ${least} to ${most}`);
    }
    return integer;
  }

  /** With the unit, where one is allowed after it. */
  decimal(unit = ""): number {
    const text = this.required.endsWith(unit)
      ? this.required.slice(0, this.required.length - unit.length)
      : this.required;
    const digits = DECIMAL.exec(text)?.[1];
    if (digits === undefined) throw this.refuse(noNumber(this.name, this.required, "a number"));
    return Number(digits);
  }

  get color(): Color {
    const color = parseColor(this.required);
    if (color === undefined) throw this.refuse(noSuchColor(this.required));
    return color;
  }

  /** One of the words, in any case. */
  oneOf(words: readonly string[]): string {
    const word = words.find((each) => each === this.required.toLowerCase());
    if (word === undefined)
      throw this.refuse(`${this.name} is ${words.join(", ")}; not ${JSON.stringify(this.required)}`);
    return word;
  }

  refuse(what: string): RefusedDiagram {
    return this.source.refuse((this.attribute.value ?? this.attribute.name).start, what);
  }
}
