import { InvalidInput } from "./errors.js";

/**
 * The name that people give to a rack, a profile or a template: it stands in URLs, file names and boot menus. Letters
 * of any script, digits, dot, underscore and hyphen, 63 at the most.
 *
 * @throws InvalidInput
 */
export function parseName(kind: string, text: string): string {
  const name = text.trim().normalize("NFC");
  if (!/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{0,62}$/u.test(name)) {
    throw new InvalidInput(
      `${JSON.stringify(text)} cannot name a ${kind}; write letters, digits, dots, underscores and hyphens, 63 at most`,
    );
  }
  return name;
}
