/**
 * The document that svg.js draws in: elements, attributes and text, written one element a line (a text of several lines
 * has its own). The usual svgdom brings a font engine (0.15 s to load, 35 MB) and takes four times as long; it also
 * writes whatever name it is given.
 */
export class SvgDocument {
  createElementNS(_namespace: string, name: string): SvgNode {
    return new SvgNode(name);
  }
}

const ATTRIBUTES = new Set(
  ("xmlns id class style role aria-labelledby viewBox x y width height rx d href transform " + "patternUnits").split(
    " ",
  ),
);
const ELEMENTS = new Set("svg title desc style defs pattern g a rect path text".split(" "));

/** Only what svg.js asks of a node in `element()`, `attr()` and `words()`. */
class SvgNode {
  readonly #attributes = new Map<string, string>();
  readonly #children: SvgNode[] = [];
  textContent = "";

  constructor(readonly nodeName: string) {
    if (!ELEMENTS.has(nodeName)) throw new Error(`no drawing has an element ${JSON.stringify(nodeName)}`);
  }

  setAttribute(name: string, value: string): void {
    if (!ATTRIBUTES.has(name)) throw new Error(`no drawing has an attribute ${JSON.stringify(name)}`);
    this.#attributes.set(name, value);
  }

  appendChild(child: SvgNode): void {
    this.#children.push(child);
  }

  get outerHTML(): string {
    const lines: string[] = [];
    this.#write(lines);
    return lines.join("\n");
  }

  #write(lines: string[]): void {
    let tag = `<${this.nodeName}`;
    for (const [name, value] of this.#attributes) tag += ` ${name}="${escapeXml(value)}"`;
    if (this.#children.length === 0) {
      const empty = this.textContent === "";
      lines.push(empty ? `${tag}/>` : `${tag}>${escapeXml(this.textContent)}</${this.nodeName}>`);
      return;
    }
    const inner: string[] = [];
    for (const child of this.#children) child.#write(inner);
    // A tooltip stands in its panel's line.
    const [only, ...more] = this.#children;
    if (only?.nodeName === "title" && more.length === 0) lines.push(`${tag}>${inner.join("\n")}</${this.nodeName}>`);
    else lines.push(`${tag}>`, ...inner, `</${this.nodeName}>`);
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

function escapeXml(text: string): string {
  return /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? "") : text;
}
