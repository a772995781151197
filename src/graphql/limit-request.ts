import { GraphQLError, Lexer, Source, TokenKind } from "graphql";
import { LimitExceeded } from "../errors.js";
import { LIMITS } from "./limits.js";

const OPENING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/**
 * Looks at a document before it is parsed: graphql's parser calls itself for every bracket, and some hundred of them
 * overflow its stack, within any limit of tokens.
 *
 * @throws LimitExceeded
 */
export function checkSource(query: string): void {
  if (passed.has(query)) return;
  const lexer = new Lexer(new Source(query));
  let tokens = 0;
  let nesting = 0;
  try {
    for (let { kind } = lexer.advance(); kind !== TokenKind.EOF; { kind } = lexer.advance()) {
      if (OPENING.has(kind)) nesting += 1;
      if (CLOSING.has(kind)) nesting -= 1;
      if (nesting > LIMITS.nesting) throw tooNested("the document");
      if (++tokens > LIMITS.tokens) throw tooManyTokens();
    }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error; // the parser meets the same syntax error and says where
  }
  if (passed.size >= MAX_PASSED) passed.clear();
  if (query.length <= MAX_PASSED_LENGTH) passed.add(query);
}

/** Scripts send the same few documents again and again. */
const passed = new Set<string>();
const MAX_PASSED = 200;
const MAX_PASSED_LENGTH = 4_096;

/**
 * Looks at the values that come with a document.
 *
 * @throws LimitExceeded
 */
export function checkVariables(variables: unknown): void {
  let level: readonly unknown[] = [variables];
  for (let nesting = 0; level.length > 0; nesting++) {
    if (nesting > LIMITS.nesting) throw tooNested("the variables");
    level = level.flatMap((value) => {
      const refused = Array.isArray(value) ? refusedList(value.length) : undefined;
      if (refused) throw refused;
      return typeof value === "object" && value !== null ? (Object.values(value) as unknown[]) : [];
    });
  }
}

export function refusedList(length: number): LimitExceeded | undefined {
  const allowed = LIMITS.inputList;
  if (length <= allowed) return undefined;
  return new LimitExceeded(
    "inputList",
    allowed,
    length,
    `a list of ${length} was given, and ${allowed} elements are allowed; split it over several requests`,
  );
}

function tooManyTokens(): LimitExceeded {
  const allowed = LIMITS.tokens;
  return new LimitExceeded(
    "tokens",
    allowed,
    undefined,
    `the document has more than ${allowed} tokens; give long lists as variables, or split it over several requests`,
  );
}

function tooNested(what: string): LimitExceeded {
  const allowed = LIMITS.nesting;
  return new LimitExceeded(
    "nesting",
    allowed,
    undefined,
    `${what} nests brackets deeper than ${allowed}; ask for less at once`,
  );
}
