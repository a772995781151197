import { createHash } from "node:crypto";
import { InvalidInput } from "../errors.js";
import { checkParameter, type ParameterValue } from "./install-values.js";
import { isSealed, type Sealed, type Vault } from "./vault.js";

export type StoredParameters = Readonly<Record<string, ParameterValue | Sealed>>;

/** Root and user passwords, their hashes, SSH keys; anything else is marked: {"secret": "…"}. */
const SECRET_NAME = /passw|secret|token|private|credential|hash|ssh\w*keys?/i;

export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/**
 * `known` with the changes of `given`: null takes one away, `{"secret": value}` marks one as a secret, and
 * `{"secret": true}`, which is how a secret is shown, leaves it as it is.
 *
 * @throws InvalidInput that names the parameter
 */
export function changedParameters(
  vault: Vault,
  known: StoredParameters,
  given: Readonly<Record<string, unknown>>,
): StoredParameters {
  const changed: Record<string, ParameterValue | Sealed> = { ...known };
  for (const [name, value] of Object.entries(given)) {
    if (value === null) delete changed[name];
    else changed[name] = changedParameter(vault, name, known[name], value);
  }
  return changed;
}

function changedParameter(vault: Vault, name: string, known: ParameterValue | Sealed | undefined, given: unknown) {
  const isMarked = typeof given === "object" && given !== null && Object.keys(given).join() === "secret";
  const value: unknown = isMarked ? (given as { readonly secret: unknown }).secret : given;
  if (isMarked && value === true) {
    if (isSealed(known)) return known;
    throw new InvalidInput(`there is no secret ${JSON.stringify(name)} to keep; give its value`);
  }
  checkParameter(name, value);
  if (!isMarked && !isSecretName(name)) return value;
  if (value === "" || (Array.isArray(value) && value.length === 0)) return value; // "none" is no secret
  // The same secret keeps its ciphertext, so that nothing has changed.
  if (isSealed(known) && JSON.stringify(vault.open(name, known)) === JSON.stringify(value)) return known;
  return vault.seal(name, value);
}

/** As the API shows them. */
export function shownParameters(stored: StoredParameters): Record<string, unknown> {
  const shown = ([name, value]: [string, unknown]) => [name, isSealed(value) ? { secret: true } : value] as const;
  return Object.fromEntries(Object.entries(stored).map(shown));
}

/** As a change keeps them: tells that a secret is another now, and since its ciphertext is salted, nothing else. */
export function toldParameters(stored: StoredParameters): Record<string, ParameterValue> {
  const told = ([name, value]: [string, ParameterValue | Sealed]) =>
    [name, isSealed(value) ? told8(value) : value] as const;
  return Object.fromEntries(Object.entries(stored).map(told));
}

export function told8({ sealed }: Sealed): string {
  return `(secret ${createHash("sha256").update(sealed).digest("hex").slice(0, 8)})`;
}

export function isTold8(value: unknown): value is string {
  return typeof value === "string" && /^\(secret [0-9a-f]{8}\)$/.test(value);
}

/** Where a parameter's value is from, the strongest first. */
export const PARAMETER_SOURCES = ["MACHINE", "RACK", "PROFILE", "PARENT", "DEFAULT"] as const;
export type ParameterSource = (typeof PARAMETER_SOURCES)[number];

export interface ParameterLevel {
  readonly source: ParameterSource;
  /** The name of the machine, rack, profile or template. */
  readonly from: string;
  readonly parameters: StoredParameters;
}

export interface Parameter {
  readonly name: string;
  readonly value: ParameterValue;
  readonly isSecret: boolean;
  readonly source: ParameterSource;
  readonly from: string;
}

/** Stands for a secret in what is shown: a plain word, which fits wherever a value does. */
export const MASKED = "--secret--";

/**
 * What a machine gets: of each name the first value.
 *
 * @param levels the strongest first
 * @param masked whether secrets are only shown as such
 */
export function mergedParameters(levels: readonly ParameterLevel[], vault: Vault, masked = false): Parameter[] {
  const merged = new Map<string, Parameter>();
  for (const { source, from, parameters } of levels) {
    for (const [name, stored] of Object.entries(parameters)) {
      if (merged.has(name)) continue;
      const isSecret = isSealed(stored);
      const value = isSecret ? vault.open(name, stored) : stored;
      merged.set(name, { name, value: isSecret && masked ? maskOf(value) : value, isSecret, source, from });
    }
  }
  return [...merged.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function maskOf(value: ParameterValue): ParameterValue {
  return Array.isArray(value) ? [MASKED] : MASKED;
}

export function valuesByName(parameters: readonly Parameter[]): Record<string, ParameterValue> {
  return Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
}
