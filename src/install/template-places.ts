/**
 * What the text around `{{ … }}` makes of a value, and so how it must be written.
 * `WORD` is read by a shell, or by Kickstart's shell-like splitting; `LINE` is read to the end of the line, and so is
 * `PACKAGE`, in which `%` and `#` begin something else; `ARGUMENT` is one word of a kernel command line.
 * `JSON` is a whole value, `JSON_TEXT` stands within `"…"`, `YAML_TEXT` within `'…'`, `YAML_PLAIN` within a text that has
 * no quotation marks. `XML` is text or an attribute's value; `CDATA` holds a script.
 */
export interface Place {
  readonly kind:
    | ("ARGUMENT" | "LINE" | "PACKAGE" | "WORD")
    | ("JSON" | "JSON_TEXT" | "YAML_TEXT" | "YAML_PLAIN")
    | ("XML" | "XML_COMMENT" | "CDATA");
  /** The author's own quotation mark that is open here. */
  readonly quote: "'" | '"' | undefined;
}

/** Reads the author's text piece by piece; `place` is where the next piece would stand. */
export interface PlaceReader {
  read(text: string): void;
  place(): Place;
}

/** The logical line so far, and the quotation mark that is open at its end. */
export class LineReader {
  current = "";
  quote: Place["quote"];
  #escaped = false;

  read(text: string): void {
    this.current += text;
    for (const character of text) this.#turn(character);
  }

  startOver(): void {
    this.current = "";
    this.quote = undefined;
    this.#escaped = false;
  }

  #turn(character: string): void {
    if (this.#escaped) this.#escaped = false;
    else if (character === "\\") this.#escaped = this.quote !== "'";
    else if (character === this.quote) this.quote = undefined;
    else if (this.quote === undefined && (character === "'" || character === '"')) this.quote = character;
  }
}

export function kernelArgumentPlaces(): PlaceReader {
  return { read: () => undefined, place: () => ({ kind: "ARGUMENT", quote: undefined }) };
}

/**
 * `owner question type value`, one line each, `\` at the end goes on. The value of `preseed/late_command` and its
 * kin is a script; a value before the third blank would choose the question, so it is held to a plain word too.
 */
export function preseedPlaces(): PlaceReader {
  const line = new LineReader();
  const read = (text: string) => {
    for (const piece of text.split(/(?<=\n)/)) {
      line.read(piece.replace(/\\?\n$/, " "));
      if (piece.endsWith("\n") && !piece.endsWith("\\\n")) line.startOver();
    }
  };
  const place = (): Place => {
    const inComment = line.current.startsWith("#");
    const [, question] = /^\s*\S+\s+(\S+)\s+\S+\s/.exec(line.current) ?? [];
    const inValue = question !== undefined && !question.includes("command");
    return inComment || inValue ? { kind: "LINE", quote: undefined } : { kind: "WORD", quote: line.quote };
  };
  return { read, place };
}

/** pykickstart splits command lines with shlex, as a shell would; only `%packages` takes its lines whole. */
export function kickstartPlaces(): PlaceReader {
  const line = new LineReader();
  let section = "";
  const endLine = () => {
    const [, word] = /^%(\w+)/.exec(line.current) ?? [];
    if (word === "end") section = "";
    else if (word !== undefined && word !== "include" && word !== "ksappend") section = word;
    line.startOver();
  };
  const read = (text: string) => {
    for (const piece of text.split(/(?<=\n)/)) {
      line.read(piece.replace(/\n$/, ""));
      if (piece.endsWith("\n")) endLine();
    }
  };
  const place = (): Place => {
    if (section === "" && line.current.startsWith("#")) return { kind: "LINE", quote: undefined };
    if (section === "packages" && !line.current.startsWith("%")) return { kind: "PACKAGE", quote: undefined };
    return { kind: "WORD", quote: line.quote };
  };
  return { read, place };
}
