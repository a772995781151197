import * as advice from "./advice.js";
import type { Source } from "./source.js";
import type { Mode, Token, Tokens } from "./tokens.js";

/** `name = value`, or a name alone: `12U`, `ascending`, `stacked`. */
export interface Attribute {
  readonly kind: "attribute";
  readonly name: Token;
  readonly value: Token | null;
}

export interface ItemStatement {
  readonly kind: "item";
  /** Null after a bullet: right above (or below) the item before. */
  readonly number: Token | null;
  readonly label: Token;
  readonly attributes: readonly Attribute[];
  readonly start: number;
}

export interface RackStatement {
  readonly kind: "rack";
  readonly id: Token | null;
  readonly statements: readonly (Attribute | ItemStatement)[];
  readonly start: number;
  readonly end: number;
}

export type Statement = Attribute | ItemStatement | RackStatement;

const IDS: ReadonlySet<string> = new Set(["name", "number", "string", "height", "units"]);

/** @throws RefusedDiagram where the text is not rackdiag's language */
export function parse(source: Source, { tokens }: Tokens, mode: Mode): Statement[] {
  return new Parser(source, tokens, mode).diagram();
}

class Parser {
  private at = 0;

  constructor(
    private readonly source: Source,
    private readonly tokens: readonly Token[],
    private readonly mode: Mode,
  ) {}

  diagram(): Statement[] {
    if (this.isName("rackdiag") || this.isName("diagram")) {
      this.at++;
      if (this.isId()) this.at++;
    }
    if (!this.isOp("{")) throw this.refuse(advice.noDiagram(this.tokens, this.at));
    const opening = this.at++;
    const statements = this.block(opening, () => {
      // At the top `ascending` is a word alone: an equals sign after it belongs to nothing.
      return this.rack() ?? (this.isName("ascending") ? this.bareAscending() : this.statement());
    });
    const rest = this.tokens[this.at];
    if (rest !== undefined) throw this.refuse(advice.AFTER_THE_END);
    return statements;
  }

  /** Statements up to the closing brace. */
  private block<S>(opening: number, statement: () => S | undefined): S[] {
    const statements: S[] = [];
    while (!this.isOp("}")) {
      if (this.tokens[this.at] === undefined) throw this.refuse(advice.NOT_CLOSED, opening);
      const one = statement();
      if (one === undefined) throw this.refuse(advice.noStatement(this.source.text, this.tokens, this.at, this.mode));
      statements.push(one);
      if (this.isOp(";")) this.at++;
    }
    this.at++;
    return statements;
  }

  private rack(): RackStatement | undefined {
    const start = this.tokens[this.at]?.start ?? 0;
    const braceAt = this.isId(1) ? 2 : 1;
    if (!this.isName("rack") || !this.isOp("{", braceAt)) return undefined;
    const id = braceAt === 2 ? (this.tokens[this.at + 1] ?? null) : null;
    const opening = this.at + braceAt;
    this.at = opening + 1;
    const statements = this.block(opening, () => {
      return this.statement() ?? (this.mode === "helpful" ? this.bareAscending() : undefined);
    });
    return { kind: "rack", id, statements, start, end: this.tokens[this.at - 1]?.start ?? start };
  }

  private statement(): Attribute | ItemStatement | undefined {
    const token = this.tokens[this.at];
    if (token === undefined) return undefined;
    if (token.type === "number" && this.isOp(":", 1)) return this.item(token, 2);
    if (token.type === "op" && (token.text === "*" || token.text === "-")) return this.item(null, 1);
    if (IDS.has(token.type) && this.isOp("=", 1)) return this.assignment(token);
    if (token.type !== "height") return undefined;
    this.at++;
    return { kind: "attribute", name: token, value: null };
  }

  private bareAscending(): Attribute | undefined {
    const name = this.tokens[this.at];
    if (name === undefined || !this.isName("ascending") || this.isOp("=", 1)) return undefined;
    this.at++;
    return { kind: "attribute", name, value: null };
  }

  private assignment(name: Token): Attribute {
    const value = this.tokens[this.at + 2];
    if (value === undefined || !this.isId(2)) {
      throw this.refuse(advice.noValue(this.source.text, name, this.tokens[this.at + 1]), this.at + 1);
    }
    this.at += 3;
    return { kind: "attribute", name, value };
  }

  private item(number: Token | null, labelAt: number): ItemStatement {
    const start = this.tokens[this.at]?.start ?? 0;
    const label = this.tokens[this.at + labelAt];
    if (label?.type !== "label") throw this.refuse(advice.noLabel(number), this.at + labelAt - 1);
    this.at += labelAt + 1;
    return { kind: "item", number, label, attributes: this.isOp("[") ? this.options() : [], start };
  }

  private options(): Attribute[] {
    const options: Attribute[] = [];
    do {
      this.at++;
      const name = this.tokens[this.at];
      if (name === undefined || !this.isId()) throw this.refuse(advice.noOption(this.tokens, this.at));
      if (this.isOp("=", 1)) {
        options.push(this.assignment(name));
      } else {
        options.push({ kind: "attribute", name, value: null });
        this.at++;
      }
    } while (this.isOp(","));
    if (!this.isOp("]")) throw this.refuse(advice.optionsNotClosed(this.tokens, this.at));
    this.at++;
    return options;
  }

  private isOp(text: string, ahead = 0): boolean {
    const token = this.tokens[this.at + ahead];
    return token?.type === "op" && token.text === text;
  }

  private isName(text: string): boolean {
    const token = this.tokens[this.at];
    return token?.type === "name" && token.text === text;
  }

  private isId(ahead = 0): boolean {
    const token = this.tokens[this.at + ahead];
    return token !== undefined && IDS.has(token.type);
  }

  /** At a token, or where the last one ends. */
  private refuse(what: string, at = this.at) {
    const last = this.tokens[this.tokens.length - 1];
    const end = last === undefined ? 0 : last.start + last.text.length;
    return this.source.refuse(this.tokens[at]?.start ?? end, what);
  }
}
