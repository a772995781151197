import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { getOperationAST, GraphQLError, parse, validate } from "graphql";
import { expect, test } from "vitest";
import type { Actor } from "../../src/access/api-token.store.js";
import { refuseForbidden } from "../../src/access/refuse.js";
import { ROLES, type Role } from "../../src/access/role.js";
import { RULES } from "../../src/access/rules.js";
import { rulesOf } from "../../src/access/rules-of.js";
import { SCOPES, type Scope } from "../../src/access/scope.js";
import { buildSchema } from "../../src/graphql/schema.js";
import { packageRoot } from "../../src/package-root.js";
import { updatingGolden } from "../support/golden.js";
import { documentOf, pathsToAllFields } from "./documents.js";
import { operationNames, routeRules, taken } from "./who-may.js";

const schema = buildSchema();
const paths = pathsToAllFields(schema);
const scopes = Object.keys(SCOPES) as Scope[];

/** No scope, each alone, and all but each. */
const holdings: Scope[][] = [
  [],
  ...scopes.map((scope) => [scope]),
  ...scopes.map((left) => scopes.filter((each) => each !== left)),
];
const actors: Actor[] = ROLES.flatMap((role) =>
  holdings.map((held) => ({ tokenId: 1, name: "matrix", role, scopes: held, expiresAt: null })),
);

test("every operation stands in the second list, and nothing else does", () => {
  const operations = paths.filter(({ steps }) => steps.length === 1).map(({ steps }) => steps[0]?.field.name);
  expect(operations.sort()).toEqual([...operationNames].sort());
});

test("every field of the API is reached by a document of the matrix", () => {
  const reached = new Set(paths.map(({ steps }) => `${steps.at(-1)?.type}.${steps.at(-1)?.field.name}`));
  // No field answers with an Event; what a fragment of it reads takes the field that answers.
  const all = [...rulesOf(schema).keys()].filter((coordinate) => !/\.__typename$|^Event\./.test(coordinate));
  expect([...reached].sort()).toEqual(all.sort());
});

test.each(paths.map((path) => ({ path, text: documentOf(path) })))(
  "$text: every role with every scope",
  ({ path, text }) => {
    const document = parse(text);
    expect(validate(schema, document)).toEqual([]);
    const operation = getOperationAST(document);
    if (!operation) throw new Error("no operation");
    const last = path.steps.at(-1)?.field;
    const inner = text.includes("__typename") && last ? [String(last.type).replace(/[[\]!]/g, "")] : [];
    const rules = [
      ...path.steps.map(({ type, field }) => taken(type, field.name)),
      ...inner.map((type) => taken(type, "__typename")),
    ];
    for (const actor of actors) {
      const may = rules.every(
        ([role, scope]) =>
          ROLES.indexOf(actor.role) >= ROLES.indexOf(role) &&
          (scope === undefined || actor.scopes.length === 0 || actor.scopes.includes(scope)),
      );
      const about = `${actor.role} ${actor.scopes.join(",")}`;
      const look = () => refuseForbidden(schema, { document, operation, variables: {} }, actor);
      expect(refusalOf(look) === undefined, about).toBe(may);
    }
  },
);

function refusalOf(look: () => void): GraphQLError | undefined {
  try {
    look();
  } catch (error) {
    if (error instanceof GraphQLError && error.extensions["code"] === "FORBIDDEN") return error;
    throw error;
  }
  return undefined;
}

test("the table in docs/api.md is what the rules say; UPDATE_GOLDEN=1 writes it", () => {
  const file = join(packageRoot, "docs/api.md");
  const text = readFileSync(file, "utf8");
  const table = documentedRows().map((row) => `| ${row.join(" | ")} |\n`);
  const written = text.replace(new RegExp(`(^\\| (${ROLES.join("|")}) \\|.*\\n)+`, "m"), () => table.join(""));
  if (updatingGolden) writeFileSync(file, written);
  else expect(text).toBe(written);
  expect(written).toContain(table.join(""));
});

/** Role, scope, operations, what can be read, routes: one row for each pair that anything takes. */
function documentedRows(): string[][] {
  const lines = Object.entries(RULES).map(([name, rule]) => ({ name, rule }));
  const inCode = (names: string[]) =>
    names
      .sort()
      .map((name) => `\`${name}\``)
      .join(" ");
  return (ROLES as readonly Role[]).flatMap((role) =>
    ["", ...scopes].flatMap((scope) => {
      const names = lines.filter(({ rule }) => rule[0] === role && (rule[1] ?? "") === scope).map(({ name }) => name);
      const operations = names
        .filter((name) => /^(Query|Mutation|Subscription)\./.test(name))
        .map((name) => name.split(".")[1] ?? "");
      const read = names.filter((name) => !/^(Query|Mutation|Subscription)\./.test(name));
      const routes = [...routeRules]
        .filter(([, rule]) => rule === [role, scope].join(" ").trim())
        .map(([route]) => route);
      if (operations.length + read.length + routes.length === 0) return [];
      return [[role, scope, inCode(operations), inCode(read), inCode(routes)]];
    }),
  );
}
