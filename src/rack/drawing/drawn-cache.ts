import { createHash } from "node:crypto";

/** What was drawn, by a digest of all that it shows: most drawings are of racks in which nothing has changed. The longest unused go first. */
export class DrawnCache<Drawn> {
  readonly #drawn = new Map<string, Drawn>();
  #bytes = 0;

  /** @param bytesOf what one takes in memory, the same each time */
  constructor(
    private readonly bytesOf: (drawn: Drawn) => number,
    private readonly mostBytes: number,
  ) {}

  get(key: string): Drawn | undefined {
    const drawn = this.#drawn.get(key);
    if (drawn === undefined) return undefined;
    // A Map keeps the order of insertion.
    this.#drawn.delete(key);
    this.#drawn.set(key, drawn);
    return drawn;
  }

  set(key: string, drawn: Drawn): void {
    if (this.#drawn.has(key)) return;
    this.#drawn.set(key, drawn);
    this.#bytes += this.bytesOf(drawn);
    for (const [oldest, old] of this.#drawn) {
      if (this.#bytes <= this.mostBytes) return;
      this.#drawn.delete(oldest);
      this.#bytes -= this.bytesOf(old);
    }
  }

  get bytes(): number {
    return this.#bytes;
  }
}

/** One character beyond Latin-1, such as "…", makes V8 keep two bytes for each. */
export function textBytes(text: string): number {
  return 2 * text.length;
}

export function digestOf(what: unknown): string {
  return createHash("sha256").update(JSON.stringify(what)).digest("base64");
}
