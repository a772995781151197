import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of package.json: two folders up from here in `dist/kickrack`, one in `src`. */
export const packageRoot: string = (() => {
  const here = dirname(fileURLToPath(import.meta.url));
  let folder = here;
  while (!existsSync(join(folder, "package.json"))) {
    if (folder === dirname(folder)) throw new Error(`no package.json above ${here}: run Kickrack in its own checkout`);
    folder = dirname(folder);
  }
  return folder;
})();
