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
  "to be filled by o.e.m.",
  "to be filled by oem",
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
  "12345678-1234-5678-90ab-cddeefaabbcc",
]);

/**
 * Does `text` name no machine at all: a vendor's default, or one character repeated? (A blank EEPROM reads 0xFF.)
 * What this list does not know is learned elsewhere: a serial number that two machines share counts on neither.
 */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDERS.has(text.trim().toLowerCase()) || /^(.)\1*$/u.test(text.replace(/[\s.-]/g, ""));
}
