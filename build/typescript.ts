import type { Options } from "@swc/core";

/** How TypeScript becomes JavaScript, in what is built and in what is tested: entities and resolvers need the decorators' metadata. */
export const TYPESCRIPT: Options & { tsconfigFile: false } = {
  tsconfigFile: false,
  jsc: {
    target: "es2022",
    parser: { syntax: "typescript", decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
};
