import { MAX_DIAGRAM_CHARACTERS } from "./limits.js";
import { badCharacter } from "./advice.js";
import { RefusedDiagram, type Source } from "./source.js";

/** `exact` reads what rackdiag 2.0 reads, item by item; `helpful` mends what surprises people, and says so. */
export const MODES = ["helpful", "exact"] as const;
export type Mode = (typeof MODES)[number];

export type TokenType = "label" | "height" | "units" | "number" | "name" | "op" | "string";

export interface Token {
  readonly type: TokenType;
  readonly text: string;
  readonly start: number;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  /** Comments of one line, in their order: Kickrack keeps in them what rackdiag's language cannot say. */
  readonly comments: readonly { readonly text: string; readonly start: number }[];
  /** Where a comment after a label began, which rackdiag takes as part of the label. */
  readonly cutLabels: readonly number[];
}

// Python's `\s` on text, which is not JavaScript's.
const SPACE = "\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const QUOTE_AFTER_SPACE = new RegExp(`[${SPACE}]*["']`, "uy");
const ONE_SPACE = new RegExp(`[${SPACE}]`, "u");
const BARE_LABEL = /[^\r\n[;}]+/y;
// What a person means as a comment: `//` after a blank, `#` between blanks. Labels have `http://` and `#1` in them.
const COMMENT_IN_LABEL = /(?<=[ \t])(?:\/\/|#(?=[ \t])|\/\*)/g;
const NAME = "[A-Za-z_0-9\\u0080-\\uffff][A-Za-z_\\-.0-9\\u0080-\\uffff]*";
const OPERATORS = "{}:;,*-=[]";
const [TAB, LINE_FEED, CARRIAGE_RETURN, BLANK, HASH, SLASH] = [0x09, 0x0a, 0x0d, 0x20, 0x23, 0x2f] as const;
const WORD = new RegExp(NAME, "uy");
function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function endOfDigits(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at++;
  return at;
}

/** Where a pattern's match at this place ends; -1 without one. No match array is made: a diagram has 10,000s of words. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** Without blanks at both ends, as Python's `strip()` has it. Not by `+$`, which would try every blank of a long row. */
export function stripped(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text, start)) start++;
  while (end > start && isSpace(text, end - 1)) end--;
  return text.slice(start, end);
}

/** Nearly every character tells by its code. */
function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === BLANK || ((code < BLANK || code > 0x7e) && ONE_SPACE.test(text.charAt(at)));
}

/**
 * rackdiag takes the first rule that matches: comments, line ends, quoted label, bare label, blanks, heights, units,
 * numbers, names, operators, strings. A label is whatever follows one of `:*-`, also where these end a name. That order
 * is the source of all its surprises, and so it is kept. One pass, in time linear to the text.
 */
export function tokenize(source: Source, mode: Mode): Tokens {
  const { text } = source;
  if (text.length > MAX_DIAGRAM_CHARACTERS) {
    const what = `the text has ${text.length} characters; at most ${MAX_DIAGRAM_CHARACTERS} are read: write several files`;
    throw new RefusedDiagram(what, { line: 1, column: 1 });
  }
  return new Tokenizer(source, mode).run();
}

class Tokenizer {
  private readonly tokens: Token[] = [];
  private readonly comments: { text: string; start: number }[] = [];
  private readonly cutLabels: number[] = [];
  private readonly ends = new Ends();
  private at = 0;

  constructor(
    private readonly source: Source,
    private readonly mode: Mode,
  ) {}

  run(): Tokens {
    const { text } = this.source;
    if (text.startsWith("\ufeff")) this.at = 1;
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at);
      if ((code === HASH || code === SLASH) && this.comment()) continue;
      if (code === LINE_FEED || code === CARRIAGE_RETURN) this.at++;
      else if (this.label()) continue;
      else if (code === BLANK || code === TAB) this.at++;
      else if (!(this.word(code) || this.string())) {
        throw this.source.refuse(this.at, badCharacter(text, this.at, this.mode));
      }
    }
    return { tokens: this.tokens, comments: this.comments, cutLabels: this.cutLabels };
  }

  private take(type: TokenType, end: number): true {
    this.tokens.push({ type, text: this.source.text.slice(this.at, end), start: this.at });
    this.at = end;
    return true;
  }

  private comment(): boolean {
    const { text } = this.source;
    if (text.startsWith("/*", this.at)) {
      const end = this.ends.of(text, "*/", this.at + 2);
      if (end >= 0) this.at = end + 2;
      return end >= 0;
    }
    if (text[this.at] !== "#" && !text.startsWith("//", this.at)) return false;
    const lineEnd = text.indexOf("\n", this.at);
    const end = lineEnd < 0 ? text.length : lineEnd;
    this.comments.push({ text: text.slice(this.at, end), start: this.at });
    this.at = end;
    return true;
  }

  private label(): boolean {
    const { text } = this.source;
    const before = text[this.at - 1];
    if (before !== ":" && before !== "*" && before !== "-") return false;
    const quoted = endOf(QUOTE_AFTER_SPACE, text, this.at);
    const end = quoted < 0 ? -1 : this.ends.ofString(text, text.charAt(quoted - 1), quoted);
    if (end >= 0) return this.take("label", end + 1);
    const bare = endOf(BARE_LABEL, text, this.at);
    return bare >= 0 && this.take("label", this.at + this.labelLength(text.slice(this.at, bare)));
  }

  private labelLength(bare: string): number {
    if (this.mode === "exact" || !/[/#]/.test(bare)) return bare.length;
    const lastClosing = bare.lastIndexOf("*/");
    for (const { 0: mark, index } of bare.matchAll(COMMENT_IN_LABEL)) {
      if (mark === "/*" && lastClosing < index + mark.length) continue;
      this.cutLabels.push(this.at + index);
      return index;
    }
    return bare.length;
  }

  private word(code: number): boolean {
    const { text } = this.source;
    if (OPERATORS.includes(text.charAt(this.at))) return this.take("op", this.at + 1);
    if (isDigit(code)) return this.number();
    const name = endOf(WORD, text, this.at);
    return name >= 0 && this.take("name", name);
  }

  /** Heights, units and numbers, in rackdiag's order. Fractions of heights and unit numbers are ours. */
  private number(): true {
    const { text } = this.source;
    const whole = endOfDigits(text, this.at);
    const fraction = text[whole] === "." ? endOfDigits(text, whole + 1) : whole;
    const decimal = fraction > whole + 1 ? fraction : whole;
    const helpful = this.mode === "helpful";
    const end = helpful ? decimal : whole;
    if (text[end] === "U" || (helpful && text[end] === "u")) return this.take("height", end + 1);
    if (text[decimal] === "A") return this.take("units", decimal + 1);
    if (text.startsWith("kg", decimal)) return this.take("units", decimal + 2);
    return this.take("number", end);
  }

  private string(): boolean {
    const quote = this.source.text[this.at] ?? "";
    if (quote !== '"' && quote !== "'") return false;
    const end = this.ends.ofString(this.source.text, quote, this.at + 1);
    return end >= 0 && this.take("string", end + 1);
  }
}

/** Finds the next end of something that spans lines; remembers it, so that a thousand beginnings do not search a text each. */
class Ends {
  private readonly known = new Map<string, { readonly from: number; readonly end: number }>();

  of(text: string, mark: string, from: number): number {
    return this.remembered(mark, from, () => text.indexOf(mark, from));
  }

  /** The first of these quotes that no backslash precedes: rackdiag does not ask whether that one is escaped itself. */
  ofString(text: string, quote: string, from: number): number {
    return this.remembered(quote, from, () => {
      let end = text.indexOf(quote, from);
      while (end > from && text[end - 1] === "\\") end = text.indexOf(quote, end + 1);
      return end;
    });
  }

  private remembered(mark: string, from: number, search: () => number): number {
    const known = this.known.get(mark);
    if (known !== undefined && known.from <= from && (known.end < 0 || known.end >= from)) return known.end;
    const end = search();
    this.known.set(mark, { from, end });
    return end;
  }
}
