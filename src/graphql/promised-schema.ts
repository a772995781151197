import { ChangeType, CriticalityLevel, diff, type Change, type TypeOfChangeType } from "@graphql-inspector/core";
import { buildSchema, parse, print, visit } from "graphql";

// The inspector calls these dangerous only. To a script that leaves the argument out they are a change of what it does.
const ALSO_BREAKING: ReadonlySet<TypeOfChangeType> = new Set([
  ChangeType.FieldArgumentDefaultChanged,
  ChangeType.InputFieldDefaultValueChanged,
]);

/** What a schema promises: its names and types without the descriptions, so that a line taken away is a broken promise. */
export function printPromise(major: number, schema: string): string {
  const bare = visit(parse(schema), {
    enter: (node) => ("description" in node ? { ...node, description: undefined } : undefined),
  });
  return `# Kickrack API, major ${major}. Written by \`npm run schema\`; README.md says what is promised.\n${print(bare)}\n`;
}

/** The major that a promise is for; 0 is a draft, which promises nothing yet. */
export function promisedMajor(promise: string): number {
  const major = /^# Kickrack API, major (\d+)\./.exec(promise)?.[1];
  if (major === undefined) throw new Error("schema/promised.graphql does not begin with its major; restore the file");
  return Number(major);
}

/** What of the promise a schema no longer keeps, a sentence each. */
export async function brokenPromises(promise: string, schema: string): Promise<string[]> {
  if (promisedMajor(promise) === 0) return [];
  const changes = await diff(buildSchema(promise), buildSchema(schema));
  return changes.filter(isBreaking).map(({ message }) => message);
}

function isBreaking({ type, criticality }: Change<TypeOfChangeType>): boolean {
  return criticality.level === CriticalityLevel.Breaking || ALSO_BREAKING.has(type);
}
