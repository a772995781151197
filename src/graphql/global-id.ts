import { InvalidInput } from "../errors.js";

/** The number in a global id such as `Machine:12`. @throws InvalidInput for an id of another kind */
export function idOf(kind: string, globalId: string, field: string = kind.toLowerCase()): number {
  const match = /^([A-Za-z]+):([0-9]{1,9})$/.exec(globalId);
  if (match?.[1] !== kind)
    throw new InvalidInput(`${JSON.stringify(globalId)} is no id of a ${kind}, such as ${kind}:12`, [field]);
  return Number(match[2]);
}
