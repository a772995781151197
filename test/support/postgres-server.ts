import type { TestProject } from "vitest/node";
import { startPostgresServer } from "./postgres.js";

declare module "vitest" {
  export interface ProvidedContext {
    /** postgres://… of the server's maintenance database; each test makes its own database beside it. */
    postgresUrl: string;
  }
}

/** Starts a real PostgreSQL for the run and takes it away afterwards. */
export default async function startPostgres(project: TestProject): Promise<() => void> {
  const server = await startPostgresServer();
  project.provide("postgresUrl", server.url);
  return () => server.stop();
}
