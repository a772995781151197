// Vendors' defaults for a field nobody filled, as seen in other systems' sources and in firmware; compared trimmed and
// without regard to case.
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  "none",
  "n/a",
  "na",
  "empty",
  "unknown",
  "not specified",
  "not applicable",
  "not available",
  "default string",
  "invalid",
  "o.e.m.",
  "oem",
  "system serial number",
  "system product name",
  "system manufacturer",
  "chassis serial number",
  "base board serial number",
  "board serial number",
  "serial number",
  "asset tag",
  "asset-1234567890",
  "no asset tag",
  "no asset information",
  "0123456789",
  "1234567890",
  "123456789",
  "12345678",
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "03000200-0400-0500-0006-000700080009",
  "00020003-0004-0005-0006-000700080009", // the same in the other byte order
  "12345678-1234-5678-90ab-cddeefaabbcc",
]);

/**
 * Does `text` name no machine at all: a vendor's default, one character repeated (a blank EEPROM reads 0xFF), or
 * nothing but dots and dashes?
 * What this list does not know is learned elsewhere: a serial number that two machines share counts on neither.
 */
export function isPlaceholder(text: string): boolean {
  const lower = text.trim().toLowerCase();
  // Firmware cuts "To Be Filled By O.E.M." at any length and ends it in many ways.
  return PLACEHOLDERS.has(lower) || lower.startsWith("to be filled") || isOneCharacter(lower);
}

// A loop and no pattern: of a real serial number it sees two characters, and each report asks a dozen times.
function isOneCharacter(text: string): boolean {
  let first: string | undefined;
  for (const character of text) {
    if (/[\s.-]/.test(character)) continue;
    first ??= character;
    if (character !== first) return false;
  }
  return true;
}

/** What is known once `told` was heard: silence and placeholders take nothing away. */
export function newerText(told: string | null | undefined, known: string | null): string | null {
  if (told === null || told === undefined || told === known) return known;
  return known !== null && isPlaceholder(told) ? known : told;
}
