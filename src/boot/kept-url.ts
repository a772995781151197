const LONGEST = 512;
/** An installation's token has 43 characters of base64url; the longest words of our own have half as many. */
const TOKEN = /[A-Za-z0-9_-]{43,}/g;
/** The segments that URLs under /install/ have besides tokens. */
const KNOWN_SEGMENT = /^[a-z.-]{0,24}$/;

/**
 * A request target as it may be kept and shown: without tokens, however they are spelled, and without what no column
 * holds.
 */
export function keptUrl(target: string): string {
  const question = target.indexOf("?");
  const path = question === -1 ? target : target.slice(0, question);
  return keptText(path.startsWith("/install/") ? withoutQuery(path, question !== -1) : target, LONGEST);
}

function withoutQuery(path: string, hasQuery: boolean): string {
  const segments = path.split("/").map((segment) => (KNOWN_SEGMENT.test(segment) ? segment : "(hidden)"));
  return `${segments.join("/")}${hasQuery ? "?(hidden)" : ""}`;
}

/** One line that both databases hold, without what may be a token. */
export function keptText(text: string, longest: number): string {
  return text
    .replace(TOKEN, "(hidden)")
    .slice(0, longest)
    .toWellFormed()
    .replace(/[\x00-\x1f\x7f]/g, " ");
}
