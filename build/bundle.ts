import type { BuildOptions, Plugin } from "rolldown";
import swc from "unplugin-swc";
import { TYPESCRIPT } from "./typescript.js";

/** What a bundle would break: native addons, and what reads files that lie beside it. */
const LEFT_OUTSIDE = ["sqlite3", "@resvg/resvg-js", "pdfkit", "fontkit"];

/** What libraries ask for and do without. */
const OPTIONAL = ["class-validator", "pg-native"];

/** Threads are programs of their own, found by the names of their files beside whoever starts them. */
const WORKERS = {
  "diagram-worker": "src/rack/rackdiag/diagram-worker.ts",
  "markup-worker": "src/rack/drawing/markup-worker.ts",
  "rack-worker": "src/rack/diagram/rack-worker.ts",
  "print-worker": "src/rack/paper/print-worker.ts",
  "render-worker": "src/install/render-worker.ts",
};

/**
 * Programs with what they import in few files: of the two seconds that a command took, one went into finding and
 * reading 1,100 modules. Names stay as they are: stack traces name functions, and lines of our own source by the map beside it.
 */
export function bundle(programs: Readonly<Record<string, string>>, folder: string): BuildOptions {
  return {
    input: { ...programs, ...WORKERS },
    platform: "node",
    external: [...LEFT_OUTSIDE, ...OPTIONAL],
    plugins: [swc.rolldown(TYPESCRIPT), twoDrivers(), unmapped()],
    output: {
      dir: folder,
      cleanDir: true,
      chunkFileNames: "[name].js",
      sourcemap: true,
      // Without blanks and comments two thirds of the bytes are left to parse.
      minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
      sourcemapExcludeSources: true,
    },
  };
}

const TWO_DRIVERS = `
const { BetterSqlite3Driver } = require("./better-sqlite3/BetterSqlite3Driver.js");
const { PostgresDriver } = require("./postgres/PostgresDriver.js");
exports.DriverFactory = class DriverFactory {
  create(dataSource) {
    return new (dataSource.options.type === "postgres" ? PostgresDriver : BetterSqlite3Driver)(dataSource);
  }
};
`;

/** TypeORM's factory brings the drivers of sixteen other databases: 0.6 MB that every command would parse and run. */
function twoDrivers(): Plugin {
  return {
    name: "kickrack-two-drivers",
    transform: {
      filter: { id: /[\\/]typeorm[\\/]driver[\\/]DriverFactory\.js$/ },
      handler: () => ({ code: TWO_DRIVERS, map: { mappings: "" } }),
    },
  };
}

/** Maps of libraries would be ten times as large as ours. */
function unmapped(): Plugin {
  return {
    name: "kickrack-unmapped",
    transform: {
      filter: { id: /[\\/]node_modules[\\/]/ },
      handler: (code) => ({ code, map: { mappings: "" } }),
    },
  };
}
