import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package-root.js";
import { printedSchema } from "./printed-schema.js";

// Run by `npm run schema`: the committed file makes a change of the API a diff to review.
writeFileSync(join(packageRoot, "schema/schema.graphql"), printedSchema());
