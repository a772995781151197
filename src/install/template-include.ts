import { Tag } from "liquidjs";
import type { Context, Emitter, Liquid, Parser, TagToken, Template, TopLevelToken } from "liquidjs";
import { InvalidInput } from "../errors.js";

/** The snippets a template may include, by name. */
export type Snippets = Readonly<Record<string, string>>;

/** How deep snippets may include snippets. */
const DEPTH_LIMIT = 8;

/** The name in `{% include "name" %}`; undefined when it is not one name in quotation marks. */
export function includedName({ args }: TagToken): string | undefined {
  return /^\s*(["'])([^"']+)\1\s*$/.exec(args)?.[2];
}

/** The snippets that `text` names, whether or not there are such. */
export function includedNames(text: string): string[] {
  const tags = text.matchAll(/\{%-?\s*include\s+(["'])([^"']+)\1\s*-?%\}/g);
  return [...new Set([...tags].map(([, , name]) => name ?? ""))];
}

/**
 * `{% include "name" %}`: the snippet's text as if it stood here. Each one is parsed for its own place, since the place
 * decides how its values are written; and by a name that is no value, so that all of them are known before a machine asks.
 */
export function includeTag(snippets: Snippets) {
  const open: string[] = [];
  return class Include extends Tag {
    readonly nodes: Template[];

    constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid, parser: Parser) {
      super(token, remaining, liquid);
      const name = includedName(token);
      const text = snippetText(snippets, name, open, token);
      open.push(name ?? "");
      this.nodes = parser.parse(text, name);
      open.pop();
    }

    *render(context: Context, emitter: Emitter): Generator<unknown, void> {
      yield this.liquid.renderer.renderTemplates(this.nodes, context, emitter);
    }

    *children(): Generator<unknown, Template[]> {
      yield;
      return this.nodes;
    }
  };
}

/** @throws InvalidInput for no name, a snippet that is not there, and one that includes itself */
export function snippetText(
  snippets: Snippets,
  name: string | undefined,
  open: readonly string[],
  token: TagToken,
): string {
  const [line, column] = token.getPosition();
  const at = `${token.file ?? "the template"}:${line}:${column}`;
  if (name === undefined) throw new InvalidInput(`${at}: write the snippet's name in quotation marks: include "name"`);
  if (open.includes(name)) {
    throw new InvalidInput(`${at}: snippet ${[...open, name].join(" includes ")}: a circle, which has no end`);
  }
  if (open.length >= DEPTH_LIMIT)
    throw new InvalidInput(`${at}: snippets include snippets more than ${DEPTH_LIMIT} deep`);
  if (!Object.hasOwn(snippets, name)) throw new InvalidInput(`${at}: there is no snippet ${JSON.stringify(name)}`);
  return snippets[name] ?? "";
}
