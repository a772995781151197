import { LineReader, type Place, type PlaceReader } from "./template-places.js";

// Where a value stands in JSON, YAML and XML. A script within a text keeps its own quotation marks, which `shell` must
// not stand in: hence the LineReader beside each.

/** RFC 8259: a value is within a string, or it is one. */
export function jsonPlaces(): PlaceReader {
  let inString = false;
  let escaped = false;
  const script = new LineReader();
  const turn = (character: string) => {
    if (!inString) {
      inString = character === '"';
      if (inString) script.startOver();
    } else if (escaped) escaped = false;
    else if (character === "\\") escaped = true;
    else if (character === '"') inString = false;
    else script.read(character);
  };
  return {
    read: (text) => [...text].forEach(turn),
    place: () => (inString ? { kind: "JSON_TEXT", quote: script.quote } : { kind: "JSON", quote: undefined }),
  };
}

/** The part of YAML 1.1 that people write: block and flow collections, plain and quoted texts, `|` and `>`. */
export function yamlPlaces(): PlaceReader {
  const reader = new YamlReader();
  return { read: (text) => [...text].forEach((character) => reader.turn(character)), place: () => reader.place() };
}

class YamlReader {
  private readonly script = new LineReader();
  private line = "";
  private scalar: "none" | "plain" | "double" | "single" | "comment" = "none";
  private escaped = false;
  /** How many [ and { are open. */
  private flow = 0;
  /** The column that the lines of a `|` text have to be right of; undefined outside of one. */
  private block: number | undefined;

  turn(character: string): void {
    if (character === "\n") return this.endLine();
    const isBlank = character === " " || character === "\t";
    if (this.isLineBegun() || !isBlank) {
      if (!this.isInBlock()) {
        this.block = undefined;
        this.turnInLine(character, isBlank);
      } else this.script.read(character);
    }
    this.line += character;
  }

  place(): Place {
    if (this.isInBlock()) return { kind: "WORD", quote: this.script.quote };
    switch (this.scalar) {
      case "none":
        return { kind: "JSON", quote: undefined };
      case "comment":
        return { kind: "LINE", quote: undefined };
      case "double":
        return { kind: "JSON_TEXT", quote: this.script.quote };
      case "single":
        return { kind: "YAML_TEXT", quote: this.script.quote };
      case "plain":
        return { kind: "YAML_PLAIN", quote: undefined };
    }
  }

  private isLineBegun(): boolean {
    return this.line.trim() !== "";
  }

  /** The first word of a line tells whether it still belongs to the `|` text. */
  private isInBlock(): boolean {
    return this.block !== undefined && (/^\s*/.exec(this.line)?.[0].length ?? 0) > this.block;
  }

  private turnInLine(character: string, isBlank: boolean): void {
    if (this.scalar === "double") this.turnInDouble(character);
    else if (this.scalar === "single") {
      if (character === "'")
        this.scalar = "none"; // '' ends it and begins it again
      else this.script.read(character);
    } else if (this.scalar !== "comment") this.turnInPlain(character, isBlank);
  }

  private turnInDouble(character: string): void {
    if (this.escaped) this.escaped = false;
    else if (character === "\\") this.escaped = true;
    else if (character === '"') this.scalar = "none";
    else this.script.read(character);
  }

  private turnInPlain(character: string, isBlank: boolean): void {
    const opens = this.scalar === "none";
    if (character === "#" && /(^|\s)$/.test(this.line)) this.scalar = "comment";
    else if (opens && character === '"') this.begin("double");
    else if (opens && character === "'") this.begin("single");
    else if (opens && /[[{]/.test(character)) this.flow += 1;
    else if (this.flow > 0 && /[,\]}]/.test(character)) {
      this.scalar = "none";
      if (character !== ",") this.flow -= 1;
    } else if (isBlank) {
      if (/(^|\s)-$|[:?]$/.test(this.line)) this.scalar = "none";
    } else if (opens && !/^\s*-$/.test(this.line + character)) this.begin("plain");
  }

  private begin(scalar: "plain" | "double" | "single"): void {
    this.scalar = scalar;
    this.script.startOver();
  }

  private endLine(): void {
    if (!this.isInBlock() && this.isLineBegun()) this.block = blockColumn(this.line, this.scalar);
    if (this.scalar !== "double" && this.scalar !== "single") this.scalar = "none";
    if (this.block !== undefined) this.script.startOver();
    this.line = "";
  }
}

/** What the lines of a `|` or `>` text that begins at the end of `line` have to be right of. */
function blockColumn(line: string, scalar: string): number | undefined {
  if (scalar !== "plain") return undefined;
  const [, dashes, key] = /^(\s*(?:- +)*)(\S.*?:\s+)?[|>][+-]?\s*$/.exec(line) ?? [];
  if (dashes === undefined) return undefined;
  return key === undefined ? dashes.lastIndexOf("-") : dashes.length;
}

/** XML 1.0 as AutoYaST's profiles use it: no DTD. */
export function xmlPlaces(): PlaceReader {
  const script = new LineReader();
  let before = "";
  let inside: "text" | "tag" | "attribute" | "comment" | "cdata" = "text";
  let quote = "";
  const ends = (end: string) => before.endsWith(end);
  const turn = (character: string) => {
    before = (before + character).slice(-9);
    if (inside === "comment") inside = ends("-->") ? "text" : "comment";
    else if (inside === "cdata") {
      script.read(character);
      inside = ends("]]>") ? "text" : "cdata";
    } else if (inside === "attribute") inside = character === quote ? "tag" : "attribute";
    else if (inside === "tag") {
      if (ends("<!--")) inside = "comment";
      else if (ends("<![CDATA[")) inside = "cdata";
      else if (character === '"' || character === "'") [inside, quote] = ["attribute", character];
      else if (character === ">") inside = "text";
      script.startOver();
    } else if (character === "<") inside = "tag";
    else script.read(character);
  };
  const place = (): Place => {
    switch (inside) {
      case "comment":
        return { kind: "XML_COMMENT", quote: undefined };
      case "cdata":
        return { kind: "CDATA", quote: script.quote };
      case "text":
        return { kind: "XML", quote: script.quote };
      case "attribute":
        return { kind: "XML", quote: undefined };
      case "tag":
        return { kind: "WORD", quote: undefined };
    }
  };
  return { read: (text) => [...text].forEach(turn), place };
}
