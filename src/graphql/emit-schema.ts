import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package-root.js";
import { printedSchema } from "./printed-schema.js";
import { brokenPromises, printPromise, promisedMajor } from "./promised-schema.js";
import { typedClient } from "./typed-client.js";

// Run by `npm run schema`: the committed files make a change of the API a diff to review.
const folder = join(packageRoot, "schema");
const read = (path: string) => readFileSync(join(folder, path), "utf8");
const schema = printedSchema();
const promise = read("promised.graphql");
const newMajor = process.argv.includes("--new-major");

const broken = newMajor ? [] : await brokenPromises(promise, schema);
if (broken.length > 0) {
  throw new Error(`Nothing was written, because this breaks what schema/promised.graphql promises:

${broken.map((sentence) => `- ${sentence}`).join("\n")}

Keep the old and deprecate it beside the new (schema/README.md says how). Where that cannot be, the API's next major
begins with: npm run schema -- --new-major
`);
}

const examples = readdirSync(join(folder, "examples")).map((name) => ({ name, text: read(`examples/${name}`) }));
writeFileSync(join(folder, "schema.graphql"), schema);
writeFileSync(join(folder, "promised.graphql"), printPromise(promisedMajor(promise) + (newMajor ? 1 : 0), schema));
writeFileSync(join(folder, "client/operations.ts"), await typedClient(schema, examples));
