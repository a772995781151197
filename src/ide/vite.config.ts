import { defineConfig } from "vite";

/** The IDE of GET /graphql, whole: no file of it comes from anywhere else. */
export default defineConfig({
  root: import.meta.dirname,
  base: "/graphql/ide/",
  logLevel: "error",
  build: { outDir: "../../dist/ide", emptyOutDir: true, modulePreload: { polyfill: false } },
});
