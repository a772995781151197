import { bundle } from "./build/bundle.js";

/** What `npx kickrack` runs. */
export default bundle({ cli: "src/cli.ts" }, "dist/kickrack");
