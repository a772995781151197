import { InvalidInput } from "../errors.js";

/** One trimmed line, null when nothing is left. @throws InvalidInput */
export function line(what: string, text: string | null | undefined, length: number): string | null {
  const trimmed = text?.trim() ?? "";
  if (trimmed.length > length || /[\x00-\x1f\x7f]/.test(trimmed)) {
    throw new InvalidInput(`${what} is one line of at most ${length} characters`, [what]);
  }
  return trimmed === "" ? null : trimmed;
}

/** @throws InvalidInput for what is no whole number from `least` to `most` */
export function within(what: string, value: number | null | undefined, least: number, most: number): number | null {
  if (value === null || value === undefined) return null;
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new InvalidInput(`${what} is ${value}; write a whole number from ${least} to ${most}`, [what]);
  }
  return value;
}

// More than any rack bears or draws: who writes more has another unit in mind.
const MOST = 1_000_000;

/** Amperes, watts or kilograms. @throws InvalidInput */
export function amount(what: string, value: number | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  if (!(value >= 0 && value <= MOST))
    throw new InvalidInput(`${what} is ${value}; write a number from 0 to ${MOST}`, [what]);
  return value;
}

/** `#rrggbb` in small letters. @throws InvalidInput */
export function colorOf(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null;
  if (!/^#[0-9a-f]{6}$/i.test(text))
    throw new InvalidInput(`${JSON.stringify(text)} is no color; write #rrggbb`, ["color"]);
  return text.toLowerCase();
}
