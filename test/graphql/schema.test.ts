import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { printedSchema } from "../../src/graphql/printed-schema.js";
import { packageRoot } from "../../src/package-root.js";

test("schema/schema.graphql is the API", () => {
  const committed = readFileSync(join(packageRoot, "schema/schema.graphql"), "utf8");
  expect(printedSchema(), "run `npm run schema`, read the diff and commit it").toBe(committed);
});
