import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { printedSchema } from "../../src/graphql/printed-schema.js";
import { brokenPromises, printPromise, promisedMajor } from "../../src/graphql/promised-schema.js";
import { typedClient } from "../../src/graphql/typed-client.js";
import { packageRoot } from "../../src/package-root.js";

const committed = (path: string) => readFileSync(join(packageRoot, "schema", path), "utf8");
const HINT = "run `npm run schema`, read the diff and commit it";

test("schema/schema.graphql is the API", () => {
  expect(printedSchema(), HINT).toBe(committed("schema.graphql"));
});

test("the API keeps what schema/promised.graphql promises, and promises all that it has", async () => {
  const promise = committed("promised.graphql");
  expect(await brokenPromises(promise, printedSchema()), "schema/README.md says what to do").toEqual([]);
  expect(printPromise(promisedMajor(promise), printedSchema()), HINT).toBe(promise);
});

test("schema/client/operations.ts is the client of the API and of the examples", async () => {
  const names = readdirSync(join(packageRoot, "schema/examples"));
  const examples = names.map((name) => ({ name, text: committed(`examples/${name}`) }));
  expect(await typedClient(printedSchema(), examples), HINT).toBe(committed("client/operations.ts"));
});
