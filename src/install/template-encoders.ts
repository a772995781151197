import type { Place } from "./template-places.js";

/** Says what is wrong and what to write, without the place in the template: the caller knows that. */
export class Unprintable extends Error {}

// A line break opens a new preseed question or a %post; the other controls are for a terminal, never for an installer.
const CONTROL = /[\p{Cc}\u2028\u2029]/u;
// What no shell and no shlex gives a meaning, quoted or not. No "%", for it opens a Kickstart section; "~" only inside.
const PLAIN_WORD = /^[A-Za-z0-9_@+=:,./-][A-Za-z0-9_@+=:,./~-]*$/;
// The kernel splits at blanks and knows '"'; iPXE expands ${…}, splits at || and &&; GRUB reads the rest.
const PLAIN_ARGUMENT = /^(?!.*&&)[A-Za-z0-9_@+=:,./~?&%[\]-]+$/;

/** `value` as text, or why it is none. */
export function printable(value: unknown): string {
  if (value === null || value === undefined) throw new Unprintable("has no value");
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
    throw new Unprintable('is a list or a group of values; write one of its parts, or | join: " "');
  }
  const text = String(value);
  const [control] = CONTROL.exec(text) ?? [];
  if (control !== undefined) {
    const code = control.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    const what = control === "\n" || control === "\r" ? "a line break" : "a control character";
    throw new Unprintable(`holds ${what} (U+${code}), which would begin something new in the file; take it out`);
  }
  return text;
}

/** POSIX quoting, which shlex shares; a list becomes so many words. */
export function shellQuoted(value: unknown): string {
  if (Array.isArray(value)) return value.map(shellQuoted).join(" ");
  return `'${printable(value).replaceAll("'", `'\\''`)}'`;
}

/** The value as JSON has it, and so as YAML has it too; a list as a list. */
export function json(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(json).join(", ")}]`;
  const text = printable(value);
  return typeof value === "string" ? JSON.stringify(text) : text;
}

/** One part of a URL, for `data:,…`. */
export function uriEncoded(value: unknown): string {
  return encodeURIComponent(printable(value).toWellFormed());
}

/**
 * `value` as it must be written at `place`.
 *
 * @param filter the last one it went through: what `shell` or `json` has quoted is not quoted again
 */
export function encode(value: unknown, place: Place, filter: string | undefined): string {
  if (place.kind === "JSON") return filter === "json" ? String(value) : json(value);
  const text = printable(value);
  switch (place.kind) {
    case "ARGUMENT":
      return argument(text);
    case "LINE":
      return line(text);
    case "PACKAGE":
      return packageLine(text);
    case "WORD":
      return filter === "shell" ? text : word(text);
    case "JSON_TEXT":
      return JSON.stringify(text).slice(1, -1);
    case "YAML_TEXT":
      return text.replaceAll("'", "''");
    case "YAML_PLAIN":
      return yamlPlain(text);
    case "XML":
      return xml(text);
    case "XML_COMMENT":
      return xmlComment(text);
    case "CDATA":
      return cdata(filter === "shell" ? text : word(text));
  }
}

function yamlPlain(text: string): string {
  if (PLAIN_WORD.test(text) && !text.endsWith(":")) return text;
  throw new Unprintable(
    'stands in a text without quotation marks, where it could end it; put the whole text into "…", or the script under |',
  );
}

function xml(text: string): string {
  // XML 1.0 has no way to write these, not even as &#…;
  if (/[\ufffe\uffff]|\p{Surrogate}/u.test(text)) throw new Unprintable("holds a character that XML cannot hold");
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function xmlComment(text: string): string {
  if (text.includes("--") || text.endsWith("-")) throw new Unprintable("holds --, which would end the comment");
  return xml(text);
}

function cdata(text: string): string {
  if (text.includes("]]>")) throw new Unprintable("holds ]]>, which would end the CDATA section");
  return text;
}

function argument(text: string): string {
  if (text === "" || PLAIN_ARGUMENT.test(text)) return text;
  throw new Unprintable(
    `${holds(text, PLAIN_ARGUMENT)}, which is not one word of a kernel command line; ` +
      "it may hold letters and digits of ASCII, and _ @ + = : , . / ~ ? & % [ ] -",
  );
}

function line(text: string): string {
  if (text.endsWith("\\"))
    throw new Unprintable("ends in a backslash, which would swallow the next line; take it away");
  return text;
}

function packageLine(text: string): string {
  if (/^\s*[%#]/.test(text)) throw new Unprintable("begins with % or #, as no package's name does");
  return line(text);
}

function word(text: string): string {
  if (text === "" || PLAIN_WORD.test(text)) return text;
  throw new Unprintable(
    `${holds(text, PLAIN_WORD)}, which a shell would take apart; write | shell, outside quotation marks of your own`,
  );
}

/** Names the first character that does not fit, never the value: it may be a secret, and this text is logged. */
function holds(text: string, fitting: RegExp): string {
  const stranger = [...text].find((character) => !fitting.test(character));
  return stranger === undefined ? "is no plain word" : `holds ${JSON.stringify(stranger)}`;
}
