import { bundle } from "../build/bundle.js";

export default bundle({ "emit-schema": "src/graphql/emit-schema.ts" }, "dist/schema");
