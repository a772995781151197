/** What a program has written so far, as text a person could read, and the way to wait for more of it. */
export class Transcript {
  #text = "";
  #unfinished = "";
  #end: string | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(readonly name: string) {}

  get text(): string {
    return this.#text;
  }

  /** Where the transcript ends now: pass it as `from` to wait only for what comes later. */
  get length(): number {
    return this.#text.length;
  }

  append(chunk: string): void {
    const raw = this.#unfinished + chunk;
    // A chunk may end inside an escape sequence; keep that tail for the next one.
    const cut = /\x1b(?:\[[0-9;?]*)?$/.exec(raw)?.index ?? raw.length;
    this.#unfinished = raw.slice(cut);
    this.#text += withoutEscapeSequences(raw.slice(0, cut));
    this.#tell();
  }

  close(reason: string): void {
    this.#end = reason;
    this.#text += `\n(${reason})\n`;
    this.#tell();
  }

  /** Resolves with the match. Fails when the program ends or the time is over without one. */
  async waitFor(pattern: string | RegExp, seconds: number, from = 0): Promise<RegExpExecArray> {
    const wanted = typeof pattern === "string" ? new RegExp(escapeRegExp(pattern)) : pattern;
    const failure = new Error(); // made here, so that its stack shows who waits
    return new Promise((resolve, reject) => {
      const look = () => {
        const match = wanted.exec(this.#text.slice(from));
        if (match) settle(() => resolve(match));
        else if (this.#end !== undefined) fail(this.#end);
      };
      const fail = (why: string) => {
        failure.message = `${this.name} did not say ${String(wanted)}: ${why}`;
        settle(() => reject(failure));
      };
      const timer = setTimeout(() => fail(`${seconds} s are over`), seconds * 1000);
      const settle = (how: () => void) => {
        clearTimeout(timer);
        this.#listeners.delete(look);
        how();
      };
      this.#listeners.add(look);
      look();
    });
  }

  lastLines(count: number): string {
    return this.#text.trimEnd().split("\n").slice(-count).join("\n");
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Firmware moves the cursor instead of ending a line: a move becomes a line end, every other sequence nothing. */
function withoutEscapeSequences(raw: string): string {
  return raw
    .replace(/\x1b\[[0-9;]*[Hf]/g, "\n")
    .replace(/\x1b(?:\[[0-9;?]*[A-Za-z]|[^[])/g, "")
    .replace(/\r/g, "")
    .replace(/\n{3,}/g, "\n\n");
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
