// What a drawing may show of a string that somebody else wrote. Escaping is the printer's; this is about characters
// that no XML 1.0 document may hold (control characters, lone surrogates, U+FFFE, U+FFFF), or that would make a label
// read as something else: overriding directions turn "nimda" into "admin".
const UNDRAWABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;

// Nobody reads on in a tooltip, and one label must not make a drawing of megabytes.
const LONGEST_TEXT = 1000;

// Two marks on a letter are what Vietnamese and Thai need; heaps of them would reach into the panels above and below.
const HEAPED_MARKS = /([\p{Mn}\p{Me}]{2})[\p{Mn}\p{Me}]+/gu;

// Nearly every name: printable ASCII with single blanks inside.
const PLAIN = /^(?:[!-~](?: ?[!-~]){0,200})?$/;

/** One line that any XML parser accepts; what cannot be shown becomes U+FFFD, white space of any kind one blank. */
export function drawableText(text: string): string {
  if (PLAIN.test(text)) return text;
  const cut = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
  return cut.toWellFormed().replace(/\s+/g, " ").replace(UNDRAWABLE, "\ufffd").replace(HEAPED_MARKS, "$1").trim();
}

// The characters of RFC 3986. A path in Japanese has to come percent-encoded, as it would go over the wire.
const URI = /^[\w\-.~:/?#[\]@!$&'()*+,;=%]{1,2000}$/;

/**
 * A link that a drawing may carry: to http or https, or a path on the same server. Undefined for all else, such as
 * `javascript:…`, `data:…`, and `//elsewhere`, which a browser reads as another host.
 */
export function drawableHref(href: string): string | undefined {
  if (!URI.test(href) || href.startsWith("//")) return undefined;
  // RFC 3986, 4.2: a colon before the first slash ends a scheme.
  const [, scheme] = /^([^/?#]*?):/.exec(href) ?? [];
  return scheme === undefined || /^https?$/i.test(scheme) ? href : undefined;
}
