import { createHash } from "node:crypto";

const MAX_LENGTH = 256;

/**
 * One percent-encoded value of a request target, decoded exactly once into its bytes. What is no valid escape stays
 * as it was sent.
 *
 * iPXE prints bytes over 0x7f from a signed char: 0xE6 arrives as `%FFFFFFE6` (2.0) or `%FFFFFFFFFFFFE6` (2019).
 * `+` stays a plus: iPXE escapes blanks as `%20`, and only since 2026-07 the plus itself.
 */
function percentDecoded(encoded: string): Buffer {
  const repaired = encoded.replace(/%(?:FFFFFF)+([89A-F][0-9A-F])/gi, "%$1");
  const bytes = Buffer.alloc(repaired.length);
  let length = 0;
  for (let i = 0; i < repaired.length; i++) {
    const hex = repaired.charCodeAt(i) === 0x25 ? repaired.slice(i + 1, i + 3) : "";
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      bytes[length++] = Number.parseInt(hex, 16);
      i += 2;
    } else {
      bytes[length++] = repaired.charCodeAt(i) & 0xff; // Node hands over raw bytes of the target as Latin-1
    }
  }
  return bytes.subarray(0, length);
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** UTF-8 where the bytes are that, else Latin-1, in which every byte has a character and none is lost. */
export function decodeSegment(encoded: string): string {
  if (!/[%\x80-\xff]/.test(encoded)) return encoded;
  // Nearly always all of it is ASCII.
  if (/^(?:[\x00-\x24\x26-\x7f]|%[0-7][0-9a-f])*$/i.test(encoded)) return decodeURIComponent(encoded);
  const bytes = percentDecoded(encoded);
  try {
    return utf8.decode(bytes);
  } catch {
    return bytes.toString("latin1");
  }
}

/**
 * A text as it is kept: NFC, control characters as blanks, runs of blanks as one, none at the ends (vendors pad to
 * a fixed length), or undefined when nothing is left. A text over 256 characters keeps its beginning and a digest of
 * the whole, so that two long texts that differ stay different.
 */
export function normalizedText(text: string): string | undefined {
  const blanked = text.replace(/[\x00-\x20\x7f-\x9f]+/g, " ").trim();
  if (blanked === "") return undefined;
  const composed = (/^[\x20-\x7e]*$/.test(blanked) ? blanked : blanked.normalize("NFC")).toWellFormed();
  const characters = composed.length <= MAX_LENGTH ? undefined : [...composed];
  if (characters === undefined || characters.length <= MAX_LENGTH) return composed;
  const digest = createHash("sha256").update(composed).digest("hex").slice(0, 16);
  return `${characters.slice(0, MAX_LENGTH - 17).join("")}~${digest}`;
}
