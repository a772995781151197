import type { DataSource } from "typeorm";
import { vi } from "vitest";

/** The statements that reach the database while `work` runs. */
export async function statementsOf(dataSource: DataSource, work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const createQueryRunner = dataSource.createQueryRunner.bind(dataSource);
  const spy = vi.spyOn(dataSource, "createQueryRunner").mockImplementation((mode) => {
    const runner = createQueryRunner(mode);
    const query = runner.query.bind(runner) as (sql: string, ...rest: unknown[]) => Promise<unknown>;
    runner.query = ((sql: string, ...rest: unknown[]) => {
      statements.push(sql);
      return query(sql, ...rest);
    }) as typeof runner.query;
    return runner;
  });
  await work().finally(() => spy.mockRestore());
  return statements;
}
