import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "vite";

const WORKER = /new URL\("\.\/([\w-]+-worker)\.js", import\.meta\.url\)/;

/** A thread loads its file by itself, and Node reads no TypeScript: what starts as a worker is bundled for it. */
export function workerThreads(): Plugin {
  return {
    name: "kickrack-worker-threads",
    enforce: "pre",
    async transform(code, id) {
      const [expression, name] = WORKER.exec(code) ?? [];
      if (expression === undefined || name === undefined) return undefined;
      const folder = join(import.meta.dirname, "../out/workers");
      await build({
        configFile: false,
        logLevel: "silent",
        build: {
          ssr: join(dirname(id), `${name}.ts`),
          outDir: folder,
          emptyOutDir: false,
          target: "node20",
          rollupOptions: { output: { entryFileNames: `[name]-${process.pid}.js` } },
        },
      });
      const url = pathToFileURL(join(folder, `${name}-${process.pid}.js`)).href;
      return code.replace(expression, `new URL(${JSON.stringify(url)})`);
    },
  };
}
