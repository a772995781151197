import { createHash } from "node:crypto";
import { valueOf } from "./color-by.js";
import type { MarkupJob, RackMarkup } from "./markup.js";

/** About 800 racks of 42 machines. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Drawn racks by what they show: most drawings are of racks in which nothing has changed. The longest unused go first. */
export class MarkupCache {
  readonly #markups = new Map<string, RackMarkup>();
  #bytes = 0;

  constructor(private readonly mostBytes = MOST_BYTES) {}

  get(key: string): RackMarkup | undefined {
    const markup = this.#markups.get(key);
    if (markup === undefined) return undefined;
    // A Map keeps the order of insertion.
    this.#markups.delete(key);
    this.#markups.set(key, markup);
    return markup;
  }

  set(key: string, markup: RackMarkup): void {
    if (this.#markups.has(key)) return;
    this.#markups.set(key, markup);
    this.#bytes += bytesOf(markup);
    for (const [oldest, old] of this.#markups) {
      if (this.#bytes <= this.mostBytes) return;
      this.#markups.delete(oldest);
      this.#bytes -= bytesOf(old);
    }
  }

  get bytes(): number {
    return this.#bytes;
  }
}

/** One character beyond Latin-1, such as "…", makes V8 keep two bytes for each. */
function bytesOf({ groups }: RackMarkup): number {
  return groups.reduce((sum, { svg }) => sum + 2 * svg.length, 0);
}

/** A digest of everything that the text of a rack depends on. */
export function markupKey({ rack, face, style: { palette, stripes } }: MarkupJob): string {
  const values = palette.looks.size === 0 ? [] : rack.shelves.map((shelf) => valueOf(palette.colorBy, rack, shelf));
  const looks = [...new Set(values)].map((value) => [value, value === null ? null : palette.looks.get(value)]);
  return createHash("sha256")
    .update(JSON.stringify([rack, face, stripes, palette.colorBy, looks]))
    .digest("base64");
}
