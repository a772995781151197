import type { Dom } from "@svgdotjs/svg.js";
import { SvgDocument } from "./svg-document.js";

export type SvgJs = typeof import("@svgdotjs/svg.js");
export type SvgJsElement = Dom;
type Attributes = Record<string, string | number>;

/**
 * What `draw` draws into a new element, as text. svg.js's window is one global of its module: nothing may wait between
 * here and the text. Only `element()`, `attr()` and `words()` are used: `rect()`, `move()` and `text()` measure boxes,
 * and take ten times as long.
 */
export function written(
  svgJs: SvgJs,
  name: string,
  attributes: Attributes,
  draw: (root: SvgJsElement) => void,
): string {
  const document = new SvgDocument();
  svgJs.registerWindow({}, document);
  try {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    // svg.js asks for a browser's node; svg-document.ts has what it uses of one.
    const root = new svgJs.Dom(node);
    root.attr(attributes);
    draw(root);
    return node.outerHTML;
  } finally {
    svgJs.registerWindow(null, null);
  }
}

export function child(parent: SvgJsElement, name: string, attributes: Attributes, words = ""): SvgJsElement {
  const node = parent.element(name);
  node.attr(attributes);
  if (words !== "") node.words(words);
  return node;
}
